package fr.moncampus.ecal.moncampus;

import fr.moncampus.ecal.timetable.Timetable;
import java.nio.charset.StandardCharsets;

/** For tests of other packages: what the portal's answer says. */
public final class Reading {
    private Reading() {}

    public static Timetable of(String json) {
        return TimetableReader.read(json.getBytes(StandardCharsets.UTF_8));
    }
}
