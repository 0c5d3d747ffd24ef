package fr.moncampus.ecal.sync;

import static org.assertj.core.api.Assertions.assertThat;

import fr.moncampus.ecal.calendar.CalendarEvent;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.From;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.Size;

/** Anybody can write a reference; only one of our very form, with our own hash, makes an event ours. */
class HostileReferencesTest {
    private static final String OWNER = World.OWNER;

    @Property(tries = 300)
    void onlyOurOwnFormIsOurs(@ForAll @Size(max = 8) List<@From("references") String> references) {
        List<CalendarEvent> calendar = new ArrayList<>();
        for (int i = 0; i < references.size(); i++) {
            calendar.add(World.event("Cours " + i, "B1", World.at(1 + i % 5, 9), 2)
                    .withId(World.id(i + 1))
                    .withReference(references.get(i)));
        }

        Plan plan = new World(List.of(), calendar).plan();

        Set<String> touched = Stream.of(
                        plan.updates(),
                        plan.deletes(),
                        plan.waiting().stream()
                                .map(each -> Change.delete(each.event()))
                                .toList(),
                        plan.held().stream().map(Plan.Held::change).toList())
                .flatMap(List::stream)
                .map(change -> change.before().reference())
                .collect(Collectors.toSet());
        assertThat(touched)
                .allMatch(reference -> reference.matches("mc-" + OWNER + "-([0-9]{1,19}|c[0-9a-f]{8})(-[0-9]+)?"));
    }

    @Property(tries = 300)
    void theReferenceThatIsTriedNextIsAnother(@ForAll("references") String text) {
        Reference reference = Reference.parse(text);
        if (reference != null && reference.owner().equals(OWNER)) {
            World world = new World(
                    List.of(),
                    List.of(World.event("Cours", "B1", World.at(1, 9), 2)
                            .withId(World.id(1))
                            .withReference(text)));
            UnaryOperator<String> next = FreeReferences.besides(world.situation(), world.plan());
            List<String> tried = List.of(next.apply(text), next.apply(text));
            assertThat(tried).doesNotContain(text).doesNotHaveDuplicates();
            assertThat(tried).extracting(each -> Reference.parse(each).key()).containsOnly(reference.key());
        }
    }

    @Provide
    Arbitrary<String> references() {
        String own = "mc-" + OWNER + "-";
        return Arbitraries.oneOf(
                Arbitraries.of(
                        "mc-",
                        own,
                        own + "1",
                        own + "1-2",
                        own + "1-" + "9".repeat(400),
                        own + "9".repeat(20),
                        own + "c1234567",
                        own + "c12345678",
                        own + "-1",
                        "MC-" + OWNER + "-1",
                        own + "1\n",
                        " " + own + "1",
                        own + "1-2-3",
                        own + "\u0661",
                        "mc-ffffffff-1",
                        own + "1-0",
                        own + "%00",
                        "{{x}}",
                        "${body}",
                        "'; DROP TABLE written; --"),
                Arbitraries.strings().ofMaxLength(40).filter(text -> !text.matches("\\d{1,8}")),
                Arbitraries.strings()
                        .withChars("mc-0123456789abcdef")
                        .ofMaxLength(30)
                        .map(tail -> own + tail));
    }
}
