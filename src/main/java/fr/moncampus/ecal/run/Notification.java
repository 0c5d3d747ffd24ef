package fr.moncampus.ecal.run;

import fr.moncampus.ecal.config.Configuration;
import fr.moncampus.ecal.http.NetworkFailure;
import fr.moncampus.ecal.http.Peer;
import fr.moncampus.ecal.http.Text;
import fr.moncampus.ecal.http.Transport;
import fr.moncampus.ecal.memory.History;
import fr.moncampus.ecal.report.RunError;
import fr.moncampus.ecal.report.RunResult;
import java.io.IOException;
import java.time.Duration;
import org.apache.hc.client5.http.cookie.BasicCookieStore;
import org.apache.hc.client5.http.cookie.CookieStore;
import org.apache.hc.core5.http.ClassicHttpRequest;
import org.apache.hc.core5.http.io.support.ClassicRequestBuilder;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What one configuration tells of its runs, and where: the address may be a secret, and joins a request only as it leaves. */
public final class Notification {
    /** The exchange property that holds the one of the configuration at work. */
    static final String PROPERTY = "notification";

    private static final Logger LOG = LoggerFactory.getLogger("moncampus-ecal");
    private static final int MAX_BYTES = 1_000_000;
    private static final Duration MAX_DURATION = Duration.ofSeconds(10);
    /** ntfy's limit of a message, less a margin for accented letters. */
    private static final int MAX_CHARACTERS = 3000;

    private static final String PING = "GET";

    private final Configuration configuration;
    private final History history;
    private final CookieStore cookies = new BasicCookieStore();

    public Notification(Configuration configuration, History history) {
        this.configuration = configuration;
        this.history = history;
    }

    /** Enough for a message that may get lost. */
    static Transport transport() {
        return new Transport(MAX_BYTES, MAX_DURATION);
    }

    /** A run that was asked to end is neither good nor bad. */
    boolean wanted(Run run) {
        return configuration.notifyUrl() != null
                && !run.purpose().dryRun()
                && run.result().error() != RunError.INTERRUPTED;
    }

    /**
     * True when something changed, except in the very first sync; or once when it starts to fail or to hold something
     * back, fails in another way, or recovers.
     */
    boolean news(Run run) {
        return run.getChanges() > 0 && history.completedBefore(run.id()) || hasTurned(run);
    }

    private boolean hasTurned(Run run) {
        String before = history.last(2).stream()
                .filter(entry -> !entry.id().equals(run.id()))
                .findFirst()
                .map(entry -> trouble(entry.result()))
                .orElse("");
        return !trouble(run.result()).equals(before);
    }

    /** How a run failed; empty when it did not. */
    private static String trouble(RunResult result) {
        if (result.error() != null) {
            return result.error().kind().toString();
        }
        return result.failed() > 0 ? "failed" : result.held() > 0 ? "held" : "";
    }

    String message(Run run) {
        return Text.cut((title(run) + "\n" + run.getChangeList()).strip(), MAX_CHARACTERS);
    }

    private String title(Run run) {
        RunResult result = run.result();
        if (result.error() != null) {
            return configuration.label() + " : échec — " + result.error().message();
        }
        if (hasTurned(run)) {
            return configuration.label()
                    + (result.exitCode() == 0 ? " : de nouveau à jour — " : " : ")
                    + result.summary();
        }
        return configuration.label() + " : " + run.getChanges()
                + (run.getChanges() > 1 ? " changements" : " changement");
    }

    /** Where the messages of a run go. @param run null for a message that is about none */
    Peer peer(Run run) {
        boolean good = run == null || run.result().exitCode() == 0;
        return new Service(configuration.notifyUrl().reveal(), good, cookies);
    }

    private record Service(String address, boolean isGood, CookieStore cookies) implements Peer {
        /** A sign of life says by its address whether the run was good. */
        @Override
        public ClassicHttpRequest complete(ClassicHttpRequest request) {
            boolean fails = PING.equals(request.getMethod()) && !isGood;
            return ClassicRequestBuilder.copy(request)
                    .setUri(fails ? failAddress(address) : address)
                    .build();
        }

        @Override
        public String toString() {
            return "service";
        }
    }

    void answered(int status) {
        if (status < 200 || status > 299) {
            warn("le service a répondu " + status);
        }
    }

    void failed(Throwable trouble) {
        warn(
                trouble instanceof IOException e
                        ? Text.line(NetworkFailure.describe("Le service", e), 200)
                        : trouble.getClass().getSimpleName());
    }

    private void warn(String reason) {
        LOG.warn("{} : notification non envoyée : {}", configuration.name(), reason);
    }

    /** {@code /fail} goes to the end of the path, before the query. */
    static String failAddress(String address) {
        String[] parts = address.split("\\?", 2);
        return parts[0].replaceFirst("/+$", "") + "/fail" + (parts.length == 1 ? "" : "?" + parts[1]);
    }
}
