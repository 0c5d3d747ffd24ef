package fr.moncampus.ecal.simulation;

import fr.moncampus.ecal.simulation.Wire.Ask;
import fr.moncampus.ecal.simulation.Wire.Reply;
import java.io.IOException;
import java.net.URI;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.stream.Collectors;

/** A simulated MonCampus: login, sessions, and an answer that may be anything. */
final class School {
    /** How the timetable is answered. Those up to {@code UNREADABLE_NUMBER} count as complete reads. */
    enum Mood {
        WELL,
        HALF_AGREED,
        NEARLY_EMPTY,
        EMPTY,
        YESTERDAY,
        UNREADABLE_NUMBER,
        UNREADABLE_NAMELESS,
        HALF,
        HTML,
        ERROR,
        CUT,
        TRUNCATED,
        NULL_DATA
    }

    /** An answer as it was given. @param nameless whether a row could be any course; @param unreadable numbers whose row says nothing */
    record Given(List<Session> sessions, boolean nameless, Set<Long> unreadable) {}

    private final URI base;
    private final Random random;
    private final Set<String> cookies = new HashSet<>();
    private final Set<String> tickets = new HashSet<>();
    private String asked;
    private int counter;
    private List<Session> yesterday = List.of();
    List<Session> sessions = new ArrayList<>();
    Mood mood = Mood.WELL;
    /** How many requests meet the mood; the later ones are answered well. */
    int moodLasts;
    /** The last answer that was a complete timetable (or one with unreadable rows) since it was set to null. */
    Given given;

    School(URI base, Random random) {
        this.base = base;
        this.random = random;
    }

    void endOfDay() {
        yesterday = List.copyOf(sessions);
    }

    void expire(boolean everything) {
        cookies.removeIf(cookie -> everything || cookie.startsWith("SESSION"));
    }

    Reply ask(Ask ask) throws IOException {
        return switch (ask.address().getPath()) {
            case "/Home/Get" ->
                knows(ask, "SESSION") ? timetable(ask) : redirect(base.resolve("/cas/login?service=x"), null, ask);
            case "/cas/login" -> login(ask);
            case "/signin-cas" ->
                tickets.remove(ask.parameter("ticket"))
                        ? redirect(URI.create(asked), cookie("SESSION"), null)
                        : Reply.of(403, "text/html;charset=UTF-8", "<p>no</p>");
            default -> Reply.of(404, "text/html;charset=UTF-8", "<p>no</p>");
        };
    }

    private Reply redirect(URI target, String cookie, Ask from) {
        if (from != null) {
            asked = from.address().toString();
        }
        Map<String, String> headers = cookie == null
                ? Map.of("Location", target.toString())
                : Map.of("Location", target.toString(), "Set-Cookie", cookie + "; Path=/");
        return new Reply(302, headers, new byte[0]);
    }

    private String cookie(String name) {
        String cookie = name + "=c" + ++counter;
        cookies.add(cookie);
        return cookie;
    }

    private boolean knows(Ask ask, String name) {
        return Arrays.stream(ask.cookies().split("; *"))
                .anyMatch(cookie -> cookie.startsWith(name) && cookies.contains(cookie));
    }

    private Reply login(Ask ask) {
        boolean right = ask.method().equals("POST")
                && ask.text().contains("password=" + Persons.PASSWORD)
                && ask.text().contains("execution=e1");
        if (right || knows(ask, "TGC")) {
            String ticket = "ST-" + ++counter;
            tickets.add(ticket);
            return redirect(base.resolve("/signin-cas?ticket=" + ticket), right ? cookie("TGC") : null, null);
        }
        return Reply.of(
                ask.method().equals("POST") ? 401 : 200,
                "text/html;charset=UTF-8",
                "<form id=fm1 method=post action=login><input name=username><input name=password type=password><input type=hidden name=execution value=e1></form>");
    }

    private Reply timetable(Ask ask) throws IOException {
        Mood now = moodLasts-- > 0 ? mood : Mood.WELL;
        LocalDate from = LocalDate.parse(ask.parameter("dateDebut").substring(0, 10));
        LocalDate to = LocalDate.parse(ask.parameter("dateFin").substring(0, 10));
        List<Session> all = (now == Mood.YESTERDAY ? yesterday : sessions)
                .stream()
                        .filter(session ->
                                !session.day().isBefore(from) && session.day().isBefore(to))
                        .collect(Collectors.toCollection(ArrayList::new));
        List<Session> half = new ArrayList<>(all);
        Collections.shuffle(half, random);
        half = half.subList(0, (half.size() + 1) / 2);
        return switch (now) {
            case WELL, YESTERDAY -> whole(all, List.of());
            case HALF_AGREED -> whole(half, List.of());
            case NEARLY_EMPTY -> whole(half.subList(0, Math.min(1, half.size())), List.of());
            case EMPTY -> whole(List.of(), List.of());
            case UNREADABLE_NUMBER, UNREADABLE_NAMELESS -> unreadable(all, half, now == Mood.UNREADABLE_NAMELESS);
            case HALF -> json(rows(half), all.size() + 1, "null");
            case HTML -> Reply.of(200, "text/html;charset=UTF-8", "<html><title>Runtime Error</title></html>");
            case ERROR -> Reply.of(500, "text/html;charset=UTF-8", "<p>500</p>");
            case TRUNCATED -> {
                Reply reply = json(rows(all), all.size(), "null");
                yield new Reply(200, reply.headers(), Arrays.copyOf(reply.body(), reply.body().length / 2));
            }
            case NULL_DATA -> Reply.of(200, "application/json", "{\"Data\":null,\"Total\":0,\"Errors\":\"down\"}");
            case CUT -> throw new Wire.Cut();
        };
    }

    private Reply unreadable(List<Session> all, List<Session> half, boolean nameless) {
        List<Session> bad = half.subList(0, Math.min(2, half.size()));
        List<Session> good = new ArrayList<>(all);
        good.removeAll(bad);
        List<Map<String, Object>> rows = bad.stream().map(Session::row).toList();
        rows.forEach(row -> {
            row.put("Start", "bientôt");
            if (nameless) {
                row.remove("NoCours");
            }
        });
        return whole(good, rows);
    }

    private Reply whole(List<Session> good, List<Map<String, Object>> bad) {
        List<String> rows = new ArrayList<>(rows(good));
        bad.forEach(row -> rows.add(Session.json(row)));
        Collections.shuffle(rows, random);
        Set<Long> numbers = bad.stream()
                .map(row -> (Long) row.get("NoCours"))
                .filter(number -> number != null)
                .collect(Collectors.toSet());
        given = new Given(
                good.stream().distinct().toList(), bad.stream().anyMatch(row -> row.get("NoCours") == null), numbers);
        return json(rows, rows.size(), "null");
    }

    private static List<String> rows(List<Session> sessions) {
        return sessions.stream().map(Session::json).toList();
    }

    private static Reply json(List<String> rows, int total, String errors) {
        return Reply.of(
                200,
                "application/json; charset=utf-8",
                "{\"Data\":[" + String.join(",", rows) + "],\"Total\":" + total
                        + ",\"AggregateResults\":null,\"Errors\":" + errors + "}");
    }
}
