package fr.moncampus.ecal.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.ZoneId;
import java.util.Arrays;
import java.util.TimeZone;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.Size;
import net.jqwik.api.constraints.StringLength;

/** Whatever stands in a file: it is either valid or has findings that say where, and no secret is ever told. */
class AnyFileTest {
    private static final String FILE = Written.with(
            "alert: 15M",
            "schedule: 0 46 6-18 * * ?",
            "time_zone: Europe/Paris",
            "settle: PT15M",
            "max_delete_ratio: 0.3",
            "moncampus_url: https://example.org",
            "ecal_concurrency: 4",
            "room: x");

    @Property(tries = 500)
    void anyBytesAreValidOrHaveFindings(@ForAll @Size(max = 300) byte[] bytes) throws IOException {
        check(bytes, false);
    }

    @Property(tries = 500)
    void anyTextOfYamlSignsIsValidOrHasFindings(@ForAll("yamlSigns") String text) throws IOException {
        check(text.getBytes(StandardCharsets.UTF_8), false);
    }

    @Property(tries = 1000)
    void aMutatedFileIsValidOrHasFindings(@ForAll("mutations") String text) throws IOException {
        check(text.getBytes(StandardCharsets.UTF_8), true);
    }

    @Property(tries = 300)
    void anyPasswordBetweenApostrophesIsReadAsItIs(@ForAll @StringLength(min = 1, max = 40) String any)
            throws IOException {
        String password = any.replaceAll("[^ -~\u00a1-\ud7ff]", "?") + "!";

        Configurations.Loaded loaded = load(Written.with("moncampus_password: '" + password.replace("'", "''") + "'")
                .getBytes(StandardCharsets.UTF_8));

        assertThat(loaded.valid().get(0).school().password().reveal()).isEqualTo(password);
    }

    @Property(tries = 300)
    void javaAndQuartzMeanTheSameByEveryTimeZone(@ForAll("zones") String zone) throws InvalidFileException {
        assertThat(TimeZone.getTimeZone(Values.zone(zone).getId()).toZoneId().getRules())
                .isEqualTo(ZoneId.of(zone).getRules());
    }

    @Property(tries = 300)
    void distanceIsSymmetricAndZeroForEqualWordsOnly(
            @ForAll @StringLength(max = 12) String a, @ForAll @StringLength(max = 12) String b) {
        assertThat(Suggestion.distance(a, b))
                .isEqualTo(Suggestion.distance(b, a))
                .isBetween(Math.abs(a.length() - b.length()), Math.max(a.length(), b.length()));
        assertThat(Suggestion.distance(a, b) == 0).isEqualTo(a.equals(b));
    }

    @Provide
    Arbitrary<String> yamlSigns() {
        return Arbitraries.strings()
                .withChars(":-?[]{}&*!|>'\"%@`#, \t\n\rab01.~$<")
                .ofMaxLength(60);
    }

    @Provide
    Arbitrary<String> mutations() {
        Arbitrary<Integer> place = Arbitraries.integers().between(0, FILE.length() - 1);
        return Combinators.combine(
                        place,
                        Arbitraries.integers().between(0, 12),
                        yamlSigns().filter(signs -> signs.length() < 8))
                .as((from, length, signs) ->
                        FILE.substring(0, from) + signs + FILE.substring(Math.min(FILE.length(), from + length)));
    }

    @Provide
    Arbitrary<String> zones() {
        return Arbitraries.of(ZoneId.getAvailableZoneIds());
    }

    private static void check(byte[] bytes, boolean holdsSecrets) throws IOException {
        Configurations.Loaded loaded = load(bytes);

        assertThat(loaded.valid().isEmpty()).isEqualTo(loaded.hasErrors());
        int lines = 1
                + (int) Arrays.stream(new String(bytes, StandardCharsets.UTF_8).split("\n|\r", -1))
                        .count();
        assertThat(loaded.findings()).allSatisfy(finding -> {
            assertThat(finding.line()).isBetween(1, lines);
            assertThat(finding.column()).isPositive();
            assertThat(finding.fix()).isNotBlank();
        });
        if (holdsSecrets) {
            assertThat(loaded.findings().toString()).doesNotContain(Written.SECRET);
        }
    }

    private static Configurations.Loaded load(byte[] bytes) throws IOException {
        Path file = Files.createTempFile("lea", ".yml");
        try {
            return Written.load(Files.write(file, bytes));
        } finally {
            Files.delete(file);
        }
    }
}
