package fr.moncampus.ecal.simulation;

import fr.moncampus.ecal.run.Run;
import fr.moncampus.ecal.simulation.Wire.Ask;
import fr.moncampus.ecal.simulation.Wire.Reply;
import fr.moncampus.ecal.sync.Plan;
import fr.moncampus.ecal.sync.Situation;
import java.io.IOException;
import java.time.Clock;
import java.time.Instant;

/** The program as it would be without one of its guards: what goes into the plan and what comes out of it, bent from outside. */
interface Variant {
    default Situation situation(Situation situation) {
        return situation;
    }

    default Plan plan(Situation situation, Plan plan) {
        return plan;
    }

    default Reply listed(Ask ask, Wire ecal) throws IOException {
        return ecal.ask(ask);
    }

    /** Whether a create that may have happened is looked up, and a conflict is known as our own. */
    default boolean looks() {
        return true;
    }

    /** Whether what is remembered moves with the wall clock when it jumps. */
    default boolean watchesClock() {
        return true;
    }

    /** What the plan takes for the time. */
    default Instant now(Run run, Clock clock) {
        return clock.instant();
    }

    /** Whether processes exclude each other. */
    default boolean locks() {
        return true;
    }

    /** Whether a run is closed that did not come to its end. */
    default boolean reports() {
        return true;
    }

    /** Whether what is remembered outlives the process. */
    default boolean keepsItsMemory() {
        return true;
    }

    /** A write to the calendar. */
    default Reply write(Ask ask, Wire ecal) throws IOException {
        return ecal.ask(ask);
    }

    /** A request to the school. */
    default Reply school(Ask ask, Wire wire) throws IOException {
        return wire.ask(ask);
    }

    /** An answer of the school, the login page's among them. */
    default Reply timetable(Reply reply) {
        return reply;
    }
}
