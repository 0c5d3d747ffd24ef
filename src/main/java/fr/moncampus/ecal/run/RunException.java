package fr.moncampus.ecal.run;

import fr.moncampus.ecal.report.RunError;

/** A run that cannot go on, for a reason that is neither MonCampus' nor ECAL's. */
public final class RunException extends Exception {
    private static final long serialVersionUID = 1L;

    private final transient RunError error;

    RunException(RunError error) {
        super(error.message());
        this.error = error;
    }

    RunError error() {
        return error;
    }
}
