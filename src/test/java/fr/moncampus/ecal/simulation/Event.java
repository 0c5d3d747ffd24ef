package fr.moncampus.ecal.simulation;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.UnaryOperator;

/** An event as the simulated ECAL stores it, and what listings show of it. */
final class Event {
    private static final ObjectMapper JSON = new ObjectMapper();
    final String id;
    private Map<String, String> sent;
    private String said;
    private Instant starts;
    private Instant ends;
    /** A listing's JSON of it, and of what. */
    private Map<String, String> spelt;

    private String json;
    /** What listings show until {@link #shownFrom}; null for nothing. */
    private Map<String, String> old;

    private Instant shownFrom = Instant.MIN;
    boolean gone;
    /** Last written by a client. */
    Instant written = Instant.MIN;
    /** When the program last learned that this stands there as it wrote it: that it was accepted, or that it exists already. */
    Instant confirmed = Instant.MIN;
    /** Changed by hand since then. */
    boolean byHand;
    /** What that write said. */
    private String writtenAs;
    /** How many writes may be repeated, since an answer was lost or a double appeared: once more when ECAL has a spelling of its own, which only an answer lets learn. */
    int doubt;
    /** The doubt comes from a process that was cut off, which has noted before what it was about to do. */
    boolean cutOff;
    /** What it said before its last write that changed anything: one without an answer is repeated. */
    private String former;

    Event(String id, Map<String, String> sent) {
        this.id = id;
        set(sent);
    }

    void set(Map<String, String> fields) {
        sent = fields;
        said = Session.said(fields);
        starts = instant("start");
        ends = instant("end");
    }

    Map<String, String> sent() {
        return sent;
    }

    String reference() {
        return sent.get("reference");
    }

    String said() {
        return said;
    }

    String writtenAs() {
        return writtenAs;
    }

    Instant starts() {
        return starts;
    }

    Instant ends() {
        return ends;
    }

    private Instant instant(String edge) {
        return LocalDateTime.parse(sent.get(edge + "Date") + "T" + sent.get(edge + "Time"))
                .atZone(ZoneId.of(sent.get("timezone")))
                .toInstant();
    }

    /** @param spelling of fields that are never changed, only replaced */
    String json(Map<String, String> shown, UnaryOperator<Map<String, String>> spelling) throws IOException {
        if (spelt != shown) {
            Map<String, String> fields = new LinkedHashMap<>(shown);
            fields.put("id", id);
            json = JSON.writeValueAsString(spelling.apply(fields));
            spelt = shown;
        }
        return json;
    }

    /** A listing shows it as it is. */
    boolean isFresh(Instant now) {
        return !now.isBefore(shownFrom);
    }

    void settle() {
        shownFrom = Instant.MIN;
    }

    Map<String, String> shown(Instant now) {
        return !isFresh(now) ? old : gone ? null : sent;
    }

    /** A write that takes back one of moments ago, before a listing may have shown that: what is listed then may be its spelling or late. */
    boolean goesBack(Map<String, String> to, Instant now) {
        return to != null
                && Session.said(to).equals(former)
                && written.plus(Duration.ofMinutes(15)).isAfter(now);
    }

    void change(Map<String, String> to, Instant now, Duration lag) {
        former = to != null && Session.said(to).equals(said) ? former : said;
        cutOff = false;
        old = isFresh(now) ? (written.equals(Instant.MIN) ? null : sent) : old;
        shownFrom = now.plus(lag);
        if (to == null) {
            gone = true;
        } else {
            set(to);
        }
        writtenAs = said;
        written = now;
        confirmed = now;
        byHand = false;
    }
}
