package fr.moncampus.ecal.simulation;

import fr.moncampus.ecal.memory.Database;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.List;
import org.apache.logging.log4j.Level;
import org.apache.logging.log4j.core.config.Configurator;

/** Many seeds, one after the other: {@code ./manage.sh soak}. */
public final class Soak {
    private Soak() {
    }

    /** A seed through the plan and the clients, without sockets. */
    static Simulation direct(long seed, Variant variant) {
        Simulation simulation = new Simulation(seed, Simulation.ALICE, Simulation.BOB, Simulation.ECAL);
        simulation.run((configurations, time, wire) -> {
            try {
                Database memory = Database.on(DriverManager.getConnection("jdbc:sqlite::memory:"));
                return new DirectClient(configurations, memory, LOCKS, time, wire, variant);
            } catch (SQLException | IOException e) {
                throw new IllegalStateException(e);
            }
        });
        return simulation;
    }

    static final Path LOCKS = locks();

    private static Path locks() {
        try {
            return Files.createTempDirectory("moncampus-simulation");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public static void main(String[] arguments) {
        Configurator.setLevel("moncampus-ecal", Level.OFF);
        long from = Long.parseLong(arguments[0]);
        long seeds = Long.parseLong(arguments[1]);
        long start = System.nanoTime();
        for (long seed = from; seed < from + seeds; seed++) {
            Simulation simulation = direct(seed, null);
            if (!simulation.violations().isEmpty()) {
                System.out.println("seed " + seed);
                if (arguments.length > 2) {
                    simulation.story().forEach(System.out::println);
                }
                simulation.violations().forEach(System.out::println);
                if (arguments.length > 2 || true) {
                    if (--left == 0) return;
                }
            }
        }
        System.out.println(seeds + " seeds, " + (System.nanoTime() - start) / 1_000_000 + " ms");
    }
    static int left = 8;
}
