package fr.moncampus.ecal.sandbox;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Predicate;

/** ECAL's accounts: their keys, calendars and events. */
public final class Calendars {

    /** @param active false for a key that ECAL has switched off */
    record Key(String secret, String account, boolean active) {}

    private final Map<String, Key> keys = new ConcurrentHashMap<>();
    private final Map<String, Calendar> calendars = new ConcurrentHashMap<>();
    private final Map<String, Event> events = new LinkedHashMap<>();
    private final Map<String, List<Event>> byReference = new LinkedHashMap<>();
    private int count;
    private long version;

    public void addKey(String key, String secret, String account) {
        keys.put(key, new Key(secret, account, true));
    }

    public void deactivate(String key) {
        keys.computeIfPresent(key, (name, old) -> new Key(old.secret(), old.account(), false));
    }

    public Calendar addCalendar(String account, String name) {
        Calendar calendar = new Calendar(nextId(), account, name, this);
        calendars.put(calendar.id(), calendar);
        return calendar;
    }

    public Calendar calendar(String id) {
        Calendar calendar = calendars.get(id);
        if (calendar == null) {
            throw new NoSuchElementException("no calendar " + id);
        }
        return calendar;
    }

    /** Null for an unknown key. */
    Key key(String key) {
        return key == null ? null : keys.get(key);
    }

    /** Null when that account has none of this id. */
    Calendar calendar(String id, String account) {
        Calendar calendar = id == null ? null : calendars.get(id);
        return calendar != null && calendar.account().equals(account) ? calendar : null;
    }

    List<String> idsOf(String account) {
        return calendars.values().stream()
                .filter(each -> each.account().equals(account))
                .map(Calendar::id)
                .toList();
    }

    synchronized Event create(ObjectNode fields, int lag) {
        String id = nextId();
        Event event = new Event(id, fields.put("id", id), lag);
        events.put(id, event);
        index(event);
        version++;
        return event;
    }

    synchronized void write(Event event, ObjectNode fields, int lag) {
        unindex(event);
        event.write(fields.put("id", event.id()), lag);
        index(event);
        version++;
    }

    synchronized void delete(Event event, int lag) {
        unindex(event);
        event.delete(lag);
        version++;
        if (event.isGone()) {
            events.remove(event.id());
        }
    }

    synchronized Event event(String id) {
        Event event = living(id);
        if (event == null) {
            throw new NoSuchElementException("no event " + id);
        }
        return event;
    }

    /** Null when there is none, or it is deleted. */
    synchronized Event living(String id) {
        Event event = events.get(id);
        return event == null || event.isDeleted() ? null : event;
    }

    /** The first living event of that reference; null when there is none. */
    synchronized Event byReference(String reference, Predicate<Event> which) {
        return byReference.getOrDefault(reference, List.of()).stream()
                .filter(which)
                .findFirst()
                .orElse(null);
    }

    synchronized Collection<Event> living() {
        return events.values().stream().filter(event -> !event.isDeleted()).toList();
    }

    /** Lets writes that lag come nearer, at the first page of a listing. */
    synchronized void beforeListing(boolean first) {
        if (first) {
            events.values().forEach(Event::beforeListing);
            events.values().removeIf(Event::isGone);
            version++;
        }
    }

    /** What listings know, deleted events that they still show included. */
    synchronized List<Event> listed() {
        return events.values().stream().filter(event -> event.listed() != null).toList();
    }

    /** Changes whenever a listing might. */
    synchronized long version() {
        return version;
    }

    /** 24 hexadecimal digits that rise. */
    private synchronized String nextId() {
        return String.format("64229d018723a1000e%06x", ++count);
    }

    private void index(Event event) {
        String reference = event.text("reference");
        if (reference != null) {
            byReference.computeIfAbsent(reference, key -> new ArrayList<>()).add(event);
        }
    }

    private void unindex(Event event) {
        String reference = event.text("reference");
        if (reference != null && byReference.containsKey(reference)) {
            byReference.get(reference).remove(event);
        }
    }
}
