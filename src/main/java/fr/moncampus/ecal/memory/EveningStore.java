package fr.moncampus.ecal.memory;

import fr.moncampus.ecal.sync.Outlook;
import java.time.LocalDate;
import java.util.List;

/** What was known of the days to come on the last evening of a day with lessons, and which evening has had its turn. */
public final class EveningStore {
    private final Database database;
    private final String config;
    private final String owner;

    /** @param owner the 8 hexadecimal digits of the events' references */
    public EveningStore(Database database, String config, String owner) {
        this.database = database;
        this.config = config;
        this.owner = owner;
    }

    /** @param day the evening on which it was known */
    public record Known(LocalDate day, Outlook outlook) {}

    /**
     * @param due   false when this evening has had its turn, in whatever process
     * @param known null when there is nothing to compare with
     */
    public record Turn(boolean due, Known known) {}

    /** Takes this evening's turn, once: what is told after that may get lost, and is never told twice. */
    public Turn take(LocalDate today, Outlook now) {
        Turn[] turn = new Turn[1];
        database.transaction("evening " + config, () -> turn[0] = turn(today, now));
        return turn[0];
    }

    private Turn turn(LocalDate today, Outlook now) {
        record Row(LocalDate told, Known known) {}
        List<Row> rows = database.query(
                "SELECT told, day, content FROM evening WHERE config = ? AND owner = ?",
                row -> new Row(
                        LocalDate.parse(row.getString(1)),
                        new Known(LocalDate.parse(row.getString(2)), Json.read(row.getString(3), Outlook.class))),
                config,
                owner);
        Row row = rows.isEmpty() ? null : rows.get(0);
        if (row != null && row.told().equals(today)) {
            return new Turn(false, null);
        }
        // what lies in the future was stored by a wrong clock
        Known known = row == null || !row.known().day().isBefore(today) ? null : row.known();
        Known next = known == null || !now.on(today).isEmpty() ? new Known(today, now) : known;
        database.update(
                "INSERT INTO evening VALUES (?, ?, ?, ?, ?) ON CONFLICT (config) DO UPDATE SET "
                        + "owner = excluded.owner, told = excluded.told, day = excluded.day, content = excluded.content",
                config,
                owner,
                today.toString(),
                next.day().toString(),
                Json.write(next.outlook()));
        return new Turn(true, known);
    }
}
