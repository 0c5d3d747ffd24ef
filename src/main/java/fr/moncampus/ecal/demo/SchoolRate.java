package fr.moncampus.ecal.demo;

import fr.moncampus.ecal.sandbox.Sandbox;
import fr.moncampus.ecal.sandbox.Server;
import java.util.ArrayList;
import java.util.List;

/** Requests to the school: how many, and how many within a second at most. */
final class SchoolRate {
    private static final int LOOKS_A_SECOND = 1000 / ScaleBench.POLL_MILLIS;

    private final Sandbox sandbox;
    private final List<Long> totals = new ArrayList<>(List.of(0L));
    private long most;

    SchoolRate(Sandbox sandbox) {
        this.sandbox = sandbox;
    }

    long total() {
        return sandbox.log().counter(Server.TIMETABLE).total()
                + sandbox.log().counter(Server.CAS).total();
    }

    void look() {
        totals.add(total());
        if (totals.size() > LOOKS_A_SECOND) {
            most = Math.max(most, totals.get(totals.size() - 1) - totals.remove(0));
        }
    }

    long most() {
        return most;
    }
}
