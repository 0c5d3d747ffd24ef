package fr.moncampus.ecal.run;

import fr.moncampus.ecal.calendar.CalendarEvent;
import fr.moncampus.ecal.sync.Plan;
import java.util.List;

/** Lets a test put a plan of its own into a run. */
public final class Bent {
    private Bent() {}

    /** As the system does for a process that dies. */
    public static void unlock(Run run) {
        run.unlock();
    }

    public static void planned(Run run, List<CalendarEvent> calendar, Plan plan) {
        run.listed(calendar);
        run.planned(plan);
    }
}
