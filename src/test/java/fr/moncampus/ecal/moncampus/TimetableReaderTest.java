package fr.moncampus.ecal.moncampus;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import fr.moncampus.ecal.moncampus.PortalException.Kind;
import fr.moncampus.ecal.timetable.Course;
import fr.moncampus.ecal.timetable.Timetable;
import java.nio.charset.StandardCharsets;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TimetableReaderTest {
    private static final JsonMapper JSON = new JsonMapper();
    private static final ZoneId PARIS = ZoneId.of("Europe/Paris");
    private static final String ROW = """
            {"NoCours":4711,"Commentaire":" Administration BDD:\\r\\n SQL\u00a0 Server ","Matiere":"COMMENTAIRE","Title":"G1 BDD","LibelleGroupe":"B3 DEV",
             "Salles":"B110-S(Bâtiment B)","NomProf":"DUPONT JEAN","Start":"2026-04-07T12:00:00+02:00","End":"2026-04-07T15:00:00+02:00",
             "TeamsUrl":"<a href=\\"https://teams.example/l?a=1&amp;Tel=prenom.nom\\"><img src=x></a><a href='https://second'>2</a>"}""";

    @Test
    void aRowIsReadAsPeopleSeeIt() {
        assertThat(course(ROW))
                .isEqualTo(new Course(
                        "4711",
                        "Administration BDD: SQL Server",
                        "B110-S(Bâtiment B)",
                        "DUPONT JEAN",
                        "B3 DEV",
                        "https://teams.example/l?a=1&Tel=prenom.nom",
                        LocalDateTime.of(2026, 4, 7, 10, 0),
                        LocalDateTime.of(2026, 4, 7, 13, 0)));
    }

    @Property
    void theTimeBugIsUndoneForEveryWallClockOfParis(@ForAll("walls") LocalDateTime wall) {
        String raw = wall.atOffset(ZoneOffset.UTC)
                .atZoneSameInstant(PARIS)
                .toOffsetDateTime()
                .toString();
        assertThat(course(changed("Start", raw, "End", raw)).start()).isEqualTo(wall);
    }

    @Provide
    Arbitrary<LocalDateTime> walls() {
        long from = LocalDateTime.of(2024, 1, 1, 0, 0).toEpochSecond(ZoneOffset.UTC);
        return Arbitraries.longs()
                .between(from, from + 6L * 366 * 86_400)
                .map(second -> LocalDateTime.ofEpochSecond(second, 0, ZoneOffset.UTC));
    }

    @ParameterizedTest
    @CsvSource(
            nullValues = "null",
            value = {
                "Commentaire, '', G1 BDD",
                "Commentaire, ' \u00a0 ', G1 BDD",
                "Commentaire, null, G1 BDD",
                "Commentaire, COMMENTAIRE, G1 BDD",
                "Commentaire, a\u001b[31mb\u202ec\u0007d, a bc d",
                "Commentaire, ${x} {{y}}, ${x} {{y}}"
            })
    void namesAreCleanAndFallBack(String field, String value, String name) {
        assertThat(course(changed(field, value)).name()).isEqualTo(name);
    }

    @ParameterizedTest
    @CsvSource(
            nullValues = "null",
            value = {"Salles, Aucune", "Salles, null", "Salles, None", "Salles, 'null'", "Salles, '  '"})
    void noRoomIsNoRoom(String field, String value) {
        assertThat(course(changed(field, value)).room()).isNull();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "<a href='javascript:alert(1)'>x</a>",
                "<a name=x>",
                "",
                "<p>later</p>",
                "<a href='https://'>x</a>",
                "ftp://x/y"
            })
    void whatIsNoWebAddressIsNoLink(String fragment) {
        assertThat(course(changed("TeamsUrl", fragment)).link()).isNull();
    }

    @Test
    void theOtherSpellingOfTheLinkIsRead() {
        assertThat(course(changed("TeamsUrl", "", "TeamsURL", "<a href='https://teams.example/m'>x</a>"))
                        .link())
                .isEqualTo("https://teams.example/m");
    }

    @ParameterizedTest
    @CsvSource(
            nullValues = "null",
            value = {
                "7, 7",
                "\"007\", 7",
                "\" +7 \", 7",
                "0, 0",
                "-7, null",
                "7.5, null",
                "1e3, null",
                "\"7a\", null",
                "null, null",
                "{}, null",
                "123456789012345678901, null"
            })
    void numbersAreCanonicalDigitsOrNothing(String json, String number) {
        assertThat(course(ROW.replace("4711", String.valueOf(json))).key()).isEqualTo(number);
    }

    @ParameterizedTest
    @CsvSource(
            nullValues = "null",
            value = {
                "Start, null, manque",
                "End, demain, illisible",
                "End, 2026-04-07T11:00:00+02:00, finit avant",
                "Start, 2026-04-07T12:00:00, illisible",
                "Start, +99999-01-01T00:00:00Z, illisible"
            })
    void aRowWithoutTimesIsUnreadableButKeepsItsNumber(String field, String value, String reason) {
        assertThat(read("[" + ROW + "," + changed(field, value) + "]", 2).unreadable())
                .singleElement()
                .satisfies(row -> {
                    assertThat(row.row()).isEqualTo(2);
                    assertThat(row.key()).isEqualTo("4711");
                    assertThat(row.reason()).contains(reason);
                });
    }

    @Test
    void whatIsNoObjectIsUnreadable() {
        assertThat(read("[null,[],1,\"x\",{}]", 5).unreadable())
                .hasSize(5)
                .extracting(Timetable.Unreadable::key)
                .containsOnlyNulls();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "[]",
                "null",
                "<html>",
                "{",
                "{}",
                "{\"Data\":[]}",
                "{\"Data\":null,\"Total\":0}",
                "{\"Data\":[],\"Total\":1}",
                "{\"Data\":[],\"Total\":null}",
                "{\"Data\":[],\"Total\":0,\"Errors\":\"x\"}",
                "{\"Data\":[],\"Total\":0,\"Errors\":[]}",
                "{\"Data\":[],\"Total\":0}{",
                "{\"Data\":[],\"Total\":0,\"Data\":[]}",
                "{\"Total\":0}"
            })
    void whatIsNotCompleteIsNeverAnEmptyTimetable(String json) {
        assertThatThrownBy(() -> TimetableReader.read(json.getBytes(StandardCharsets.UTF_8)))
                .isInstanceOfSatisfying(
                        PortalUnavailableException.class,
                        e -> assertThat(e.kind()).isEqualTo(Kind.UNREADABLE))
                .hasNoCause();
    }

    @Test
    void anEmptyTimetableIsATimetable() {
        assertThat(TimetableReader.read("{\"Total\":0,\"Data\":[],\"AggregateResults\":null,\"Errors\":null}"
                        .getBytes(StandardCharsets.UTF_8)))
                .isEqualTo(new Timetable(java.util.List.of(), java.util.List.of()));
    }

    @Property
    void mutatedAnswersAreReadOrRefusedAndNothingElse(@ForAll("positions") int position, @ForAll byte replacement) {
        byte[] json = envelope("[" + ROW + "]", 1).getBytes(StandardCharsets.UTF_8);
        json[position % json.length] = replacement;
        try {
            Timetable read = TimetableReader.read(json);
            assertThat(read.courses().size() + read.unreadable().size()).isEqualTo(1);
        } catch (PortalException refused) {
            assertThat(refused.kind()).isEqualTo(Kind.UNREADABLE);
        }
    }

    @Provide
    Arbitrary<Integer> positions() {
        return Arbitraries.integers().between(0, 10_000);
    }

    @Property(tries = 300)
    void textOfAnyKindEndsUpOnOneCleanLine(@ForAll String text) {
        String name = course(changed("Commentaire", "x" + text)).name();
        assertThat(name.codePoints()
                        .filter(c -> Character.getType(c) == Character.CONTROL
                                || Character.getType(c) == Character.FORMAT
                                || Character.getType(c) == Character.SURROGATE
                                || Character.isWhitespace(c) && c != ' '))
                .isEmpty();
        assertThat(name).doesNotContain("  ").isEqualTo(name.strip());
    }

    @Test
    void deepNestingIsRefusedWithoutAnOverflow() {
        String deep = "[".repeat(200_000) + "]".repeat(200_000);
        assertThatThrownBy(() -> read("[{\"Commentaire\":" + deep + "}]", 1)).isInstanceOf(PortalException.class);
    }

    @Test
    void aHundredThousandRowsAreRead() {
        String rows = IntStream.range(0, 100_000)
                .mapToObj(
                        i -> "{\"NoCours\":" + i
                                + ",\"Title\":\"T\",\"Start\":\"2026-04-07T12:00:00+02:00\",\"End\":\"2026-04-07T13:00:00+02:00\"}")
                .collect(Collectors.joining(",", "[", "]"));
        assertThat(read(rows, 100_000).courses()).hasSize(100_000);
    }

    private static Course course(String row) {
        Timetable timetable = read("[" + row + "]", 1);
        assertThat(timetable.unreadable()).isEmpty();
        return timetable.courses().get(0);
    }

    private static Timetable read(String rows, int total) {
        return TimetableReader.read(envelope(rows, total).getBytes(StandardCharsets.UTF_8));
    }

    private static String envelope(String rows, int total) {
        return "{\"Data\":" + rows + ",\"Total\":" + total + ",\"AggregateResults\":null,\"Errors\":null}";
    }

    private static String changed(String... fieldsAndValues) {
        try {
            ObjectNode row = (ObjectNode) JSON.readTree(ROW);
            for (int i = 0; i < fieldsAndValues.length; i += 2) {
                row.put(fieldsAndValues[i], fieldsAndValues[i + 1]);
            }
            return row.toString();
        } catch (java.io.IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }
}
