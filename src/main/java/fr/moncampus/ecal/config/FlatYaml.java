package fr.moncampus.ecal.config;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.snakeyaml.engine.v2.api.lowlevel.Parse;
import org.snakeyaml.engine.v2.common.FlowStyle;
import org.snakeyaml.engine.v2.events.CollectionEndEvent;
import org.snakeyaml.engine.v2.events.CollectionStartEvent;
import org.snakeyaml.engine.v2.events.DocumentStartEvent;
import org.snakeyaml.engine.v2.events.Event;
import org.snakeyaml.engine.v2.events.MappingStartEvent;
import org.snakeyaml.engine.v2.events.NodeEvent;
import org.snakeyaml.engine.v2.events.ScalarEvent;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;

/**
 * A YAML file of {@code key: value} lines, of which a few may have a list or further such lines below, every value as it is written: {@code 0123456}, {@code yes} and {@code 1e3} stay text.
 * It reads events, not nodes: what stands before a mistake is kept, and neither aliases nor deep nesting cost anything.
 */
final class FlatYaml {
    /**
     * @param value null when it is no text; there is a finding about it, unless it has items
     * @param at    where the value begins
     * @param items what stands below it; null when it is no list and has no keys, or when there is a finding about it
     */
    record Entry(String key, Position keyAt, String value, Position at, List<Item> items) {}

    /** @param key null in a list */
    record Item(String key, String value, Position at) {}

    private static final String STANDARD_TEXT = "tag:yaml.org,2002:str";

    private final Path file;
    private final Map<String, Entry> entries = new LinkedHashMap<>();
    private final List<Finding> findings = new ArrayList<>();
    private boolean complete = true;
    private int documents;
    private int depth;
    private ScalarEvent key;
    /** Of the entry whose items are being read; null outside of one. */
    private List<Item> items;

    private String itemsOf;
    private boolean inMap;
    private ScalarEvent itemKey;

    private FlatYaml(Path file) {
        this.file = file;
    }

    static FlatYaml read(Path file, String text) {
        FlatYaml yaml = new FlatYaml(file);
        yaml.read(text);
        return yaml;
    }

    Map<String, Entry> entries() {
        return entries;
    }

    List<Finding> findings() {
        return findings;
    }

    /** False when the file could not be read to its end, so that a key that is missing means nothing. */
    boolean isComplete() {
        return complete;
    }

    private void read(String text) {
        try {
            Iterator<Event> events =
                    new Parse(YamlSyntax.SETTINGS).parseString(text).iterator();
            while (complete && events.hasNext()) {
                accept(events.next());
            }
        } catch (YamlEngineException e) {
            unreadable(YamlSyntax.explain(e, text));
        }
        if (complete && entries.isEmpty() && findings.isEmpty()) {
            stop(new InvalidFileException("le fichier est vide", "copiez-y l'exemple de configs/README.md"));
        }
    }

    /** One mistake gives one finding, not a second one for the half value before it or for the list around it. */
    private void unreadable(InvalidFileException mistake) {
        entries.replaceAll((name, entry) -> entry.at().line() == mistake.at().line()
                ? new Entry(name, entry.keyAt(), null, entry.at(), null)
                : entry);
        if (depth <= 1) {
            findings.add(Finding.error(file, mistake.at(), mistake));
        }
        complete = false;
    }

    private void accept(Event event) {
        if (event instanceof DocumentStartEvent && ++documents > 1) {
            stop(new InvalidFileException(
                    YamlSyntax.start(event),
                    "le fichier contient plusieurs documents YAML",
                    "faites un fichier par configuration, sans ligne « --- » au milieu"));
        } else if (event instanceof CollectionEndEvent) {
            if (--depth == 1) {
                items = null;
            }
        } else if (event instanceof NodeEvent node) {
            node(node);
        }
    }

    private void node(NodeEvent node) {
        if (depth == 0) {
            root(node);
        } else if (depth == 1 && key == null) {
            key(node);
        } else if (depth == 1) {
            value(node);
        } else if (depth == 2 && items != null) {
            item(node);
        }
        if (node instanceof CollectionStartEvent) {
            depth++;
        }
    }

