package fr.moncampus.ecal.simulation;

import fr.moncampus.ecal.memory.ClockShift;
import fr.moncampus.ecal.memory.Database;
import fr.moncampus.ecal.report.RunResult;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.Set;

/** Processes without sockets. Each has a {@link Database} of its own. */
final class Direct implements Simulation.Place {
    private final Memory memory;
    private final Path locks;
    private final Variant variant;
    private final Target.Maker targets;

    /** @param variant null for the program as it is */
    Direct(Memory memory, Path locks, Variant variant) {
        this(memory, locks, variant, null);
    }

    /** @param targets null for ECAL */
    Direct(Memory memory, Path locks, Variant variant, Target.Maker targets) {
        this.targets = targets;
        this.memory = memory;
        this.locks = locks;
        this.variant = variant;
    }

    @Override
    public Client client(Process process) {
        try {
            if (variant != null && !variant.keepsItsMemory()) {
                forget();
            }
            Database database = memory.open(process.mortal());
            if (targets != null) {
                targets.begin();
            }
            if (variant == null || variant.watchesClock()) {
                process.clock().onJump(new ClockShift(database));
            }
            boolean apart = variant != null && !variant.locks() && process.second();
            Path folder = apart ? Files.createDirectories(locks.resolve("apart")) : locks;
            Client client = new DirectClient(
                    process.configurations(),
                    database,
                    folder,
                    process.clock(),
                    process.wire(),
                    process.step(),
                    variant,
                    targets);
            return new Living(client, () -> memory.ended(database));
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void forget() {
        try {
            memory.forget();
            if (targets != null) {
                targets.forgotten();
            }
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    /** What a process leaves behind is its memory's own affair. */
    private record Living(Client client, Runnable end) implements Client {
        @Override
        public RunResult sync(String config) {
            return client.sync(config);
        }

        @Override
        public Set<String> inDoubt() {
            return client.inDoubt();
        }

        @Override
        public void close() {
            client.close();
            end.run();
        }
    }

    @Override
    public boolean mayKill() {
        return true;
    }
}
