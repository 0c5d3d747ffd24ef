package fr.moncampus.ecal.memory;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;

/** The tables of SQLite's file, and migrations without a tool, which a small machine would load for nothing at each start. */
final class SqliteSchema {
    /** Whatever comes behind the first is never changed, only followed by another. The file knows how many of them it has had. */
    private static final List<String> MIGRATIONS =
            List.of("V1__memory.sql", "V4__feed.sql", "V5__courses.sql", "V6__unlisted.sql");

    private static final Map<String, String> WORDS = Map.of(
            "${keyed}",
            "WITHOUT ROWID",
            "${rowid}",
            "",
            "${counted}",
            "INTEGER PRIMARY KEY",
            "${bytes}",
            "BLOB",
            "${figures}",
            """
            CREATE INDEX IF NOT EXISTS run_figures ON run (config, started, success, result ->> '$.millis',
              (result ->> '$.created') + (result ->> '$.updated') + (result ->> '$.deleted'))""");

    private final Statements statements;

    SqliteSchema(Statements statements) {
        this.statements = statements;
    }

    /** How many migrations the file has had. */
    private int version() throws SQLException {
        return statements.run("PRAGMA user_version", statement -> {
            try (ResultSet result = statement.executeQuery()) {
                return result.getInt(1);
            }
        });
    }

    boolean isUpToDate() throws SQLException {
        return version() >= MIGRATIONS.size();
    }

    /** In a transaction of the caller's. */
    void migrate() throws SQLException {
        // another process may have been faster
        for (int version = version(); version < MIGRATIONS.size(); version++) {
            if (version == 0) {
                upgradeOldFile();
            }
            execute(MIGRATIONS.get(version));
            update("PRAGMA user_version = " + (version + 1));
        }
    }

    private void execute(String migration) throws SQLException {
        String commands;
        try (InputStream stream = SqliteSchema.class.getResourceAsStream("/memory/" + migration)) {
            commands = new String(stream.readAllBytes(), StandardCharsets.UTF_8).replaceAll("(?m)--.*$", "");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        for (Map.Entry<String, String> word : WORDS.entrySet()) {
            commands = commands.replace(word.getKey(), word.getValue());
        }
        for (String command : commands.split(";")) {
            if (!command.isBlank()) {
                update(command);
            }
        }
    }

    /**
     * Older versions ordered runs and writes by the wall clock, which may have been wrong. Nothing is lost. Rows dated in the future come from a
     * wrong clock and are sorted before the others.
     */
    private void upgradeOldFile() throws SQLException {
        if (!has("name IN ('run', 'journal') AND sql LIKE '%WITHOUT ROWID%'")) {
            return;
        }
        if (has("name = 'written' AND sql NOT LIKE '% day %'")) {
            update("ALTER TABLE written ADD COLUMN day INTEGER NOT NULL DEFAULT 0");
        }
        upgrade(
                "run",
                "config, id, started, finished, success, result, held",
                "started <= unixepoch() * 1000, started");
        upgrade(
                "journal",
                "config, run, number, at, method, why, before, after, outcome",
                "at <= unixepoch() * 1000, at, config, run, number");
    }

    private void upgrade(String table, String columns, String order) throws SQLException {
        if (!has("name = '" + table + "' AND sql LIKE '%WITHOUT ROWID%'")) {
            return;
        }
        update("ALTER TABLE " + table + " RENAME TO old_" + table);
        execute(MIGRATIONS.get(0));
        update("INSERT INTO %1$s (%2$s) SELECT %2$s FROM old_%1$s ORDER BY %3$s".formatted(table, columns, order));
        update("DROP TABLE old_" + table);
    }

    private boolean has(String condition) throws SQLException {
        return statements.run("SELECT 1 FROM sqlite_master WHERE type = 'table' AND " + condition, statement -> {
            try (ResultSet result = statement.executeQuery()) {
                return result.next();
            }
        });
    }

    private void update(String sql) throws SQLException {
        statements.run(sql, PreparedStatement::executeUpdate);
    }
}
