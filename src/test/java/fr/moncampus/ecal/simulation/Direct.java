package fr.moncampus.ecal.simulation;

import fr.moncampus.ecal.memory.ClockShift;
import fr.moncampus.ecal.memory.Database;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;

/** Processes without sockets, on a memory that is not on a disk. Each has a {@link Database} of its own. */
final class Direct implements Simulation.Place {
    private final Connection memory;
    private final Path locks;
    private final Variant variant;

    /** @param variant null for the program as it is */
    Direct(Connection memory, Path locks, Variant variant) {
        this.memory = memory;
        this.locks = locks;
        this.variant = variant;
    }

    @Override
    public Client client(Process process) {
        try {
            recover();
            if (variant != null && !variant.keepsItsMemory()) {
                forget();
            }
            Mortal mortal = process.mortal();
            Database database = Database.on(mortal == null ? memory : mortal.connection(memory));
            if (variant == null || variant.watchesClock()) {
                process.clock().onJump(new ClockShift(database));
            }
            boolean apart = variant != null && !variant.locks() && process.second();
            Path folder = apart ? Files.createDirectories(locks.resolve("apart")) : locks;
            return new DirectClient(
                    process.configurations(),
                    database,
                    folder,
                    process.clock(),
                    process.wire(),
                    process.step(),
                    variant);
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** What SQLite itself does when a file is opened that a process has left in the middle. */
    private void recover() throws SQLException {
        execute("ROLLBACK", "no transaction is active");
    }

    @Override
    public void forget() {
        try {
            recover();
            List<String> tables = new ArrayList<>();
            try (Statement statement = memory.createStatement();
                    var result = statement.executeQuery("SELECT name FROM sqlite_master WHERE type = 'table'")) {
                while (result.next()) {
                    tables.add(result.getString(1));
                }
            }
            for (String table : tables) {
                execute("DELETE FROM " + table, "may not be modified");
            }
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    private void execute(String sql, String unless) throws SQLException {
        try (Statement statement = memory.createStatement()) {
            statement.execute(sql);
        } catch (SQLException e) {
            if (!e.getMessage().contains(unless)) {
                throw e;
            }
        }
    }

    @Override
    public boolean mayKill() {
        return true;
    }
}
