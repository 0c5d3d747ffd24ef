package fr.moncampus.ecal.run;

import fr.moncampus.ecal.http.Client;
import org.apache.camel.Exchange;
import org.apache.camel.ExchangeException;
import org.apache.camel.ExchangeProperty;
import org.apache.camel.Header;
import org.apache.hc.client5.http.impl.classic.CloseableHttpClient;

/** The steps of {@code routes/notify.camel.yaml}: between exchanges and the {@link Notification} of their configuration. */
public final class NotifySteps {
    static Client http(CloseableHttpClient line) {
        return new Client(line, exchange -> {
            Notification notification = exchange.getProperty(Notification.PROPERTY, Notification.class);
            Run run = exchange.getProperty(Run.PROPERTY, Run.class);
            return notification == null ? null : notification.peer(run);
        });
    }

    public boolean wanted(
            @ExchangeProperty(Notification.PROPERTY) Notification notification,
            @ExchangeProperty(Run.PROPERTY) Run run) {
        return notification.wanted(run);
    }

    public boolean news(
            @ExchangeProperty(Notification.PROPERTY) Notification notification,
            @ExchangeProperty(Run.PROPERTY) Run run) {
        return notification.news(run);
    }

    public String message(
            @ExchangeProperty(Notification.PROPERTY) Notification notification,
            @ExchangeProperty(Run.PROPERTY) Run run) {
        return notification.message(run);
    }

    public void answered(
            @ExchangeProperty(Notification.PROPERTY) Notification notification,
            @Header(Exchange.HTTP_RESPONSE_CODE) int status) {
        notification.answered(status);
    }

    public void failed(
            @ExchangeProperty(Notification.PROPERTY) Notification notification, @ExchangeException Exception trouble) {
        notification.failed(trouble);
    }
}
