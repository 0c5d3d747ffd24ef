package fr.moncampus.ecal;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import java.util.List;
import org.slf4j.LoggerFactory;

/** The log that users read, as long as this is open. */
public final class Logged implements AutoCloseable {
    private final Logger logger = (Logger) LoggerFactory.getLogger("moncampus-ecal");
    private final ListAppender<ILoggingEvent> appender = new ListAppender<>();

    public Logged() {
        appender.start();
        logger.addAppender(appender);
    }

    /** Warnings and errors. */
    public List<String> troubles() {
        return lines(Level.WARN);
    }

    /** Of that level and above. */
    public List<String> lines(Level level) {
        return List.copyOf(appender.list).stream()
                .filter(event -> event.getLevel().isGreaterOrEqual(level))
                .map(ILoggingEvent::getFormattedMessage)
                .toList();
    }

    @Override
    public void close() {
        logger.detachAppender(appender);
    }
}
