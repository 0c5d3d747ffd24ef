package fr.moncampus.ecal.sandbox;

import java.util.ArrayList;
import java.util.List;

/** The faults that wait for their request. Of several that match the oldest hits; one that still skips counts the request and lets it go on to the next. */
public final class Faults {
    private final List<Armed> armed = new ArrayList<>();

    private static final class Armed {
        private final Fault fault;
        private int seen;

        private Armed(Fault fault) {
            this.fault = fault;
        }

        private boolean isSpent() {
            return seen >= (long) fault.skip() + fault.times();
        }
    }

    public synchronized void add(Fault fault) {
        armed.add(new Armed(fault));
    }

    public synchronized void clear() {
        armed.clear();
    }

    /** Those that have not hit as often as they should. */
    public synchronized List<Fault> waiting() {
        return armed.stream().map(each -> each.fault).toList();
    }

    /** Null when nothing is to happen to the request. */
    synchronized Effect hitting(Request request) {
        for (Armed each : List.copyOf(armed)) {
            if (!each.fault.matches(request)) {
                continue;
            }
            each.seen++;
            if (each.isSpent()) {
                armed.remove(each);
            }
            if (each.seen > each.fault.skip()) {
                return each.fault.effect();
            }
        }
        return null;
    }
}
