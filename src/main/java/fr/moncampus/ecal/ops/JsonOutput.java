package fr.moncampus.ecal.ops;

import com.fasterxml.jackson.annotation.JsonPropertyOrder;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import fr.moncampus.ecal.calendar.CalendarEvent;
import fr.moncampus.ecal.report.RunError;
import fr.moncampus.ecal.sync.Change;
import fr.moncampus.ecal.sync.EventTimes;
import fr.moncampus.ecal.sync.Plan;
import java.util.List;

/** Results as JSON, one object a line, with the field names of the contract. */
final class JsonOutput {
    private static final ObjectMapper MAPPER = new ObjectMapper();

    private JsonOutput() {}

    @JsonPropertyOrder({"id", "reference", "name", "location", "start", "end", "details"})
    record Event(String id, String reference, String name, String location, String start, String end, String details) {
        static Event of(CalendarEvent event) {
            return new Event(
                    event.id(),
                    event.reference(),
                    event.name(),
                    event.location(),
                    EventTimes.start(event),
                    EventTimes.end(event),
                    event.details());
        }
    }

    record Update(Event before, Event after) {}

    record Waiting(Event event, String since) {}

    record Held(Event event, String reason) {}

    @JsonPropertyOrder({"config", "create", "update", "delete", "waiting", "held", "unchanged", "error"})
    record PlanLine(
            String config,
            List<Event> create,
            List<Update> update,
            List<Event> delete,
            List<Waiting> waiting,
            List<Held> held,
            int unchanged,
            RunError error) {}

    /** @param plan null when there is none, because of the error */
    static PlanLine plan(String config, Plan plan, RunError error) {
        if (plan == null) {
            return new PlanLine(config, List.of(), List.of(), List.of(), List.of(), List.of(), 0, error);
        }
        return new PlanLine(
                config,
                events(plan.creates()),
                plan.updates().stream()
                        .map(change -> new Update(Event.of(change.before()), Event.of(change.after())))
                        .toList(),
                events(plan.deletes()),
                plan.waiting().stream()
                        .map(waiting -> new Waiting(Event.of(waiting.event()), EventTimes.instant(waiting.since())))
                        .toList(),
                plan.held().stream()
                        .map(held -> new Held(
                                Event.of(held.change().event()), held.reason().code()))
                        .toList(),
                plan.unchanged(),
                error);
    }

    @JsonPropertyOrder({"config", "held", "checksum"})
    record HeldLine(String config, List<Held> held, String checksum) {}

    /** @param checksum null when nothing of it can be released */
    static HeldLine held(String config, Plan plan, String checksum) {
        return new HeldLine(config, plan(config, plan, null).held(), checksum);
    }

    private static List<Event> events(List<Change> changes) {
        return changes.stream().map(Change::event).map(Event::of).toList();
    }

    static String line(Object result) {
        try {
            return MAPPER.writeValueAsString(result);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(e);
        }
    }
}
