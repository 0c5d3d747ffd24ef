package fr.moncampus.ecal.endtoend;

import fr.moncampus.ecal.memory.Database;
import fr.moncampus.ecal.memory.MemoryPlace;
import fr.moncampus.ecal.memory.PostgresServer;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

/** A workplace whose processes share a PostgreSQL. */
abstract class SeveralNodes {
    static final String EVERY_TWO_SECONDS = "0/2 * * * * ?";
    static final String NEVER_TODAY = "0 0 3 1 1 ?";

    @TempDir
    Path folder;

    final Workplace workplace = new Workplace();
    MemoryPlace memory;
    private int nodes;

    @BeforeEach
    void prepare() {
        memory = PostgresServer.shared().newPlace(folder);
        workplace
                // as shipped
                .property("lock.patience=60")
                .environment("MEMORY_URL", memory.url())
                .environment("MEMORY_USER", memory.user())
                .environment("MEMORY_PASSWORD", memory.password());
    }

    @AfterEach
    void close() {
        workplace.close();
    }

    Program node() {
        return workplace.start("run", "--data", "node" + ++nodes);
    }

    /** Of the table that {@link #keepFirings} makes: each firing as Quartz began it, by the time that it was due. */
    long firings() {
        return number("SELECT count(*) FROM firing");
    }

    /** Quartz forgets a firing once it is over. */
    void keepFirings() {
        Database.open(memory).close();
        execute("CREATE TABLE firing (job TEXT, due BIGINT, node TEXT, trigger TEXT, at BIGINT);"
                + " CREATE FUNCTION keep_firing() RETURNS trigger LANGUAGE plpgsql AS"
                + " 'BEGIN INSERT INTO firing VALUES (NEW.job_name, NEW.sched_time, NEW.instance_name, NEW.trigger_name, NEW.fired_time); RETURN NEW; END';"
                + " CREATE TRIGGER keep_firing AFTER UPDATE ON qrtz_fired_triggers FOR EACH ROW"
                + " WHEN (OLD.state <> 'EXECUTING' AND NEW.state = 'EXECUTING') EXECUTE FUNCTION keep_firing()");
    }

    void execute(String sql) {
        try (Connection connection = PostgresServer.connect(memory);
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Those that have added their jobs. */
    long joined() {
        return number("SELECT count(*) FROM node WHERE configs NOT LIKE '%*%'");
    }

    long runs(String config) {
        return number("SELECT count(*) FROM run WHERE config = '" + config + "'");
    }

    long number(String sql) {
        List<Long> found = numbers(sql);
        return found.isEmpty() ? 0 : found.get(0);
    }

    List<Long> numbers(String sql) {
        return texts(sql).stream().map(Long::valueOf).toList();
    }

    /** Nothing as long as the tables are not there. */
    List<String> texts(String sql) {
        try (Connection connection = PostgresServer.connect(memory);
                Statement statement = connection.createStatement();
                ResultSet result = statement.executeQuery(sql)) {
            List<String> texts = new ArrayList<>();
            while (result.next()) {
                texts.add(result.getString(1));
            }
            return texts;
        } catch (SQLException e) {
            return List.of();
        }
    }
}
