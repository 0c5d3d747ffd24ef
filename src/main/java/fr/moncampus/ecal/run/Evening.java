package fr.moncampus.ecal.run;

import fr.moncampus.ecal.memory.EveningStore;
import fr.moncampus.ecal.memory.Snapshot;
import fr.moncampus.ecal.report.EveningText;
import fr.moncampus.ecal.sync.Outlook;
import java.time.Duration;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import org.apache.camel.Exchange;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One configuration's evening ({@code evening}): has anything changed about tomorrow since the last evening of a day with lessons? What stands in
 * the calendar is compared, since that has passed the guards: a portal that is empty for an hour cancels nobody's morning.
 * A day without a successful run says nothing, since what changed is not known.
 */
public final class Evening {
    private static final Logger LOG = LoggerFactory.getLogger("moncampus-ecal");
    private static final ZoneId PARIS = ZoneId.of("Europe/Paris");
    /** A scheduler that starts, or a clock that is set, fires too early or too late; a message in the night helps nobody. */
    private static final Duration LATEST = Duration.ofHours(2);

    private final Workspace workspace;
    private final EveningStore store;

    Evening(Workspace workspace, EveningStore store) {
        this.workspace = workspace;
        this.store = store;
    }

    /** @return what is to be told; null for nothing */
    public String news(Exchange exchange) {
        workspace.enter(exchange);
        ZonedDateTime now = workspace.clock().instant().atZone(PARIS);
        LocalTime hour = workspace.configuration().schedule().evening();
        Duration late = Duration.between(hour, now.toLocalTime());
        if (late.isNegative()
                || late.compareTo(LATEST) > 0
                || workspace.configuration().notifyUrl() == null) {
            return null;
        }
        LocalDate today = now.toLocalDate();
        Snapshot snapshot = workspace.snapshot().read();
        if (snapshot == null || !snapshot.at().atZone(PARIS).toLocalDate().equals(today)) {
            LOG.info("{} : rien n'est dit de demain, aucun passage n'a abouti aujourd'hui", workspace);
            return null;
        }
        Outlook outlook = Outlook.of(snapshot.events(), workspace.memory().read(now.toInstant()), today);
        EveningStore.Turn turn = store.take(today, outlook);
        LocalDate tomorrow = today.plusDays(1);
        boolean comparable =
                turn.known() != null && tomorrow.isBefore(turn.known().day().plusDays(Outlook.MAX_DAYS));
        return turn.due() && comparable
                ? EveningText.of(
                        workspace.configuration().label(),
                        tomorrow,
                        turn.known().outlook().on(tomorrow),
                        outlook.on(tomorrow))
                : null;
    }
}
