package fr.moncampus.ecal.simulation;

import fr.moncampus.ecal.config.Configuration;
import fr.moncampus.ecal.report.RunError;
import fr.moncampus.ecal.report.RunResult;
import fr.moncampus.ecal.time.WatchedClock;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.function.Consumer;

/**
 * The processes of a seed: they live through many runs, are restarted, killed in the middle of one, lose their memory, have another one beside
 * them that shares it, a wall clock that is set to another time, and steps of a user's own that fail or stop. Each seed has some of that.
 */
final class Lives implements AutoCloseable {
    /** Who must know what the processes could not. */
    interface Witness {
        /** From here on the ages of what is remembered are unknown to the program. */
        void forgotten(boolean everything);

        /** The answer of this run has come to nobody's knowledge. */
        void unread();

        /** The wall clock has been set to another time in the middle of a run. */
        void jumped();

        void inDoubt(Set<String> references);

        void violation(String what, String words);

        void tell(String words);
    }

    /** What a seed has of it. @param clockInRuns whether the clock is set in the middle of runs */
    private record Nature(
            boolean clock,
            boolean clockInRuns,
            boolean restarts,
            boolean kills,
            boolean losses,
            boolean two,
            boolean steps) {}

    private static final List<Duration> JUMPS = List.of(
            Duration.ofMinutes(2),
            Duration.ofMinutes(20),
            Duration.ofMinutes(45),
            Duration.ofHours(1),
            Duration.ofHours(3),
            Duration.ofHours(7),
            Duration.ofDays(1),
            Duration.ofDays(3),
            Duration.ofDays(40),
            Duration.ofDays(800));

    private final Simulation.Place place;
    private final List<Configuration> configurations;
    private final WrongClock wall;
    private final Wire wire;
    private final Random random;
    /** For what happens to the clock within runs: what else happens in a seed does not depend on it. */
    private final Random moments;

    private final Witness witness;
    private final Nature nature;
    private Life one;
    private Life other;
    private boolean calm;
    private boolean hasDied;
    private boolean running;
    private String runs;
    /** How many requests pass until the other process tries, and what became of the user's step in this run. */
    private int untilOther = -1;

    private int untilJump = -1;
    /** The clock was set, and no process has looked at it since. */
    private boolean unnoticed;

    private int untilStep = -1;
    private boolean stepFails;
    private boolean stepped;

    private final class Life {
        private final WatchedClock clock = wall.watched();
        private final Mortal mortal;
        private final Client client;

        Life(boolean second) {
            // one in three dies of it, after some runs or in its first
            mortal = nature.kills() && !calm && random.nextInt(3) == 0 ? new Mortal(1 + random.nextInt(900)) : null;
            client = place.client(new Process(
                    configurations,
                    clock,
                    mortal == null ? wire : mortal.wire(wire),
                    Lives.this::step,
                    mortal,
                    second));
        }
    }

    Lives(
            Simulation.Place place,
            List<Configuration> configurations,
            WrongClock wall,
            Wire wire,
            Random random,
            Random moments,
            Witness witness) {
        this.place = place;
        this.configurations = configurations;
        this.wall = wall;
        this.wire = wire;
        this.random = random;
        this.moments = moments;
        this.witness = witness;
        nature = new Nature(
                one(3),
                moments.nextInt(3) == 0,
                one(2),
                one(3) && place.mayKill(),
                one(4) && place.mayKill(),
                one(3),
                one(3));
        begin();
    }

    private boolean one(int of) {
        return random.nextInt(of) == 0;
    }

    /** Between two runs, while things go wrong. */
    void between() {
        if (nature.clock() && one(3)) {
            jump(one(3) ? wall.ahead().negated() : one(2) ? any() : any().negated());
        }
        if (nature.restarts() && one(8)) {
            restart();
        }
        if (other != null && one(2)) {
            Life first = one;
            one = other;
            other = first;
        }
    }

    private Duration any() {
        return JUMPS.get(random.nextInt(JUMPS.size()));
    }

    private void jump(Duration by) {
        set(by);
        try {
            look();
        } catch (Mortal.Death e) {
            died();
        }
    }

    private void set(Duration by) {
        wall.jump(by);
        unnoticed = true;
        if (!by.isZero()) {
            witness.tell("the wall clock jumps by " + by + ", and is now ahead by " + wall.ahead());
        }
    }

    /** While they live they look at the clock every few seconds. */
    private void look() {
        if (unnoticed) {
            one.clock.instant();
            if (other != null) {
                other.clock.instant();
            }
            unnoticed = false;
        }
    }

