package fr.moncampus.ecal.config;

import fr.moncampus.ecal.config.FlatYaml.Item;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads the keys that say which courses are shown and what they are called: the only ones that may have several values. */
final class SelectionReader {
    /** What a title may hold, in braces. */
    static final List<String> PARTS = List.of("cours", "salle", "enseignant", "groupe");

    private static final int MAX_ITEMS = 200;
    private static final int MAX_LENGTH = 200;
    private static final Pattern PART = Pattern.compile("\\{([^{}]*)}");

    private final Path file;
    private final Map<String, FlatYaml.Entry> entries;
    private final List<Finding> findings;

    SelectionReader(Path file, FlatYaml yaml, List<Finding> findings) {
        this.file = file;
        this.entries = yaml.entries();
        this.findings = findings;
    }

    /** @param title null when there is none, or a wrong one */
    Selection read(String title) {
        return new Selection(patterns(Key.ONLY), patterns(Key.HIDE), renamings(), title);
    }

    private List<CoursePattern> patterns(Key key) {
        List<CoursePattern> patterns = new ArrayList<>();
        for (Item item : items(key)) {
            if (item.key() != null) {
                error(
                        item.at(),
                        key,
                        "une liste de mots est attendue, sans deux-points",
                        "écrivez un cours, un groupe ou un enseignant par ligne, après un tiret : « - sport »");
            } else if (isPattern(item.value(), item.at(), key)) {
                patterns.add(new CoursePattern(item.value()));
            }
        }
        return List.copyOf(patterns);
    }

    private List<Selection.Renaming> renamings() {
        List<Selection.Renaming> renamings = new ArrayList<>();
        Set<String> before = new HashSet<>();
        for (Item item : items(Key.RENAME)) {
            if (item.key() == null) {
                error(
                        item.at(),
                        Key.RENAME,
                        "il manque le nouveau nom",
                        "écrivez sous la clé, décalé de deux espaces : « ancien nom: nouveau nom »");
            } else if (!before.add(item.key())) {
                error(
                        item.at(),
                        Key.RENAME,
                        "« %s » est renommé deux fois".formatted(Values.quoted(item.key())),
                        "gardez une seule des deux lignes");
            } else if (isPattern(item.key(), item.at(), Key.RENAME) && isShort(item.value(), item.at(), Key.RENAME)) {
                renamings.add(new Selection.Renaming(
                        new CoursePattern(item.key()), item.value().strip()));
            }
        }
        return List.copyOf(renamings);
    }

    private List<Item> items(Key key) {
        FlatYaml.Entry entry = entries.get(key.key());
        if (entry == null) {
            return List.of();
        }
        if (entry.value() == null && entry.items() == null) {
            return List.of(); // there is a finding already
        }
        List<Item> items = entry.items() == null ? List.of(new Item(null, entry.value(), entry.at())) : entry.items();
        if (items.isEmpty() || items.size() > MAX_ITEMS) {
            error(
                    entry.keyAt(),
                    key,
                    items.isEmpty() ? "la liste est vide" : "plus de %d lignes".formatted(MAX_ITEMS),
                    items.isEmpty() ? "écrivez une valeur, ou enlevez cette ligne" : "regroupez-les avec « * »");
            return List.of();
        }
        return items;
    }

    private boolean isPattern(String text, Position at, Key key) {
        if (isShort(text, at, key) && !new CoursePattern(text).saysSomething()) {
            error(
                    at,
                    key,
                    "« %s » n'a ni lettre, ni chiffre, ni « * »".formatted(Values.quoted(text)),
                    "écrivez un mot du nom du cours, du groupe ou de l'enseignant");
            return false;
        }
        return isShort(text, null, key);
    }

    /** @param at null: it is not told */
    private boolean isShort(String text, Position at, Key key) {
        boolean good = !text.isBlank()
                && text.length() <= MAX_LENGTH
                && text.chars().noneMatch(Character::isISOControl)
                && !Placeholders.isLeftOver(text);
        if (!good && at != null) {
            error(
                    at,
                    key,
                    text.isBlank()
                            ? "une valeur est vide"
                            : "une valeur est trop longue, ou est encore celle de l'exemple",
                    "écrivez un texte simple, sur une seule ligne");
        }
        return good;
    }

    private void error(Position at, Key key, String message, String fix) {
        findings.add(Finding.error(file, at, "« " + key.key() + " » : " + message, fix));
    }

    static String title(String text) throws InvalidFileException {
        Matcher parts = PART.matcher(text);
        boolean any = false;
        while (parts.find()) {
            any = true;
            if (!PARTS.contains(parts.group(1))) {
                String meant = Suggestion.didYouMean(parts.group(1), PARTS);
                throw new InvalidFileException(
                        "« {%s} » n'est pas une partie d'un cours".formatted(Values.quoted(parts.group(1))),
                        meant.isEmpty() ? "écrivez {cours}, {salle}, {enseignant} ou {groupe}" : meant);
            }
        }
        if (!any || PART.matcher(text).replaceAll("").matches(".*[{}].*") || text.length() > MAX_LENGTH) {
            throw new InvalidFileException(
                    "« %s » n'est pas un modèle de titre".formatted(Values.quoted(text)),
                    "écrivez par exemple '{cours} · {salle}', entre apostrophes");
        }
        return text;
    }
}
