package fr.moncampus.ecal.ops;

import static org.assertj.core.api.Assertions.assertThat;

import fr.moncampus.ecal.MovableClock;
import fr.moncampus.ecal.config.FeedAddress;
import fr.moncampus.ecal.sandbox.Options;
import fr.moncampus.ecal.sandbox.Sandbox;
import fr.moncampus.ecal.sandbox.Session;
import fr.moncampus.ecal.sandbox.Switch;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What {@code check --feed} says of a feed. */
class FeedDoctorTest {
    private static final LocalDateTime MONDAY = LocalDateTime.parse("2026-10-12T09:00");
    private final MovableClock clock = new MovableClock("2026-10-05T06:00:00Z");
    private final Sandbox sandbox = Sandbox.start(Options.standard()
            .at(clock)
            .sessions(List.of(
                    Session.of(1, "Algèbre", "B110", MONDAY), Session.of(2, "Analyse", "C204", MONDAY.plusDays(7)))));
    private final ByteArrayOutputStream said = new ByteArrayOutputStream();

    @AfterEach
    void close() {
        sandbox.close();
    }

    @ParameterizedTest
    @CsvSource({"hyperplanning, Hyperplanning", "pronote, PRONOTE", "ade, ADE", "plain, iCalendar"})
    void aFeedIsDescribedInTheUsersWords(String dialect, String label) throws IOException {
        sandbox.set(Switch.FEED_DIALECT, dialect);

        assertThat(look(address())).isZero();
        assertThat(words())
                .contains(
                        "dialecte : " + label,
                        "du 2026-10-12 au 2026-10-18",
                        "2 cours",
                        "clés stables",
                        "« Algèbre », 2026-10-12T09:00, salle B110, intervenant MARTIN Claire")
                .doesNotContain("5ec4e700");
    }

    @Test
    void keysThatChangeAreTold() throws IOException {
        sandbox.set(Switch.FEED_DIALECT, "plain");
        sandbox.set(Switch.FEED_TROUBLE, "no-uids");
        look(address());
        assertThat(words()).contains("2 cours sans clé");
    }

    @Test
    void whatIsNoFeedIsTold() throws IOException {
        sandbox.set(Switch.FEED_TROUBLE, "truncated");
        assertThat(look(address())).isEqualTo(3);
        assertThat(look("ftp://ecole.example/x.ics")).isEqualTo(2);
        assertThat(look("http://ecole.example/x.ics?token=abc")).isEqualTo(2);
        assertThat(words())
                .contains("END:VCALENDAR manque", "ce n'est pas l'adresse", "http n'est accepté que")
                .doesNotContain("5ec4e700", "abc");
    }

    @Test
    void aFileThatHoldsNoAddressIsTold(@TempDir Path folder) throws IOException {
        Path absent = folder.resolve("absent.txt");
        assertThat(look(FeedAddress.read(absent))).isEqualTo(2);
        assertThat(words()).contains(absent.toString(), "n'existe pas");

        Path empty = Files.writeString(folder.resolve("empty.txt"), "\n \n");
        assertThat(look(FeedAddress.read(empty))).isEqualTo(2);
    }

    @Test
    void theFirstLineThatSaysSomethingIsTheAddress(@TempDir Path folder) throws IOException {
        Path file =
                Files.writeString(folder.resolve("link.txt"), "\uFEFF\n  " + address() + "  \nhttps://x.example/\n");
        assertThat(look(FeedAddress.read(file))).isZero();
    }

    private String address() {
        return sandbox.feedUrl(Options.standard().username());
    }

    private int look(String address) throws IOException {
        return look(FeedAddress.of(address));
    }

    private int look(FeedAddress address) throws IOException {
        return new FeedDoctor(new PrintStream(said, true, StandardCharsets.UTF_8), false)
                .look(address, LocalDate.of(2026, 10, 5));
    }

    private String words() {
        return said.toString(StandardCharsets.UTF_8);
    }
}
