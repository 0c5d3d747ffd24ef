package fr.moncampus.ecal.endurance;

/** What is looked at after each simulated month, and how long it may grow before it has to be flat. */
enum Figure {
    HEAP("tas (ko)", 2, 0),
    THREADS("fils", 2, 0),
    DESCRIPTORS("descr.", 2, 0),
    MAPS("tables", 2, 0),
    /** Runs and writes are kept for 90 days: the fifth month is the first in which each takes the place of one that is deleted. */
    DATABASE("base (ko)", 5, 0),
    WAL("WAL (ko)", 2, 0),
    /** A file that is only appended to until it rotates: what a month adds, in blocks of the disk. */
    ERRORS("erreurs (ko)", 2, 4),
    /** The same. */
    LOG("journal (ko)", 2, 4),
    /** The tenth percentile, which other programs on the machine disturb least; a clock that is read in milliseconds is off by one. */
    DURATION("passage (ms)", 2, 1);

    static final double MOST_GROWTH = 0.02;
    final String title;
    /** The month that the following ones are compared with. */
    final int base;
    /** In its unit; what is so little is no growth. */
    final double slack;

    Figure(String title, int base, double slack) {
        this.title = title;
        this.base = base;
        this.slack = slack;
    }

    boolean grew(double before, double after) {
        return after > before * (1 + MOST_GROWTH) && after > before + slack;
    }
}
