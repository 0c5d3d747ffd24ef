package fr.moncampus.ecal.run;

import fr.moncampus.ecal.calendar.CalendarException;
import fr.moncampus.ecal.memory.MemoryException;
import fr.moncampus.ecal.report.RunError;

/** Failures of changes, one after the other: many in a row end the run, since the next ones would fail as well, each after its retries. */
final class FailureStreak {
    private static final int MAX_FORBIDDEN = 3;
    private static final int MAX_FAILURES = 12;

    private int forbidden;
    private int failures;
    private CalendarException fatal;
    private MemoryException unnoted;

    /** A change was carried out. */
    void ended() {
        forbidden = 0;
        failures = 0;
    }

    /** @param target what the words say of a trouble that is nobody else's */
    void grows(Throwable cause, RunError.Kind target) {
        int status = cause instanceof CalendarException answer ? answer.status() : 0;
        // an event that is called invalid says nothing of the others
        failures = status == 400 ? 0 : failures + 1;
        forbidden = status == 403 ? forbidden + 1 : 0;
        if (cause instanceof MemoryException memory) {
            unnoted = memory; // what cannot be noted is not sent
        } else if (forbidden == MAX_FORBIDDEN) {
            fatal = new CalendarException(
                    403,
                    "Le calendrier refuse " + MAX_FORBIDDEN
                            + " écritures de suite (403) : la clé ne permet pas d'écrire, ou le calendrier est privé. "
                            + "Le reste est laissé au prochain passage.");
        } else if (failures == MAX_FAILURES && fatal == null) {
            fatal = new CalendarException(
                    0,
                    MAX_FAILURES + " écritures de suite ont échoué, et la dernière ainsi : "
                            + Failures.explain(cause, target).message()
                            + " Le reste est laissé au prochain passage.");
        }
    }

    boolean isFatal() {
        return fatal != null || unnoted != null;
    }

    void throwIfFatal() throws CalendarException {
        if (unnoted != null) {
            throw unnoted;
        }
        if (fatal != null) {
            throw fatal;
        }
    }
}
