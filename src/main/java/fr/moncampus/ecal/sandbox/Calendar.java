package fr.moncampus.ecal.sandbox;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Map;

/** One ECAL calendar, as somebody sees it who sits at ECAL: no delay, no other spelling, and a hand to change things. */
public final class Calendar {
    private final String id;
    private final String account;
    private final String name;
    private final Calendars all;

    Calendar(String id, String account, String name, Calendars all) {
        this.id = id;
        this.account = account;
        this.name = name;
        this.all = all;
    }

    public String id() {
        return id;
    }

    public String name() {
        return name;
    }

    public String account() {
        return account;
    }

    /** Copies of what is stored, the oldest first, {@code id} included. */
    public List<ObjectNode> events() {
        synchronized (all) {
            return all.living().stream()
                    .filter(event -> id.equals(event.text("calendarId")))
                    .map(event -> event.fields().deepCopy())
                    .toList();
        }
    }

    /** By hand, unchecked; answers the new id. */
    public String add(Map<String, ?> fields) {
        ObjectNode event = Json.object();
        event.setAll((ObjectNode) Json.tree(fields));
        return all.create(event.put("calendarId", id), 0).id();
    }

    public void change(String eventId, String field, String value) {
        synchronized (all) {
            Event event = all.event(eventId);
            all.write(event, event.fields().deepCopy().put(field, value), 0);
        }
    }

    public void remove(String eventId) {
        synchronized (all) {
            all.delete(all.event(eventId), 0);
        }
    }
}
