package fr.moncampus.ecal.sandbox;

import java.util.Map;
import java.util.NoSuchElementException;
import java.util.TreeMap;
import java.util.function.UnaryOperator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A calendar on the CalDAV server, as it is stored: texts by the last part of their addresses. What a person does by hand is done here. */
public final class DavCalendar {
    private static final Pattern FOLD = Pattern.compile("\\r?\\n[ \\t]");

    private final Map<String, Stored> objects = new TreeMap<>();
    private long versions;
    private long names;
    private Runnable meanwhile = () -> {};

    /**
     * @param before the version before this one, as long as the server still shows it; null when it shows the true one
     */
    record Stored(String text, String etag, String before) {}

    /** The texts, by name. */
    public synchronized Map<String, String> texts() {
        Map<String, String> texts = new TreeMap<>();
        objects.forEach((name, stored) -> texts.put(name, stored.text));
        return texts;
    }

    public synchronized String text(String name) {
        return stored(name).text;
    }

    /** Somebody changes an event in another client, or puts one in. */
    public synchronized void put(String name, String text) {
        objects.put(name, new Stored(text, etag(), null));
    }

    public synchronized void edit(String name, UnaryOperator<String> change) {
        put(name, change.apply(stored(name).text));
    }

    public synchronized void remove(String name) {
        stored(name);
        objects.remove(name);
    }

    private Stored stored(String name) {
        Stored stored = objects.get(name);
        if (stored == null) {
            throw new NoSuchElementException("no such object: " + name);
        }
        return stored;
    }

    /** Null when there is none. */
    synchronized Stored find(String name) {
        return objects.get(name);
    }

    synchronized Map<String, Stored> all() {
        return new TreeMap<>(objects);
    }

    /** Somebody is faster than the next write of a client, for once. */
    public synchronized void beforeNextWrite(Runnable meanwhile) {
        this.meanwhile = meanwhile;
    }

    synchronized void writing() {
        Runnable first = meanwhile;
        meanwhile = () -> {};
        first.run();
    }

    /** What a client has sent. @param stale whether the server goes on showing the version before for once */
    synchronized String store(String name, String text, boolean stale) {
        Stored there = objects.get(name);
        objects.put(name, new Stored(text, etag(), stale && there != null ? there.etag : null));
        return objects.get(name).etag;
    }

    synchronized void delete(String name) {
        objects.remove(name);
    }

    /** The version as a listing shows it. */
    synchronized String shown(String name) {
        Stored stored = objects.get(name);
        objects.put(name, new Stored(stored.text, stored.etag, null));
        return stored.before == null ? stored.etag : stored.before;
    }

    /** A name of the server's own. */
    synchronized String newName() {
        return "object-%06d.ics".formatted(++names);
    }

    private String etag() {
        return "\"" + Long.toHexString(++versions + 0xe7a600) + "\"";
    }

    /** The value of the first such property of the first event; null when there is none. */
    static String value(String text, String property) {
        String lines = FOLD.matcher(text).replaceAll("");
        int event = lines.indexOf("BEGIN:VEVENT");
        Matcher line = Pattern.compile("(?m)^" + property + "(?:;[^:\\r\\n]*)?:(.*?)\\r?$")
                .matcher(lines);
        return event >= 0 && line.find(event) ? line.group(1) : null;
    }
}
