package fr.moncampus.ecal.sandbox;

import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;

/** Feeds of timetables, as Hyperplanning, PRONOTE, ADE and others give them, with what clients of such feeds have suffered. */
final class FeedHost implements Site {
    /** Where feeds are: {@code /edt/<username>.ics?token=<token>}, and {@code &dialect=} where schools of several dialects are played at once. */
    static final String BASE = "/edt/";

    static final String TOKEN = "5ec4e700ken5ec4e700ken";
    private static final Instant LONG_AGO = Instant.parse("2026-01-01T00:00:00Z");

    private final School school;
    private final Switches switches;
    private final Clock clock;

    FeedHost(School school, Switches switches, Clock clock) {
        this.school = school;
        this.switches = switches;
        this.clock = clock;
    }

    @Override
    public Answer answer(Request request) {
        if (!TOKEN.equals(request.parameters().get("token"))) {
            return Answer.html(403, "<!DOCTYPE html><title>403</title><h1>Accès refusé</h1>");
        }
        Student student = school.known(request.path().substring(BASE.length()).replaceFirst("\\.ics$", ""));
        if (student == null) {
            return Answer.notFound();
        }
        if (switches.is(Switch.FEED_TROUBLE, "page")) {
            return Answer.html(
                    200, "<!DOCTYPE html><html><head><title>Connexion</title></head><body><form></form></body></html>");
        }
        return calendar(student, request);
    }

    private Answer calendar(Student student, Request request) {
        String etag =
                "\"" + Integer.toHexString(text(student, request, LONG_AGO).hashCode()) + "\"";
        String unchanged = switches.get(Switch.FEED_UNCHANGED);
        boolean same = unchanged.equals("etag") && etag.equals(request.header("If-None-Match"))
                || unchanged.equals("modified") && dateOf(etag).equals(request.header("If-Modified-Since"));
        if (same) {
            return Answer.empty(304).with("ETag", etag);
        }
        Charset charset =
                switches.is(Switch.FEED_TROUBLE, "latin1") ? StandardCharsets.ISO_8859_1 : StandardCharsets.UTF_8;
        Answer answer = Answer.empty(200)
                .withBody(text(student, request, clock.instant()).getBytes(charset))
                .with("Content-Type", "text/calendar");
        return switch (unchanged) {
            case "etag" -> answer.with("ETag", etag);
            case "modified" -> answer.with("Last-Modified", dateOf(etag));
            default -> answer;
        };
    }

    /** A date that stands for the content: clients give it back as it was. */
    private static String dateOf(String etag) {
        long second = Integer.toUnsignedLong(etag.hashCode());
        return DateTimeFormatter.RFC_1123_DATE_TIME.format(
                Instant.ofEpochSecond(second).atOffset(ZoneOffset.UTC));
    }

    private String text(Student student, Request request, Instant exported) {
        String dialect = request.parameters().getOrDefault("dialect", switches.get(Switch.FEED_DIALECT));
        FeedText feed = new FeedText(dialect, switches.get(Switch.FEED_TROUBLE), exported);
        List<Session> now = student.timetable().snapshot(request.yesterday()).sessions();
        List<Session> before = student.timetable().snapshot(true).sessions();
        List<Session> shown = new ArrayList<>(now);
        if (switches.is(Switch.FEED_TROUBLE, "partial")) {
            shown = new ArrayList<>(now.subList(0, now.size() * 3 / 4));
        }
        feed.begin(student.username());
        if (!switches.is(Switch.FEED_TROUBLE, "empty")) {
            shown.forEach(session -> feed.session(session, hasMoved(session, before)));
            if (switches.is(Switch.FEED_CANCELLED, "marked")) {
                before.stream().filter(session -> isGone(session, now)).forEach(feed::cancelled);
            }
        }
        return feed.end();
    }

    private static boolean isGone(Session session, List<Session> now) {
        return now.stream().noneMatch(each -> session.noCours().equals(each.noCours()));
    }

    private static boolean hasMoved(Session session, List<Session> before) {
        return before.stream()
                .anyMatch(each -> session.noCours().equals(each.noCours())
                        && !session.start().equals(each.start()));
    }
}
