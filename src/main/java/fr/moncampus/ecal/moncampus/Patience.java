package fr.moncampus.ecal.moncampus;

import java.util.concurrent.ThreadLocalRandom;

/** How often a portal in trouble is asked again, and after what pause: growing, and jittered so that many users do not come at once. */
final class Patience {
    private static final int GROWTH = 3;
    private static final double JITTER = 0.25;

    private final int most;
    private final long delay;
    private int repeats;

    /**
     * @param most  how often it is asked again
     * @param delay milliseconds before the first time
     */
    Patience(int most, long delay) {
        this.most = most;
        this.delay = delay;
    }

    void again() {
        repeats++;
    }

    /** Nothing was asked again yet, and may be. */
    boolean isFresh() {
        return repeats == 0 && most > 0;
    }

    /** This is the last attempt. */
    boolean isLost() {
        return repeats >= most;
    }

    /** Milliseconds before the attempt that was begun last; 0 for the first one. */
    long pause() {
        if (repeats == 0) {
            return 0;
        }
        double jitter = 1 + ThreadLocalRandom.current().nextDouble(-JITTER, JITTER);
        return Math.round(delay * Math.pow(GROWTH, repeats - 1.0) * jitter);
    }
}
