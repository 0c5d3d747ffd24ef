package fr.moncampus.ecal.ics;

import com.github.mangstadt.vinnie.VObjectProperty;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** One event of a feed, as its lines say it. What changes at every fetch (DTSTAMP, LAST-MODIFIED, SEQUENCE…) is never asked for. */
final class Entry {
    /** One event has one of each: two are two events whose border is lost. */
    private static final Set<String> SINGLE = Set.of("UID", "DTSTART", "DTEND", "DURATION", "SUMMARY", "DTSTAMP");

    private static final Pattern ESCAPE = Pattern.compile("\\\\(.)", Pattern.DOTALL);

    private final int number;
    private final Map<String, VObjectProperty> properties = new HashMap<>();
    private boolean damaged;
    private boolean doubled;

    /** @param number its place in the feed, from 1 */
    Entry(int number) {
        this.number = number;
    }

    void add(VObjectProperty property) {
        String name = property.getName().toUpperCase(Locale.ROOT);
        VObjectProperty before = properties.putIfAbsent(name, property);
        doubled |= before != null && SINGLE.contains(name);
        if (before != null && name.equals("CATEGORIES")) {
            before.setValue(before.getValue() + "," + property.getValue());
        }
    }

    void damaged() {
        damaged = true;
    }

    int number() {
        return number;
    }

    /** True when a line of it could not be read. */
    boolean isDamaged() {
        return damaged;
    }

    /** True when it may be more than one event. */
    boolean isDoubled() {
        return doubled;
    }

    /** Null when it has none. */
    VObjectProperty property(String name) {
        return properties.get(name);
    }

    /** As text, with its line breaks; empty when it has none. */
    String text(String name) {
        VObjectProperty property = properties.get(name);
        return property == null || property.getValue() == null
                ? ""
                : ESCAPE.matcher(property.getValue())
                        .replaceAll(escape -> Matcher.quoteReplacement(
                                escape.group(1).equalsIgnoreCase("n") ? "\n" : escape.group(1)));
    }

    String uid() {
        return text("UID").strip();
    }
}
