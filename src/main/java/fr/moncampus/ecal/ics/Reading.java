package fr.moncampus.ecal.ics;

import fr.moncampus.ecal.http.Text;
import fr.moncampus.ecal.timetable.Mark;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jsoup.parser.Parser;

/**
 * What one event says about its course, in the words of its dialect. Descriptions come first where they have labels: a summary that joins its parts
 * by dashes cannot be taken apart for sure.
 */
final class Reading {
    private static final Pattern LABEL = Pattern.compile("\\s*(\\p{L}[\\p{L}()' ]{1,30}?)\\s*:\\s*(.*)");
    private static final Pattern MARK = Pattern.compile(
            "(?iu)\\s*(annul(?:é|e|ée|ation)|report(?:é|e|ée))\\s*(?:\\([^)]*\\))?\\s*[:–—-]\\s*(.*)", Pattern.DOTALL);
    private static final Pattern CANCELLED = Pattern.compile("(?iU).*(annul|prof(?:\\.|esseur)? absent).*");
    /** What tells when the feed was made, and so changes at every fetch. */
    private static final Pattern PASSING = Pattern.compile("(?iU).*\\(?(exporté|exported|modifié|updated)\\b.*\\d.*");

    private static final Pattern EXPORT_TIME = Pattern.compile("-?\\d{8}T\\d{6}Z");
    private static final Pattern MEETING = Pattern.compile(
            "https://(?:[\\w.-]*\\.)?(?:teams\\.microsoft\\.com|teams\\.live\\.com|zoom\\.us|meet\\.google\\.com|webex\\.com|bbb[\\w.-]*|bigbluebutton[\\w.-]*|visio[\\w.-]*)/[^\\s<>\"]+");
    private static final Pattern PERSON = Pattern.compile("[\\p{Lu}][\\p{Lu}'’. -]+(?: \\p{Lu}[\\p{L}'’.-]+)*");

    private final Dialect dialect;
    private final Entry entry;
    private final Map<String, String> labelled = new LinkedHashMap<>();
    private final List<String> lines = new ArrayList<>();
    private final String summary;
    private final String mark;

    Reading(Dialect dialect, Entry entry) {
        this.dialect = dialect;
        this.entry = entry;
        for (String line : plain(entry.text("DESCRIPTION")).split("\\R")) {
            Matcher label = LABEL.matcher(line);
            if (PASSING.matcher(line).matches() || line.isBlank()) {
                continue;
            }
            if (label.matches() && !label.group(2).startsWith("//")) {
                labelled.putIfAbsent(key(label.group(1)), label.group(2));
            } else {
                lines.add(line.strip());
            }
        }
        String whole = plain(entry.text("SUMMARY"));
        Matcher marked = MARK.matcher(whole);
        boolean isMarked = marked.matches();
        summary = isMarked ? marked.group(2) : whole;
        mark = isMarked && marked.group(1).toLowerCase(Locale.ROOT).startsWith("report")
                ? Mark.POSTPONED
                : isMarked || isCancelled() ? Mark.CANCELLED : "";
    }

    /** Entities of HTML are text as well. */
    private String plain(String text) {
        return text.indexOf('&') < 0 ? text : Parser.unescapeEntities(text, false);
    }

    private boolean isCancelled() {
        return entry.text("STATUS").strip().equalsIgnoreCase("CANCELLED")
                || entry.uid().toUpperCase(Locale.ROOT).startsWith("COURSANNULE")
                || CANCELLED.matcher(entry.text("CATEGORIES")).matches();
    }

    private static String key(String label) {
        return label.toLowerCase(Locale.ROOT).replaceAll("\\(.*\\)|\\s+", "");
    }

    private String labelled(String... keys) {
        for (String key : keys) {
            String value = Text.clean(labelled.get(key));
            if (value != null) {
                return value;
            }
        }
        return null;
    }

    /** True for days off, which are no courses. */
    boolean isHoliday() {
        return entry.uid().toLowerCase(Locale.ROOT).startsWith("ferie-");
    }

    /** What tells it from other courses, whatever becomes of this session. Null when there is nothing. */
    String key() {
        return switch (dialect) {
            // the UID is lost when a session moves or is cancelled, its series stays: of that, content and nearest time
            // tell which one it is
            case HYPERPLANNING ->
                Text.clean(String.join("|", "hp", orEmpty(subject()), orEmpty(group()), orEmpty(labelled("type"))));
            case PRONOTE -> Text.clean(EXPORT_TIME.matcher(entry.uid()).replaceAll(""));
            case ADE, PLAIN -> Text.clean(entry.uid());
        };
    }

    /** The same if it surely tells which event of ours it is, in a row that says no more; null otherwise. */
    String surelyKey() {
        return dialect == Dialect.ADE ? key() : null;
    }

    /** Null when it has none. */
    String name() {
        String name = subject();
        String type = labelled("type");
        boolean more = dialect == Dialect.HYPERPLANNING
                && name != null
                && type != null
                && !name.toLowerCase(Locale.ROOT).contains(type.toLowerCase(Locale.ROOT));
        return name == null ? null : mark + name + (more ? " (" + type + ")" : "");
    }

    private String subject() {
        String subject =
                dialect == Dialect.HYPERPLANNING || dialect == Dialect.PRONOTE ? labelled("matière", "matiere") : null;
        return subject != null ? subject : Text.clean(summary);
    }

    String room() {
        String room = Text.clean(plain(entry.text("LOCATION")));
        return room != null ? room : labelled("salle", "salles", "lieu");
    }

    String teacher() {
        String teacher =
                labelled("enseignant", "enseignants", "professeur", "professeurs", "intervenant", "intervenants");
        return teacher != null || dialect != Dialect.ADE ? teacher : unlabelled(true);
    }

    String group() {
        String group = labelled("td", "groupe", "groupes", "promotion", "promotions", "classe");
        return group != null || dialect != Dialect.ADE ? group : unlabelled(false);
    }

    /** ADE writes groups and teachers one a line: a person is a name in capitals without a digit. */
    private String unlabelled(boolean persons) {
        String found = lines.stream()
                .filter(line -> PERSON.matcher(line).matches() == persons)
                .collect(Collectors.joining(", "));
        return Text.clean(found);
    }

    String link() {
        Matcher meeting = MEETING.matcher(plain(entry.text("URL")) + "\n" + plain(entry.text("DESCRIPTION")));
        return meeting.find() ? meeting.group() : null;
    }

    private static String orEmpty(String text) {
        return text == null ? "" : text;
    }
}
