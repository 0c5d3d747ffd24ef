package fr.moncampus.ecal.ecal;

import fr.moncampus.ecal.calendar.CalendarEvent;
import fr.moncampus.ecal.calendar.CalendarException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** A calendar while it is read, page by page; one event per id, whatever the pages repeat. */
public final class Listing {
    static final int PAGE_SIZE = 100;
    static final int MAX_PAGES = 1000;
    private final Set<String> ids = new HashSet<>();
    private final Map<String, CalendarEvent> events = new LinkedHashMap<>();
    /** Far more turns than any listing needs, retries included. */
    private static final int MAX_TURNS_PER_PAGE = 50;

    private int page = 1;
    private int turns;
    private boolean complete;

    /** True until the page behind the last one was read. */
    public boolean isOpen() {
        return !complete;
    }

    /** For the route's loop: true while there is a page to read. It ends as well when an edited route reads none. */
    public boolean goesOn() {
        return isOpen() && turns++ < MAX_TURNS_PER_PAGE;
    }

    /** @throws CalendarException since a calendar read in part must not be taken for the whole */
    public List<CalendarEvent> events() throws CalendarException {
        if (!complete) {
            throw new CalendarException(
                    0,
                    "ECAL n'a pas été lu jusqu'au bout : une étape modifiée de routes/ecal.camel.yaml l'empêche. "
                            + "Le passage s'arrête.");
        }
        return new ArrayList<>(events.values());
    }

    int page() {
        return page;
    }

    void end() {
        complete = true;
    }

    /**
     * @param found what the page held, by id; null stands for an event of another calendar, which counts as read and is left out
     * @throws CalendarException when the page repeats what is known, or when there are too many
     */
    void add(Map<String, CalendarEvent> found) throws CalendarException {
        if (page > MAX_PAGES) {
            throw new CalendarException(
                    200,
                    "ECAL ne finit pas sa liste : le calendrier a plus de " + MAX_PAGES
                            + " pages. Le passage s'arrête.");
        }
        if (!ids.addAll(found.keySet())) {
            throw new CalendarException(
                    200,
                    "ECAL ne finit pas sa liste : la page " + page
                            + " du calendrier n'apporte rien de nouveau. Le passage s'arrête.");
        }
        found.forEach((id, event) -> {
            if (event != null) {
                events.put(id, event);
            }
        });
        page++;
        turns = 0;
    }
}
