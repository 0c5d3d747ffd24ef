package fr.moncampus.ecal.memory;

import fr.moncampus.ecal.calendar.CalendarEvent;
import fr.moncampus.ecal.sync.Change;
import fr.moncampus.ecal.sync.Plan;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;
import java.util.zip.GZIPInputStream;
import java.util.zip.GZIPOutputStream;

/** The last {@link Snapshot} of one configuration: some 10 KB for a term of 350 courses. */
public final class SnapshotStore {
    /** A calendar that holds more keeps those that start last. */
    static final int MAX_EVENTS = 10_000;

    private final Database database;
    private final String config;
    private final String owner;

    /** @param owner the 8 hexadecimal digits of the events' references */
    public SnapshotStore(Database database, String config, String owner) {
        this.database = database;
        this.config = config;
        this.owner = owner;
    }

    /** As the memory keeps it: times as numbers, lists flat. */
    private record Stored(
            List<CalendarEvent> events, List<Change> changes, List<Kept> kept, int standing, String checksum) {}

    /**
     * @param reason null when it waits
     * @param since  when it was missed first; 0 for what is held
     */
    private record Kept(Plan.Reason reason, long since, Change change) {}

    public void write(Snapshot snapshot) {
        List<CalendarEvent> events = snapshot.events();
        Stored stored = new Stored(
                events.subList(Math.max(0, events.size() - MAX_EVENTS), events.size()),
                snapshot.changes(),
                Stream.concat(
                                snapshot.waiting().stream()
                                        .map(each -> new Kept(
                                                null, each.since().toEpochMilli(), Change.delete(each.event()))),
                                snapshot.held().stream().map(each -> new Kept(each.reason(), 0, each.change())))
                        .toList(),
                snapshot.standing(),
                snapshot.checksum());
        database.update(
                "INSERT INTO snapshot VALUES (?, ?, ?, ?, ?) ON CONFLICT (config) DO UPDATE SET "
                        + "owner = excluded.owner, at = excluded.at, preview = excluded.preview, content = excluded.content",
                config,
                owner,
                snapshot.at().toEpochMilli(),
                snapshot.preview() ? 1 : 0,
                compressed(Json.write(stored)));
    }

    /** Null when there is none, or only one of another calendar or by another version. */
    public Snapshot read() {
        return database
                .query(
                        "SELECT at, preview, content FROM snapshot WHERE config = ? AND owner = ?",
                        row -> snapshot(row.getLong(1), row.getBoolean(2), row.getBytes(3)),
                        config,
                        owner)
                .stream()
                .findFirst()
                .orElse(null);
    }

    private static Snapshot snapshot(long at, boolean preview, byte[] content) {
        Stored stored = Json.read(plain(content), Stored.class);
        return new Snapshot(
                Instant.ofEpochMilli(at),
                preview,
                stored.events(),
                stored.changes(),
                stored.kept().stream()
                        .filter(each -> each.reason() == null)
                        .map(each -> new Plan.Waiting(each.change().before(), Instant.ofEpochMilli(each.since())))
                        .toList(),
                stored.kept().stream()
                        .filter(each -> each.reason() != null)
                        .map(each -> new Plan.Held(each.change(), each.reason()))
                        .toList(),
                stored.standing(),
                stored.checksum());
    }

    private static byte[] compressed(String text) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (GZIPOutputStream zip = new GZIPOutputStream(bytes)) {
            zip.write(text.getBytes(StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return bytes.toByteArray();
    }

    private static String plain(byte[] bytes) {
        try (GZIPInputStream zip = new GZIPInputStream(new ByteArrayInputStream(bytes))) {
            return new String(zip.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
