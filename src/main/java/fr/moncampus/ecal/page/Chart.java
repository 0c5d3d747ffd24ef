package fr.moncampus.ecal.page;

import fr.moncampus.ecal.memory.History;
import fr.moncampus.ecal.report.FrenchText;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * The runs of the last days, a mark a day, oldest first.
 *
 * @param line      points of the longest run of each day that has one
 * @param total     all days in words
 * @param maxMillis what the top of the line stands for
 */
record Chart(List<Day> days, String line, String total, int maxChanges, long maxMillis) {
    static final int DAYS = 90;
    /** What a phone shows: the others are there, to the left of the screen. */
    static final int DAYS_ON_A_PHONE = 30;

    static final int DAY_WIDTH = 10;
    private static final int TOP = 14;
    private static final int LINE_HEIGHT = 50;
    private static final int BARS_BOTTOM = 150;
    private static final int BARS_HEIGHT = 70;
    private static final ZoneId PARIS = ZoneId.of("Europe/Paris");

    /**
     * @param old    not on a phone
     * @param x      of its left edge
     * @param height of its bar
     * @param title  the day in words
     */
    public record Day(
            LocalDate date,
            String name,
            boolean old,
            int x,
            int height,
            int runs,
            int bad,
            int changes,
            long mean,
            long longest,
            String title) {
        public int top() {
            return BARS_BOTTOM - height;
        }

        public String seconds() {
            return runs == 0 ? "" : FrenchText.seconds(mean) + " (au plus " + FrenchText.seconds(longest) + ")";
        }
    }

    List<Day> newestFirst() {
        List<Day> newest = new ArrayList<>(days);
        Collections.reverse(newest);
        return newest;
    }

    String longest() {
        return FrenchText.seconds(maxMillis);
    }

    static Chart of(History history, Instant now) {
        LocalDate today = FrenchText.today(now);
        LocalDate first = today.minusDays(DAYS - 1);
        Map<LocalDate, long[]> sums = new TreeMap<>();
        history.hours(
                        first.atStartOfDay(PARIS).toInstant(),
                        today.plusDays(1).atStartOfDay(PARIS).toInstant())
                .forEach(hour -> {
                    long[] sum = sums.computeIfAbsent(
                            FrenchText.today(Instant.ofEpochSecond(hour.hour() * 3600)), day -> new long[5]);
                    sum[0] += hour.runs();
                    sum[1] += hour.bad();
                    sum[2] += hour.changes();
                    sum[3] += hour.millis();
                    sum[4] = Math.max(sum[4], hour.longest());
                });
        long maxChanges = sums.values().stream().mapToLong(sum -> sum[2]).max().orElse(0);
        long maxMillis = sums.values().stream().mapToLong(sum -> sum[4]).max().orElse(0);
        List<Day> days = new ArrayList<>();
        StringBuilder line = new StringBuilder();
        for (int i = 0; i < DAYS; i++) {
            LocalDate date = first.plusDays(i);
            long[] sum = sums.getOrDefault(date, new long[5]);
            days.add(day(i, date, today, sum, maxChanges));
            if (sum[0] > 0) {
                long y = TOP + LINE_HEIGHT - Math.round((double) LINE_HEIGHT * sum[4] / Math.max(1, maxMillis));
                line.append(i * DAY_WIDTH + DAY_WIDTH / 2).append(',').append(y).append(' ');
            }
        }
        long runs = days.stream().mapToLong(Day::runs).sum();
        long bad = days.stream().mapToLong(Day::bad).sum();
        long changes = days.stream().mapToLong(Day::changes).sum();
        return new Chart(days, line.toString().strip(), words(runs, changes, bad), (int) maxChanges, maxMillis);
    }

    private static Day day(int i, LocalDate date, LocalDate today, long[] sum, long maxChanges) {
        // by the square root: beside a first sync of hundreds, one change is still to be seen
        int height =
                sum[2] == 0 ? 0 : (int) Math.max(2, Math.round(BARS_HEIGHT * Math.sqrt((double) sum[2] / maxChanges)));
        String name = FrenchText.day(date, today);
        return new Day(
                date,
                name,
                i < DAYS - DAYS_ON_A_PHONE,
                i * DAY_WIDTH,
                height,
                (int) sum[0],
                (int) sum[1],
                (int) sum[2],
                sum[0] == 0 ? 0 : sum[3] / sum[0],
                sum[4],
                name + " : "
                        + (sum[0] == 0
                                ? "aucun passage"
                                : words(sum[0], sum[2], sum[1]) + ", " + FrenchText.seconds(sum[4]) + " au plus"));
    }

    private static String words(long runs, long changes, long bad) {
        return FrenchText.count(runs, "passage", "passages") + ", "
                + FrenchText.count(changes, "changement", "changements")
                + (bad == 0 ? "" : ", " + FrenchText.count(bad, "passage incomplet", "passages incomplets"));
    }
}
