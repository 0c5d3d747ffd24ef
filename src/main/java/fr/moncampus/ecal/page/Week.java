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
        private int end() {
            return row + rows;
        }

        private Placed inLane(int lane) {
            return new Placed(card, row, rows, lane, 1);
        }

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
        int rows = (until - from) * QUARTERS;
        List<Placed> all = cards.stream()
                .map(card -> placed(card, from, rows))
                .sorted(Comparator.comparing(Placed::row))
                .toList();
        List<Placed> placed = new ArrayList<>();
        boolean crowded = false;
        for (int i = 0; i < all.size(); ) {
            // the first free row of each lane; those who touch each other share the width
            List<Integer> lanes = new ArrayList<>();
            int first = i;
            int busyUntil = all.get(i).end();
            for (; i < all.size() && (i == first || all.get(i).row() < busyUntil); i++) {
                placed.add(all.get(i).inLane(lane(lanes, all.get(i))));
                busyUntil = Math.max(busyUntil, all.get(i).end());
            }
            crowded |= lanes.size() > MAX_LANES;
            // five lanes do not divide twelve columns
            int width = Math.max(1, COLUMNS / (lanes.size() == 5 ? 6 : lanes.size()));
            placed.subList(first, i).replaceAll(each -> each.wide(width));
        }
        return new Day(date, FrenchText.day(date, today), date.equals(today), crowded, placed);
    }

    /** Where it begins and ends, to the nearest quarter of an hour and within the grid; the end is later than the start. */
    private static Placed placed(Card card, int from, int rows) {
        int row = Math.min(row(card.start(), from), rows);
        boolean overnight = card.end() != null
                && card.end().toLocalDate().isAfter(card.start().toLocalDate());
        int end = overnight ? rows + 1 : card.end() == null ? row : Math.min(row(card.end(), from), rows + 1);
        return new Placed(card, row, Math.max(1, end - row), 0, 1);
    }

    private static int row(LocalDateTime time, int from) {
        return Math.max(1, (time.getHour() - from) * QUARTERS + Math.round(time.getMinute() / 15f) + 1);
    }

    private static int lane(List<Integer> lanes, Placed card) {
        for (int i = 0; i < lanes.size(); i++) {
            if (lanes.get(i) <= card.row()) {
                lanes.set(i, card.end());
                return i;
            }
        }
        lanes.add(card.end());
        return lanes.size() - 1;
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
