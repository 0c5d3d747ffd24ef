package fr.moncampus.ecal.feed;

import fr.moncampus.ecal.calendar.CalendarEvent;
import fr.moncampus.ecal.calendar.CalendarException;
import fr.moncampus.ecal.calendar.Write;
import fr.moncampus.ecal.config.Configuration;
import fr.moncampus.ecal.memory.Database;
import fr.moncampus.ecal.memory.FeedTable;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;

/** The calendar of one configuration whose target is a feed. It stands in the memory; what phones read is made from that. */
public final class FeedCalendar {
    /** The name of this target. */
    public static final String NAME = "feed";
    /** The exchange property that holds the one of the configuration at work. */
    public static final String PROPERTY = "feedCalendar";

    private static final String FILE = "feed_file";
    private static final String ADDRESS = "feed_url";

    private final FeedTable table;
    private final String label;
    /** Null when nobody wants one. */
    private final Path file;

    /** @param data from where a relative path of the file begins */
    public FeedCalendar(Configuration configuration, Database database, Path data, Clock clock) {
        String asked = configuration.keys().parameters().get(FILE);
        table = new FeedTable(database, configuration.name(), clock);
        label = configuration.label();
        file = asked == null ? null : data.resolve(asked);
    }

    /** What stands before this machine for phones, without a slash at its end; null when the configuration does not say. */
    public static String publicAddress(Configuration configuration) {
        String address = configuration.keys().parameters().get(ADDRESS);
        return address == null ? null : address.replaceFirst("/+$", "");
    }

    public List<CalendarEvent> list() {
        return table.rows().stream().map(FeedTable.Row::event).toList();
    }

    /** Whatever stands is seen before anything is sent, so that an answer never gets lost on its way. */
    public void send(Write write) throws CalendarException {
        write.sending();
        CalendarEvent event = write.after();
        if (event != null) {
            reject(write, event);
        }
        switch (write.method()) {
            case "POST" -> {
                String id = table.create(event);
                if (id == null) {
                    write.exists();
                } else {
                    write.accepted(id);
                }
            }
            case "PUT" -> judge(write, table.update(write.id(), event));
            default -> judge(write, table.delete(write.id()));
        }
    }

    private static void judge(Write write, boolean stood) {
        if (stood) {
            write.accepted(write.id());
        } else {
            write.missing();
        }
    }

    private static void reject(Write write, CalendarEvent event) throws CalendarException {
        try {
            CalendarFile.tryOut(event);
        } catch (RuntimeException e) {
            write.refused();
            throw new CalendarException(
                    0, "Cet événement ne peut pas être écrit dans le flux : ses horaires sont illisibles.");
        }
    }

    /**
     * Puts the file in step with what stands, if there is one.
     *
     * @throws CalendarException when it cannot be written: whoever reads it does not see what has changed
     */
    void publish() throws CalendarException {
        if (file == null) {
            return;
        }
        try {
            PublishedFile.write(file, CalendarFile.of(label, table.rows()));
        } catch (IOException e) {
            throw new CalendarException(
                    0,
                    "Le fichier du flux (" + FILE + ") ne peut pas être écrit : " + file
                            + ". Son dossier existe-t-il, et pouvez-vous y écrire ?");
        }
    }
}
