package fr.moncampus.ecal.ics;

import java.util.Comparator;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** What the programs that schools use make of iCalendar, recognised by what they write and by the shape of their UIDs. */
public enum Dialect {
    HYPERPLANNING("Hyperplanning", "HYPERPLANNING", Pattern.compile("(?i)(Cours|COURSANNULE|Ferie)-.*Index-Education")),
    PRONOTE("PRONOTE", "PRONOTE", Pattern.compile("(?i)[A-Z]+-\\d+-\\d+-\\d{8}T\\d{6}Z.*")),
    ADE("ADE", "ADE", Pattern.compile("(?i)ADE\\d+[0-9a-f]+.*")),
    PLAIN("iCalendar", null, null);

    private final String label;
    private final String product;
    private final Pattern uid;

    Dialect(String label, String product, Pattern uid) {
        this.label = label;
        this.product = product;
        this.uid = uid;
    }

    /** What people call it. */
    public String label() {
        return label;
    }

    /** The product that the feed names, else what most of its UIDs look like. */
    static Dialect of(Feed feed) {
        String product = String.valueOf(feed.property("PRODID")).toUpperCase(Locale.ROOT);
        for (Dialect dialect : values()) {
            if (dialect.product != null && product.matches("(?s)(.*\\W)?" + dialect.product + "(\\W.*)?")) {
                return dialect;
            }
        }
        Map<Dialect, Long> votes = feed.entries().stream()
                .map(entry -> ofUid(entry.uid()))
                .collect(Collectors.groupingBy(Function.identity(), Collectors.counting()));
        return votes.entrySet().stream()
                .max(Map.Entry.<Dialect, Long>comparingByValue()
                        .thenComparing(Map.Entry::getKey, Comparator.reverseOrder()))
                .map(Map.Entry::getKey)
                .orElse(PLAIN);
    }

    private static Dialect ofUid(String uid) {
        for (Dialect dialect : values()) {
            if (dialect.uid != null && dialect.uid.matcher(uid).matches()) {
                return dialect;
            }
        }
        return PLAIN;
    }
}
