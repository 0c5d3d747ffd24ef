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
    /**
     * What a run takes of the processor, the collection of its garbage included. Other programs on the machine make the same work cost more by
     * up to a fifth, and never less: so the cheapest of three months is compared, and what a growth of the work itself would soon be far beyond.
     */
    PROCESSOR("calcul (ms)", 2, 1, 0.25, 3),
    /** The median, for people: on a machine that does something else as well it says more of that than of us, so only minutes would count. */
    DURATION("passage (ms)", 2, 60_000);

    final String title;
    /** The month that the following ones are compared with. */
    final int base;
    /** In its unit; what is so little is no growth. */
    final double slack;

    /** The part that it may grow by. */
    final double most;
    /** How many months are looked at from the base month on, and up to the last: the least of them counts. */
    final int window;

    Figure(String title, int base, double slack) {
        this(title, base, slack, 0.02, 1);
    }

    Figure(String title, int base, double slack, double most, int window) {
        this.title = title;
        this.base = base;
        this.slack = slack;
        this.most = most;
        this.window = window;
    }

    boolean grew(double before, double after) {
        return after > before * (1 + most) && after > before + slack;
    }
}
