package fr.moncampus.ecal.moncampus;

import fr.moncampus.ecal.config.Window;
import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.List;
import java.util.Set;

/** The address of a timetable, and how to recognise it after the portal's redirects. */
record TimetableQuery(URI address) {
    private static final String PATH = "/Home/Get";

    /** How the portal compares the dates is unknown, so a day more is asked for on each side. */
    static TimetableQuery of(URI timetable, Window window) {
        return new TimetableQuery(timetable.resolve(PATH + "?sort=&group=&filter=&dateDebut="
                + midnight(window.first().minusDays(1)) + "&dateFin="
                + midnight(window.last().plusDays(2))));
    }

    /** Whether an answer from there is the answer to this query: a timetable of other days would delete courses. */
    boolean isAskedBy(URI other) {
        return Sites.sameOrigin(other, address)
                && isPath(other)
                && parameters(other).containsAll(parameters(address));
    }

    static boolean isPath(URI other) {
        return Sites.rawPath(other).equalsIgnoreCase(PATH);
    }

    /** A ticket of the CAS in the address; null when there is none. */
    static String ticket(URI other) {
        return parameters(other).stream()
                .filter(p -> p.startsWith("ticket=ST-"))
                .reduce((first, last) -> last)
                .orElse(null);
    }

    /**
     * The address without the tickets that were used before: the portal ignores them and would ask for a login without
     * end.
     */
    static URI without(Set<String> used, URI other) {
        if (!isPath(other) || other.getRawQuery() == null) {
            return other;
        }
        String query = String.join(
                "&",
                Arrays.stream(other.getRawQuery().split("&"))
                        .filter(p -> !used.contains(decoded(p)))
                        .toList());
        return URI.create(
                other.toString().substring(0, other.toString().indexOf('?')) + (query.isEmpty() ? "" : "?" + query));
    }

    private static List<String> parameters(URI address) {
        String query = address.getRawQuery();
        return query == null
                ? List.of()
                : Arrays.stream(query.split("&"))
                        .filter(p -> !p.endsWith("="))
                        .map(TimetableQuery::decoded)
                        .toList();
    }

    private static String decoded(String parameter) {
        try {
            return URLDecoder.decode(parameter, StandardCharsets.UTF_8);
        } catch (IllegalArgumentException e) {
            return parameter;
        }
    }

    private static String midnight(LocalDate day) {
        return day + "T00:00:00.000Z";
    }
}