    /** In the middle of a run: somebody may look at once, or the run itself when it needs the time. */
    private void jumpInRun() {
        Duration by = JUMPS.get(moments.nextInt(JUMPS.size()));
        set(moments.nextInt(3) == 0 ? wall.ahead().negated() : moments.nextBoolean() ? by : by.negated());
        witness.jumped();
        if (moments.nextBoolean()) {
            look();
        }
    }

    private void restart() {
        boolean jumps = nature.clock() && one(2);
        boolean loses = nature.losses() && one(3);
        end();
        if (jumps) {
            wall.jump(one(3) ? wall.ahead().negated() : one(2) ? any() : any().negated());
            witness.forgotten(false);
        }
        if (loses) {
            place.forget();
            witness.forgotten(true);
        }
        witness.tell("restarted" + (jumps ? ", the clock ahead by " + wall.ahead() : "")
                + (loses ? ", without memory" : ""));
        begin();
    }

    private void begin() {
        one = life(false);
        other = nature.two() && !calm ? life(true) : null;
    }

    private Life life(boolean second) {
        while (true) {
            try {
                return new Life(second);
            } catch (Mortal.Death e) {
                // before it had begun
            }
        }
    }

    private void end() {
        one.client.close();
        if (other != null) {
            other.client.close();
        }
    }

    /** All is well from here on: the clock is right, and nothing ends before its time. */
    void calm() {
        calm = true;
        jump(wall.ahead().negated());
        end();
        begin();
    }

    /** @return null when the process died of it */
    RunResult sync(String name) {
        untilOther = other != null && !calm && one(3) ? random.nextInt(12) : -1;
        untilStep = nature.steps() && !calm && name.equals("alice") && one(4) ? random.nextInt(9) : -1;
        untilJump = nature.clockInRuns() && !calm && moments.nextBoolean() ? moments.nextInt(9) : -1;
        stepFails = one(2);
        stepped = false;
        running = true;
        runs = name;
        try {
            RunResult result = one.client.sync(name);
            running = false;
            look();
            if (result == null) {
                witness.violation("a run without a report", name);
            } else if (result.error() != null && result.error().kind() == RunError.Kind.LOCK) {
                witness.violation("the lock of a run that is over was not given back", result.toString());
            } else if (stepped && stepFails && result.error() == null && result.failed() == 0) {
                witness.violation("a run that a step of the user's broke off passes for a success", result.toString());
            }
            return result;
        } catch (Mortal.Death e) {
            died();
            return null;
        } finally {
            running = false;
        }
    }

    /** Whether that has just happened; then whatever watches over it has begun it anew, and it syncs at once. */
    boolean hasDied() {
        boolean was = hasDied;
        hasDied = false;
        return was;
    }

    private void died() {
        if (unnoticed) {
            // what it was about to move with the clock stays where it was: who begins now knows of no jump
            witness.forgotten(false);
            unnoticed = false;
        }
        hasDied = true;
        end();
        begin();
        Set<String> doubtful = one.client.inDoubt();
        witness.inDoubt(doubtful);
        witness.tell("the process died in the middle of " + doubtful);
    }

    /** Before each request. */
    void request(Consumer<String> nested) {
        if (running && untilJump >= 0 && untilJump-- == 0) {
            jumpInRun();
        }
        if (running && untilOther >= 0 && untilOther-- == 0) {
            running = false;
            try {
                nested.accept(runs);
            } finally {
                running = true;
            }
        }
    }

    /** The other process wants to do what is being done. */
    void runBeside(String name) {
        try {
            RunResult result = other.client.sync(name);
            witness.tell("another one has tried meanwhile");
            if (result.error() == null || result.error().kind() != RunError.Kind.LOCK) {
                witness.violation("two runs of one configuration at a time", result.toString());
            }
        } catch (Mortal.Death e) {
            other = life(true);
        }
    }

    /** Whether a step of the user's has failed or stopped something in the last run. */
    boolean stepped() {
        return stepped;
    }

    private boolean step(boolean unread) {
        if (!running || untilStep < 0 || untilStep-- > 0) {
            return false;
        }
        stepped = true;
        if (unread) {
            witness.unread();
        }
        witness.tell("a step of the user's " + (stepFails ? "fails" : "stops"));
        if (stepFails) {
            throw new UserStep.Broken();
        }
        return true;
    }

    @Override
    public void close() {
        end();
    }
}
