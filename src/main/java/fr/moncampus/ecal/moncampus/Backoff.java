package fr.moncampus.ecal.moncampus;

import java.util.concurrent.ThreadLocalRandom;

/**
 * How often a failing portal is asked again, and after what pause: growing, with jitter so that many users do not come
 * at the same moment.
 */
final class Backoff {
    private static final int GROWTH = 3;
    private static final double JITTER = 0.25;
    /** With the usual delay of half a second some five minutes: three logins that each take as long as a login may. */
    private static final int MAX_WAITS = 60;

    private static final int WAIT_DELAYS = 10;

    private final int most;
    private final long delay;
    private int repeats;
    private int waits;
    private boolean waiting;
    /** Of the next pause alone; negative for none. */
    private long turn = -1;

    /**
     * @param most  how often it is asked again
     * @param delay milliseconds before the first time
     */
    Backoff(int most, long delay) {
        this.most = most;
        this.delay = delay;
    }

    void again() {
        repeats++;
        waiting = false;
    }

    /**
     * Another login is in progress: this is not a failure and is not counted as one.
     *
     * @return false when it has lasted too long
     */
    boolean waits() {
        waiting = waits++ < MAX_WAITS;
        return waiting;
    }

    /** The next pause lasts until somebody's turn, once. */
    void until(long millis) {
        turn = millis;
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
        if (turn >= 0) {
            long wait = turn;
            turn = -1;
            return wait;
        }
        if (waiting) {
            return delay * WAIT_DELAYS;
        }
        if (repeats == 0) {
            return 0;
        }
        double jitter = 1 + ThreadLocalRandom.current().nextDouble(-JITTER, JITTER);
        return Math.round(delay * Math.pow(GROWTH, repeats - 1.0) * jitter);
    }
}
