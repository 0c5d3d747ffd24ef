package fr.moncampus.ecal.caldav;

import fr.moncampus.ecal.caldav.MultiStatus.Response;
import fr.moncampus.ecal.calendar.CalendarEvent;
import fr.moncampus.ecal.calendar.CalendarException;
import fr.moncampus.ecal.calendar.CalendarUnavailableException;
import fr.moncampus.ecal.calendar.Write;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * One change on its way to a CalDAV server. Nothing is written over a version that was not read: an update and a deletion name the one that they know,
 * and when somebody was faster (412), the event is read again and decided upon again. A server that does not have it (any more) is told so by
 * {@link Write}, as with any other calendar.
 */
public final class ObjectWrite {
    /** The exchange property that holds the one under way. */
    public static final String PROPERTY = "caldavWrite";

    private static final int MAX_CONFLICTS = 3;

    private final CaldavClient client;
    private final Write write;
    /** What the next request relies on; null when it has to be read. */
    private CalendarObject known;

    private boolean reread;
    private int conflicts;

    ObjectWrite(CaldavClient client, Write write) {
        this.client = client;
        this.write = write;
    }

    boolean isOf(Write other) {
        return write == other;
    }

    /** @param reading the last listing; null when there is none at hand */
    public DavRequest next(Reading reading) throws CalendarException {
        if (write.id() == null) {
            write.sending();
            CalendarEvent after = write.after();
            return DavRequest.put(
                    client,
                    client.address(client.pathOf(after.reference())),
                    null,
                    CalendarObject.text(after, client.now()));
        }
        if (known == null && reading != null && !reread) {
            known = reading.object(write.id());
        }
        if (known == null) {
            return Reading.objects(client, Set.of(write.id()));
        }
        write.sending();
        CalendarObject from = known;
        // read again if this has to be repeated
        known = null;
        reread = true;
        return write.after() == null
                ? DavRequest.delete(client, client.address(from.href()), from.etag())
                : DavRequest.put(
                        client, client.address(from.href()), from.etag(), from.patched(write.after(), client.now()));
    }

    /** Judges an answer: done, another step, or an exception. */
    public void answered(DavRequest answer) throws CalendarException {
        if (!answer.isWrite()) {
            look(answer);
            return;
        }
        int status = answer.status();
        boolean create = write.id() == null;
        if (status / 100 == 2) {
            write.accepted(client.path(answer.address().getRawPath()));
        } else if ((status == 404 || status == 410) && !create) {
            write.missing();
        } else if (create && (status == 412 || Refusals.isSameUid(answer))) {
            write.exists();
        } else if (status == 412) {
            write.refused();
            if (++conflicts >= MAX_CONFLICTS) {
                conflicts = 0;
                throw new CalendarUnavailableException(
                        status, "L'événement change sans cesse sur le serveur CalDAV (412).", answer.retryAfter());
            }
        } else {
            CalendarException refusal = client.refusals().of(answer, true);
            // a server that fails may have done it nevertheless
            if (status < 500 && answer.isAnswered()) {
                write.refused();
            }
            throw refusal;
        }
    }

    private void look(DavRequest answer) throws CalendarException {
        for (Response response : Reading.responses(client, answer)) {
            if (!write.id().equals(client.path(response.href()))) {
                continue;
            }
            CalendarObject object = read(write.id(), response);
            if (object != null && isMeant(object)) {
                known = object;
            } else {
                // gone, or somebody has made something else of it
                write.missing();
            }
            return;
        }
        throw Refusals.partial("un événement manque à sa réponse");
    }

    private boolean isMeant(CalendarObject object) {
        String reference = object.event().reference();
        return write.before() == null
                || reference.equals(write.before().reference())
                || write.after() != null && reference.equals(write.after().reference());
    }

    /** After a create without a clear answer: the address that it would have, which a listing of some days may not show. */
    public DavRequest lookFor() {
        return Reading.objects(client, Set.of(client.pathOf(write.after().reference())));
    }

    /** Goes on with what the calendar holds now. */
    public void found(Reading reading, DavRequest answer) throws CalendarException {
        List<CalendarEvent> events = new ArrayList<>(reading.events());
        String path = client.pathOf(write.after().reference());
        for (Response response : Reading.responses(client, answer)) {
            CalendarObject object = path.equals(client.path(response.href())) ? read(path, response) : null;
            if (object != null && reading.object(path) == null) {
                events.add(object.event());
            }
        }
        known = null;
        reread = false;
        write.found(events);
    }

    /** Null when there is none, or somebody else's. */
    private static CalendarObject read(String path, Response response) throws CalendarException {
        return response.status() == 404 || response.status() == 410 ? null : Reading.object(path, response);
    }

    /** Nothing of what it holds. */
    @Override
    public String toString() {
        return String.valueOf(write.method());
    }
}