    private void root(NodeEvent node) {
        boolean nothing =
                node instanceof ScalarEvent scalar && scalar.getValue().isEmpty();
        if (!(node instanceof MappingStartEvent) && !nothing) {
            stop(new InvalidFileException(
                    YamlSyntax.start(node),
                    "le fichier n'est pas une suite de lignes « clé: valeur »",
                    "écrivez une clé par ligne, suivie de deux-points et d'une espace"));
        }
    }

    private void key(NodeEvent node) {
        if (node instanceof ScalarEvent scalar) {
            key = scalar;
        } else {
            stop(new InvalidFileException(
                    YamlSyntax.start(node),
                    "une clé doit être un simple mot",
                    "écrivez une clé par ligne, suivie de deux-points et d'une espace"));
        }
    }

    private void value(NodeEvent node) {
        String name = key.getValue();
        Position keyAt = YamlSyntax.start(key);
        key = null;
        if (entries.containsKey(name)) {
            findings.add(Finding.error(
                    file,
                    keyAt,
                    "la clé « %s » est déjà donnée à la ligne %d"
                            .formatted(name, entries.get(name).keyAt().line()),
                    "gardez une seule des deux lignes"));
            return;
        }
        if (node instanceof CollectionStartEvent && Key.isMany(name)) {
            items = new ArrayList<>();
            itemsOf = name;
            inMap = node instanceof MappingStartEvent;
            itemKey = null;
            entries.put(name, new Entry(name, keyAt, null, YamlSyntax.start(node), items));
            return;
        }
        InvalidFileException mistake = mistakeIn(node);
        if (mistake != null) {
            findings.add(Finding.error(file, mistake.at(), mistake.in(name)));
        }
        String value = mistake == null ? text((ScalarEvent) node) : null;
        entries.put(
                name,
                new Entry(name, keyAt, value, value == null || value.isEmpty() ? keyAt : YamlSyntax.start(node), null));
    }

    private void item(NodeEvent node) {
        InvalidFileException mistake = mistakeIn(node);
        if (mistake != null) {
            findings.add(Finding.error(file, mistake.at(), mistake.in(itemsOf)));
            entries.computeIfPresent(itemsOf, (name, entry) -> new Entry(name, entry.keyAt(), null, entry.at(), null));
            items = null;
        } else if (inMap && itemKey == null) {
            itemKey = (ScalarEvent) node;
        } else {
            items.add(new Item(
                    itemKey == null ? null : itemKey.getValue(),
                    text((ScalarEvent) node),
                    YamlSyntax.start(itemKey == null ? node : itemKey)));
            itemKey = null;
        }
    }

    private static InvalidFileException mistakeIn(NodeEvent node) {
        if (node instanceof CollectionStartEvent collection) {
            boolean flow = collection.getFlowStyle() == FlowStyle.FLOW;
            return new InvalidFileException(
                    YamlSyntax.start(node),
                    "la valeur doit tenir en un seul texte, sans liste ni sous-clés",
                    flow
                            ? YamlSyntax.QUOTE
                            : "écrivez la valeur sur la ligne de sa clé, et ne décalez pas la ligne suivante");
        }
        boolean tagged = node instanceof ScalarEvent scalar
                && scalar.getTag().filter(tag -> !tag.equals(STANDARD_TEXT)).isPresent();
        boolean text =
                node instanceof ScalarEvent && !tagged && node.getAnchor().isEmpty();
        return text
                ? null
                : new InvalidFileException(
                        YamlSyntax.start(node),
                        "au début d'une valeur, « & », « * » et « ! » ont un sens particulier en YAML",
                        YamlSyntax.QUOTE);
    }

    /** A block ({@code |} or {@code >}) ends with a line break that is not part of the value. */
    private static String text(ScalarEvent scalar) {
        boolean block = scalar.isLiteral() || scalar.isFolded();
        return block ? scalar.getValue().replaceFirst("\\n+$", "") : scalar.getValue();
    }

    private void stop(InvalidFileException mistake) {
        findings.add(Finding.error(file, mistake.at(), mistake));
        complete = false;
    }
}
