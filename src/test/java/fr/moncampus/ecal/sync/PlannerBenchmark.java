package fr.moncampus.ecal.sync;

import fr.moncampus.ecal.calendar.CalendarEvent;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Prints how the time of a plan grows with the timetable; by hand, no test. Ratios near that of the sizes mean linear growth. */
public final class PlannerBenchmark {
    private PlannerBenchmark() {}

    public static void main(String[] arguments) {
        double before = 0;
        int sizeBefore = 0;
        System.out.printf("%8s %14s %10s %10s%n", "courses", "ms (best of 5)", "× size", "× time");
        for (int size : new int[] {1_000, 5_000, 10_000, 50_000, 100_000}) {
            double millis = millis(size);
            System.out.printf(
                    Locale.ROOT,
                    "%8d %14.1f %10.1f %10.1f%n",
                    size,
                    millis,
                    sizeBefore == 0 ? 1 : (double) size / sizeBefore,
                    before == 0 ? 1 : millis / before);
            before = millis;
            sizeBefore = size;
        }
    }

    /** A third each: unchanged, moved, and events of the original tool. */
    private static double millis(int size) {
        World world = new World();
        List<CalendarEvent> calendar = new ArrayList<>();
        for (int i = 0; i < size; i++) {
            CalendarEvent event = World.event("Cours " + i % 200, "B" + i % 50, World.at(i % 10, 8 + i % 9), 1 + i % 2);
            world.wanted.add(new Wanted(Integer.toString(i), event));
            String reference = i % 3 == 2 ? Integer.toString(i) : World.mine(Integer.toString(i));
            CalendarEvent stands = i % 3 == 1 ? World.event(event.name(), "C3", World.at(1 + i % 9, 7), 1) : event;
            calendar.add(stands.withId(World.id(i)).withReference(reference));
        }
        Situation situation = world.situation(calendar);
        long best = Long.MAX_VALUE;
        for (int round = 0; round < 5; round++) {
            long start = System.nanoTime();
            Plan plan = Planner.plan(situation);
            best = Math.min(best, System.nanoTime() - start);
            if (plan.unchanged() == 0) {
                throw new IllegalStateException("nothing was matched");
            }
        }
        return best / 1e6;
    }
}
