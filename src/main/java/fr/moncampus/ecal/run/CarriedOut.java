package fr.moncampus.ecal.run;

import fr.moncampus.ecal.calendar.Write;
import fr.moncampus.ecal.report.EventText;
import fr.moncampus.ecal.sync.EventTimes;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The changes of a run that were carried out, and how people read them. Writers on several threads add to it. */
final class CarriedOut {
    private static final int MAX_LINES = 20;

    private final List<Write> done = Collections.synchronizedList(new ArrayList<>());

    void add(Write write) {
        done.add(write);
    }

    int size() {
        return done.size();
    }

    /** In no order. */
    List<Write> all() {
        return List.copyOf(done);
    }

    int count(Write.Outcome outcome) {
        return (int) all().stream().filter(write -> write.outcome() == outcome).count();
    }

    /** All but those that the calendar says it has, and does not list yet. */
    Stream<Write> confirmed() {
        return all().stream().filter(write -> write.outcome() != Write.Outcome.UNCONFIRMED);
    }

    /** One a change, in the order of the events. */
    List<String> lines() {
        return confirmed()
                .sorted(Comparator.comparing((Write write) -> String.valueOf(EventTimes.start(write.event()))))
                .map(write -> EventText.change(
                        write.before(), write.outcome() == Write.Outcome.DELETED ? null : write.after()))
                .toList();
    }

    /** The lines, cut to what fits a message; empty when nothing changed. */
    String text() {
        List<String> lines = lines();
        String more = lines.size() > MAX_LINES ? "\n… et " + (lines.size() - MAX_LINES) + " autres" : "";
        return lines.stream().limit(MAX_LINES).collect(Collectors.joining("\n")) + more;
    }
}
