package fr.moncampus.ecal.simulation;

import java.time.Duration;

/** {@code ./manage.sh soak}: simulates seed after seed, tells how far it is, and stops at the first that breaks a promise. */
public final class Soak {
    private static final long DEFAULT_SEEDS = 100_000;

    private Soak() {
    }

    public static void main(String[] arguments) throws InterruptedException {
        long seeds = DEFAULT_SEEDS;
        long from = 0;
        for (int i = 0; i < arguments.length; i += 2) {
            long value = i + 1 < arguments.length && arguments[i + 1].matches("\\d{1,15}") ? Long.parseLong(arguments[i + 1]) : -1;
            switch (value < 0 ? "" : arguments[i]) {
                case "--seeds" -> seeds = value;
                case "--from" -> from = value;
                default -> {
                    System.err.println("erreur : usage : ./manage.sh soak [--seeds N] [--from GRAINE]");
                    System.exit(2);
                }
            }
        }
        System.exit(run(from, seeds));
    }

    private static int run(long from, long seeds) throws InterruptedException {
        Seeds.quiet();
        long start = System.nanoTime();
        long step = Math.max(1, Math.min(1000, seeds / 20));
        long total = seeds;
        Seeds.Outcome outcome = Seeds.play(from, seeds, done -> {
            if (done % step == 0) {
                System.err.printf("%d/%d graines, %s%n", done, total, elapsed(start));
            }
        });
        System.out.printf("%d graines de %d passages, %d écritures chez ECAL, %s%n", outcome.seeds(), Simulation.RUNS, outcome.writes(), elapsed(start));
        if (outcome.failures().isEmpty()) {
            System.out.println("aucune promesse rompue");
            return 0;
        }
        long seed = outcome.failures().firstKey();
        Simulation failed = outcome.failures().firstEntry().getValue();
        failed.story().forEach(System.out::println);
        System.out.println("promesse rompue, graine " + seed + " :");
        failed.violations().forEach(violation -> System.out.println("  " + violation));
        System.out.println("pour la rejouer : ./manage.sh soak --from " + seed + " --seeds 1");
        return 1;
    }

    private static String elapsed(long start) {
        Duration time = Duration.ofNanos(System.nanoTime() - start);
        return time.toMinutes() + " min " + time.toSecondsPart() + " s";
    }
}
