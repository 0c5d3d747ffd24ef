package fr.moncampus.ecal.ecal;

import static org.assertj.core.api.Assertions.assertThat;

import fr.moncampus.ecal.Fixtures;
import fr.moncampus.ecal.calendar.CalendarException;
import fr.moncampus.ecal.calendar.Write;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;

/** Answers that look like ECAL's and are not: each has a meaning or ends in an exception with a message. */
class HostileEcalTest {
    private static final List<String> SHAPES = List.of(
            "{\"data\":[{\"id\":\"64229d018723a1000e07dc91\",\"reference\":\"mc-00000000-1\",\"name\":\"Cours\",\"location\":\"B110\",\"startDate\":\"2026-09-14\","
                    + "\"startTime\":\"09:00\",\"endDate\":\"2026-09-14\",\"endTime\":\"12:00\",\"timezone\":\"Europe/Paris\",\"allDay\":\"no\",\"draft\":0,"
                    + "\"quickLink[1][url]\":\"https://example.org\"}],\"status\":\"200\",\"statusLong\":\"OK\"}",
            "{\"status\":\"429\",\"statusLong\":\"Too many requests! Try again after sometime.\"}",
            "{\"data\":{\"id\":\"64229d018723a1000e07dc91\"},\"status\":\"200\"}",
            "{\"status\":\"403\",\"statusLong\":\"\\u001b[31mForbidden\\n2026-01-01 | x | suite : rien ${body} {{ecal_api_key}} apiKey=KEY&apiSign=0\"}");
    private static final String[] PIECES = {
        "null",
        "\"\"",
        "{",
        "[",
        "]",
        "}",
        "1e999",
        "-0",
        "\"\\ud800\"",
        "\"204\"",
        ",",
        ":",
        "true",
        "99999999999999999999",
        "\u0000"
    };

    @Property(tries = 600)
    void aMutatedAnswerIsReadOrRefusedWithAMessage(@ForAll long seed) throws IOException {
        Random random = new Random(seed);
        byte[] body = mutated(random);
        int status = new int[] {200, 200, 200, 204, 400, 403, 404, 409, 429, 500, 503}[random.nextInt(11)];
        EcalClient client = new EcalClient(Fixtures.configuration("test"));
        Listing listing = new Listing();
        Write write = random.nextBoolean()
                ? new Write(null, Fixtures.event("mc-00000000-1"), false, reference -> reference + "-2")
                : new Write(
                        Fixtures.event("mc-00000000-1").withId(Fixtures.id(1)), null, false, reference -> reference);
        try {
            client.read(listing, Answer.of(status, body, null));
        } catch (CalendarException e) {
            check(e);
            assertThat(listing.isOpen())
                    .as("what cannot be read is never the end of the list")
                    .isTrue();
        }
        try {
            client.send(write);
            client.answered(write, Answer.of(status, body, null));
            assertThat(write.isOpen() || status / 100 == 2 || status == 404).isTrue();
        } catch (CalendarException e) {
            check(e);
            assertThat(write.outcome()).isNull();
        }
    }

    @Test
    void nestingWithoutEndIsNoOverflow() throws IOException {
        byte[] deep = ("{\"data\":" + "[".repeat(1_000_000)).getBytes(StandardCharsets.US_ASCII);
        EcalClient client = new EcalClient(Fixtures.configuration("test"));
        try {
            client.read(new Listing(), Answer.of(200, deep, null));
            assertThat(false).as("read").isTrue();
        } catch (CalendarException e) {
            check(e);
        }
    }

    private static void check(CalendarException e) {
        assertThat(e.getMessage())
                .isNotBlank()
                .doesNotContainPattern("\\p{Cntrl}")
                .doesNotContain("apiKey=KEY")
                .doesNotContain("apiSign=0");
    }

    private static byte[] mutated(Random random) {
        StringBuilder text = new StringBuilder(SHAPES.get(random.nextInt(SHAPES.size())));
        for (int i = random.nextInt(4); i > 0 && !text.isEmpty(); i--) {
            int at = random.nextInt(text.length());
            int end = Math.min(text.length(), at + random.nextInt(12));
            text.replace(at, end, PIECES[random.nextInt(PIECES.length)]);
        }
        return text.toString().getBytes(StandardCharsets.UTF_8);
    }
}
