package fr.moncampus.ecal.run;

import fr.moncampus.ecal.config.Configuration;
import fr.moncampus.ecal.http.Text;
import fr.moncampus.ecal.http.Transport;
import fr.moncampus.ecal.http.Trouble;
import fr.moncampus.ecal.memory.History;
import fr.moncampus.ecal.report.RunError;
import fr.moncampus.ecal.report.RunResult;
import java.io.IOException;
import java.time.Duration;
import org.apache.camel.Exchange;
import org.apache.camel.ExchangeException;
import org.apache.camel.Header;
import org.apache.camel.Message;
import org.apache.camel.component.http.HttpMethods;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The decisions of {@code routes/notify.camel.yaml}, for one configuration; the only one there that knows the address. */
public final class Notification {
    private static final Logger LOG = LoggerFactory.getLogger("moncampus-ecal");
    private static final int MOST_BYTES = 1_000_000;
    private static final Duration LONGEST = Duration.ofSeconds(10);
    /** What ntfy takes as a message, less what an accent may add. */
    private static final int MAX_CHARACTERS = 3000;

    private final Configuration configuration;
    private final History history;

    public Notification(Configuration configuration, History history) {
        this.configuration = configuration;
        this.history = history;
    }

    /** Patient enough for a message that may get lost. */
    static Transport transport() {
        return new Transport(MOST_BYTES, LONGEST);
    }

    /** A run that was asked to end is neither good nor bad. */
    public boolean wanted(Exchange exchange) {
        Run run = run(exchange);
        return configuration.notifyUrl() != null
                && !run.purpose().dryRun()
                && run.result().error() != RunError.INTERRUPTED;
    }

    /**
     * True when something changed, and everything did not just appear for the first time; or when it begins to fail or to
     * hold something back, fails otherwise than before, or is well again: once, however long that lasts.
     */
    public boolean news(Exchange exchange) {
        Run run = run(exchange);
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

    /** What kind of trouble a run ended in; empty for none. */
    private static String trouble(RunResult result) {
        if (result.error() != null) {
            return result.error().kind().toString();
        }
        return result.failed() > 0 ? "failed" : result.held() > 0 ? "held" : "";
    }

    public void message(Exchange exchange) {
        Run run = run(exchange);
        Message message = exchange.getMessage();
        put(message, "POST", configuration.notifyUrl().reveal());
        message.setHeader(Exchange.CONTENT_TYPE, "text/plain; charset=utf-8");
        message.setBody(Text.cut((title(run) + "\n" + run.getChangeList()).strip(), MAX_CHARACTERS));
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

    public void ping(Exchange exchange) {
        put(
                exchange.getMessage(),
                "GET",
                run(exchange).result().exitCode() == 0
                        ? configuration.notifyUrl().reveal()
                        : failAddress(configuration.notifyUrl().reveal()));
        exchange.getMessage().setBody(null);
    }

    public void answered(@Header(Exchange.HTTP_RESPONSE_CODE) int status) {
        if (status < 200 || status > 299) {
            warn("le service a répondu " + status);
        }
    }

    public void failed(@ExchangeException Exception trouble) {
        warn(
                trouble instanceof IOException e
                        ? Text.line(Trouble.describe("Le service", e), 200)
                        : trouble.getClass().getSimpleName());
    }

    private void warn(String reason) {
        LOG.warn("{} : notification non envoyée : {}", configuration.name(), reason);
    }

    private static void put(Message message, String method, String address) {
        message.removeHeaders("*");
        message.setHeader(Exchange.HTTP_METHOD, HttpMethods.valueOf(method));
        message.setHeader(Exchange.HTTP_URI, address);
    }

    /** {@code /fail} goes to the end of the path, before the query. */
    static String failAddress(String address) {
        String[] parts = address.split("\\?", 2);
        return parts[0].replaceFirst("/+$", "") + "/fail" + (parts.length == 1 ? "" : "?" + parts[1]);
    }

    private static Run run(Exchange exchange) {
        return exchange.getProperty(Run.PROPERTY, Run.class);
    }
}
