package fr.moncampus.ecal.sync;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import net.jqwik.api.constraints.UniqueElements;

class NearestPairsTest {

    @Property
    void thePairsAreThoseOfTheGreedySearchOverAllPairs(
            @ForAll @Size(max = 12) @UniqueElements List<@IntRange(max = 1 << 20) Integer> rows,
            @ForAll @Size(max = 12) @UniqueElements List<@IntRange(max = 1 << 20) Integer> events) {
        List<Long> found = new ArrayList<>();
        NearestPairs.find(
                rows.stream()
                        .map(at -> new Row("1", null, null, span(at), false))
                        .toList(),
                events.stream()
                        .map(at -> new Owned(null, null, null, null, span(at)))
                        .toList(),
                (row, event) -> found.add(distance(row.span(), event.span())));

        assertThat(found).isSorted().hasSize(Math.min(rows.size(), events.size()));
        if (!found.isEmpty()) {
            assertThat(found.get(0))
                    .isEqualTo(rows.stream()
                            .flatMapToLong(row -> events.stream().mapToLong(event -> Math.abs(row - event)))
                            .min()
                            .orElseThrow());
        }
    }

    @Property(tries = 20)
    void tenThousandRowsOfOneNumberArePairedInTheirOrder(@ForAll @IntRange(max = 1000) int shift) {
        int size = 10_000;
        int[] paired = new int[1];
        NearestPairs.find(
                IntStream.range(0, size)
                        .mapToObj(i -> new Row("1", null, null, span(i * 10_000), false))
                        .toList(),
                IntStream.range(0, size)
                        .mapToObj(i -> new Owned(null, null, null, null, span(i * 10_000 + shift)))
                        .toList(),
                (row, event) -> paired[0] += distance(row.span(), event.span()) == shift ? 1 : 0);

        assertThat(paired[0]).isEqualTo(size);
    }

    private static Span span(int second) {
        return new Span(Instant.ofEpochSecond(second), Instant.ofEpochSecond(second + 1L));
    }

    private static long distance(Span one, Span other) {
        return Math.abs(one.start().getEpochSecond() - other.start().getEpochSecond());
    }
}
