package fr.moncampus.ecal.run;

import fr.moncampus.ecal.config.Configuration;
import fr.moncampus.ecal.config.Window;
import fr.moncampus.ecal.ecal.EcalClient;
import fr.moncampus.ecal.http.HostLimits;
import fr.moncampus.ecal.memory.Database;
import fr.moncampus.ecal.memory.HeldLock;
import fr.moncampus.ecal.memory.History;
import fr.moncampus.ecal.memory.Journal;
import fr.moncampus.ecal.memory.PlanMemory;
import fr.moncampus.ecal.memory.SharedLocks;
import fr.moncampus.ecal.memory.SnapshotStore;
import fr.moncampus.ecal.memory.Tenures;
import fr.moncampus.ecal.memory.WrittenRepository;
import fr.moncampus.ecal.moncampus.Portal;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.function.BooleanSupplier;
import java.util.function.LongSupplier;
import org.apache.camel.Exchange;

/** All that belongs to one configuration while the process lives. Shared routes find it in the exchange. */
public record Workspace(
        Configuration configuration,
        Clock clock,
        Ends ends,
        PlanMemory memory,
        Tenures tenures,
        WrittenRepository written,
        History history,
        Journal journal,
        SnapshotStore snapshot,
        DeadLetters deadLetters,
        Notification notification,
        Path lockFile,
        SharedLocks locks) {
    /** The exchange property that holds the one at work. */
    public static final String PROPERTY = "workspace";

    /**
     * @param logins memory of the login attempts, which may be another data folder's as well
     * @param limits which all configurations share
     * @param data   folder of locks and default error files
     */
    public static Workspace of(
            Configuration configuration,
            Database database,
            Database logins,
            HostLimits limits,
            Path data,
            Clock clock) {
        String name = configuration.name();
        Duration settle = configuration.rules().settle();
        History history = new History(database, name);
        Journal journal = new Journal(database, name, clock);
        return new Workspace(
                configuration,
                clock,
                Ends.of(configuration, database, logins, limits, data, clock),
                new PlanMemory(database, configuration.owner(), settle),
                new Tenures(database, name, configuration.owner(), configuration.source(), configuration.person()),
                new WrittenRepository(database, configuration.owner(), settle, journal, clock),
                history,
                journal,
                new SnapshotStore(database, name, configuration.owner()),
                new DeadLetters(
                        configuration, Engine.errorFile(configuration, data).toAbsolutePath(), history, clock),
                new Notification(configuration, history),
                data.resolve(name + ".lock"),
                database.locks());
    }

    /** Null when the source is not MonCampus. */
    public Portal portal() {
        return (Portal) ends.beans().get(Portal.PROPERTY);
    }

    /** Null when the target is not ECAL. */
    public EcalClient ecal() {
        return (EcalClient) ends.beans().get(EcalClient.PROPERTY);
    }

    /** Whatever a shared route does with this exchange from now on, it does for this configuration. */
    void enter(Exchange exchange) {
        exchange.setProperty(PROPERTY, this);
        ends.enter(exchange);
        exchange.setProperty(DeadLetters.PROPERTY, deadLetters);
        exchange.setProperty(Notification.PROPERTY, notification);
    }

    /**
     * One run at a time for this calendar, on whatever machine.
     *
     * @return null when another one still goes on then
     */
    HeldLock take(Duration patience, BooleanSupplier waiting) throws IOException, InterruptedException {
        return locks == null
                ? RunLock.take(lockFile, patience, waiting)
                : locks.take("run " + configuration.owner(), patience, waiting);
    }

    /** HTTP requests since the start. */
    long requests() {
        return ends.requests().values().stream()
                .mapToLong(LongSupplier::getAsLong)
                .sum();
    }

    LocalDate today(Instant now) {
        return now.atZone(configuration.schedule().zone()).toLocalDate();
    }

    Window window(Instant now) {
        return configuration.window(today(now));
    }

    @Override
    public String toString() {
        return configuration.name();
    }
}
