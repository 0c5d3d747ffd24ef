package fr.moncampus.ecal.page;

import fr.moncampus.ecal.memory.Snapshot;
import fr.moncampus.ecal.report.FrenchText;
import fr.moncampus.ecal.sync.EventTimes;
import java.time.DayOfWeek;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.temporal.TemporalAdjusters;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * One week: days with cards, and where each card lies in a grid of quarters of an hour.
 *
 * @param days     from Monday; Saturday and Sunday only when something is there
 * @param hours    from the first that is shown to the last
 * @param undated  cards whose time cannot be read, of any week
 * @param nextDay  the next day with a course, when the week has none; null for none
 */
record Week(LocalDate monday, String title, List<Day> days, List<Hour> hours, List<Card> undated, LocalDate nextDay) {
    private static final int FIRST_HOUR = 8;
    private static final int LAST_HOUR = 18;
    /** Beyond that many at one time, a day is a list: nothing is hidden behind anything. */
    private static final int MAX_LANES = 6;

    /** Of a day: one, two, three, four or six cards side by side share them. */
    private static final int COLUMNS = 12;

    private static final int QUARTERS = 4;
    private static final Comparator<Card> BY_TIME = Comparator.comparing(Card::start)
            .thenComparing(Card::end, Comparator.nullsFirst(Comparator.naturalOrder()))
            .thenComparing(Card::name)
            .thenComparing(Card::sign);

    /** @param row of the grid, from 1 */
    public record Hour(int row, String label) {}

    /** @param crowded too many cards at one time to lie side by side: a list */
    public record Day(LocalDate date, String name, boolean today, boolean crowded, List<Placed> cards) {}

    /** A card in the grid of its day; rows and columns count from 1. */
    public record Placed(Card card, int row, int rows, int column, int columns) {
        /** From a lane to its columns. */
        private Placed wide(int width) {
            return new Placed(card, row, rows, column * width + 1, width);
        }

        /** Its place as classes of the style sheet: styles within the page are forbidden. */
        public String place() {
            return "r" + row + " h" + rows + " c" + column + " w" + columns;
        }
    }

    static LocalDate monday(LocalDate day) {
        return day.with(TemporalAdjusters.previousOrSame(DayOfWeek.MONDAY));
    }

    static Week of(Snapshot snapshot, String base, LocalDate day, Instant now) {
        LocalDate monday = monday(day);
        LocalDate today = FrenchText.today(now);
        List<Card> all = Cards.of(snapshot, base, monday, monday.plusDays(6), now);
        List<Card> dated = all.stream()
                .filter(card -> card.start() != null)
                .sorted(BY_TIME)
                .toList();
        List<Card> undated = all.stream().filter(card -> card.start() == null).toList();
        int first =
                dated.stream().mapToInt(card -> card.start().getHour()).min().orElse(FIRST_HOUR);
        int last = dated.stream().mapToInt(Week::lastHour).max().orElse(LAST_HOUR);
        int from = Math.min(first, FIRST_HOUR);
        int until = Math.max(last, LAST_HOUR);
        int shown = dated.stream()
                .mapToInt(card -> card.start().getDayOfWeek().getValue())
                .max()
                .orElse(5);
        List<Day> days = new ArrayList<>();
        for (int i = 0; i < Math.max(5, shown); i++) {
            LocalDate date = monday.plusDays(i);
            List<Card> cards = dated.stream()
                    .filter(card -> card.start().toLocalDate().equals(date))
                    .toList();
            days.add(day(date, today, cards, from, until));
        }
        List<Hour> hours = new ArrayList<>();
        for (int hour = from; hour < until; hour++) {
            hours.add(new Hour((hour - from) * QUARTERS + 1, hour + " h"));
        }
        return new Week(
                monday,
                "Semaine du " + FrenchText.date(monday, today),
                days,
                hours,
                undated,
                dated.isEmpty() ? next(snapshot, monday.plusDays(7)) : null);
    }

    private static int lastHour(Card card) {
        if (card.end() == null) {
            return Math.min(24, card.start().getHour() + 1);
        }
        boolean later = card.end().toLocalDate().isAfter(card.start().toLocalDate());
        return later ? 24 : card.end().getHour() + (card.end().getMinute() > 0 ? 1 : 0);
    }

    private static Day day(LocalDate date, LocalDate today, List<Card> cards, int from, int until) {
        List<Placed> placed = new ArrayList<>();
        boolean crowded = false;
        int i = 0;
        while (i < cards.size()) {
            List<List<Card>> lanes = new ArrayList<>();
            LocalDateTime busyUntil = end(cards.get(i));
            int first = placed.size();
            // those that touch each other share the width
            while (i < cards.size()
                    && (placed.size() == first || cards.get(i).start().isBefore(busyUntil))) {
                Card card = cards.get(i++);
                int row = row(card.start(), from);
                boolean overnight = end(card).toLocalDate().isAfter(date);
                int end = overnight ? (until - from) * QUARTERS + 1 : row(end(card), from);
                placed.add(new Placed(card, row, Math.max(1, end - row), free(lanes, card), 1));
                busyUntil = later(busyUntil, end(card));
            }
            crowded |= lanes.size() > MAX_LANES;
            // five lanes do not divide twelve columns
            int width = Math.max(1, COLUMNS / (lanes.size() == 5 ? 6 : lanes.size()));
            placed.subList(first, placed.size()).replaceAll(each -> each.wide(width));
        }
        return new Day(date, FrenchText.day(date, today), date.equals(today), crowded, placed);
    }

    private static int free(List<List<Card>> lanes, Card card) {
        for (int i = 0; i < lanes.size(); i++) {
            List<Card> lane = lanes.get(i);
            if (!end(lane.get(lane.size() - 1)).isAfter(card.start())) {
                lane.add(card);
                return i;
            }
        }
        lanes.add(new ArrayList<>(List.of(card)));
        return lanes.size() - 1;
    }

    /** At least a quarter of an hour after the start, so that there is something to see. */
    private static LocalDateTime end(Card card) {
        LocalDateTime least = card.start().plusMinutes(15);
        return card.end() == null ? least : later(card.end(), least);
    }

    private static LocalDateTime later(LocalDateTime a, LocalDateTime b) {
        return a.isAfter(b) ? a : b;
    }

    /** The nearest quarter of an hour. */
    private static int row(LocalDateTime time, int from) {
        return Math.max(1, (time.getHour() - from) * QUARTERS + Math.round(time.getMinute() / 15f) + 1);
    }

    /** @return null when the calendar holds nothing from that day on */
    private static LocalDate next(Snapshot snapshot, LocalDate from) {
        return snapshot.events().stream()
                .map(EventTimes::start)
                .filter(start -> start != null)
                .map(start -> OffsetDateTime.parse(start).toLocalDate())
                .filter(day -> !day.isBefore(from))
                .findFirst()
                .orElse(null);
    }

    boolean isEmpty() {
        return days.stream().allMatch(day -> day.cards().isEmpty());
    }
}
