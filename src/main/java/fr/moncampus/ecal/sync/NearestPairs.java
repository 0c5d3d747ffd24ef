package fr.moncampus.ecal.sync;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.PriorityQueue;
import java.util.function.BiConsumer;

/**
 * Pairs the rows and the events of one course by start, the smallest distance of all first.
 * The nearest pair is always a pair of neighbours in order of time, so a queue of neighbours finds it in O(k log k).
 */
final class NearestPairs {
    /** Stands for a start that cannot be read: farther than any other. */
    private static final long NEVER = Long.MAX_VALUE / 4;

    private record Point(long second, Row row, Owned event) {}

    private record Neighbours(long distance, int left, int right) {}

    private final List<Point> line = new ArrayList<>();
    private final PriorityQueue<Neighbours> queue =
            new PriorityQueue<>(Comparator.comparingLong(Neighbours::distance).thenComparingInt(Neighbours::left));
    private final int[] previous;
    private final int[] next;
    private final boolean[] gone;

    /** Both lists come in their total order, which settles ties. */
    static void find(List<Row> rows, List<Owned> events, BiConsumer<Row, Owned> found) {
        new NearestPairs(rows, events).run(found);
    }

    private NearestPairs(List<Row> rows, List<Owned> events) {
        rows.forEach(row -> line.add(new Point(second(row.span()), row, null)));
        events.forEach(event -> line.add(new Point(second(event.span()), null, event)));
        line.sort(Comparator.comparingLong(Point::second));
        int size = line.size();
        previous = new int[size];
        next = new int[size];
        gone = new boolean[size];
        for (int i = 0; i < size; i++) {
            previous[i] = i - 1;
            next[i] = i + 1 < size ? i + 1 : -1;
        }
        for (int i = 0; i + 1 < size; i++) {
            offer(i, i + 1);
        }
    }

    private static long second(Span span) {
        return span.readable() ? span.start().getEpochSecond() : NEVER;
    }

    private void run(BiConsumer<Row, Owned> found) {
        while (!queue.isEmpty()) {
            Neighbours nearest = queue.poll();
            if (gone[nearest.left] || gone[nearest.right]) {
                continue;
            }
            Point left = line.get(nearest.left);
            Point right = line.get(nearest.right);
            found.accept(left.row != null ? left.row : right.row, left.event != null ? left.event : right.event);
            join(remove(nearest.left, nearest.right));
        }
    }

    private Neighbours remove(int left, int right) {
        gone[left] = true;
        gone[right] = true;
        return new Neighbours(0, previous[left], next[right]);
    }

    private void join(Neighbours gap) {
        if (gap.left >= 0) {
            next[gap.left] = gap.right;
        }
        if (gap.right >= 0) {
            previous[gap.right] = gap.left;
        }
        if (gap.left >= 0 && gap.right >= 0) {
            offer(gap.left, gap.right);
        }
    }

    private void offer(int left, int right) {
        if ((line.get(left).row == null) != (line.get(right).row == null)) {
            queue.add(new Neighbours(line.get(right).second - line.get(left).second, left, right));
        }
    }
}
