package fr.moncampus.ecal.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.fasterxml.jackson.core.JsonParseException;
import fr.moncampus.ecal.calendar.CalendarException;
import fr.moncampus.ecal.memory.Database;
import fr.moncampus.ecal.memory.MemoryException;
import fr.moncampus.ecal.moncampus.PortalException;
import fr.moncampus.ecal.report.RunError;
import fr.moncampus.ecal.report.RunError.Kind;
import fr.moncampus.ecal.timetable.SourceException;
import java.io.IOException;
import java.net.UnknownHostException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.stream.Stream;
import org.apache.camel.http.base.HttpOperationFailedException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Who is to blame, and in whose words. */
class FailuresTest {
    static Stream<Arguments> troubles() {
        PortalException portal = new PortalException(PortalException.Kind.REFUSED, "refusé");
        SourceException source = new SourceException("illisible");
        CalendarException calendar = new CalendarException(403, "refus");
        HttpOperationFailedException answer =
                new HttpOperationFailedException("http://x?key=1", 418, "teapot", null, Map.of(), "body");
        return Stream.of(
                Arguments.of(portal, Kind.MONCAMPUS, Kind.MONCAMPUS, "refusé"),
                Arguments.of(portal, Kind.ECAL, Kind.MONCAMPUS, "refusé"),
                Arguments.of(portal, Kind.SOURCE, Kind.SOURCE, "refusé"),
                Arguments.of(source, Kind.SOURCE, Kind.SOURCE, "illisible"),
                Arguments.of(source, Kind.ECAL, Kind.SOURCE, "illisible"),
                Arguments.of(calendar, Kind.ECAL, Kind.ECAL, "refus"),
                Arguments.of(calendar, Kind.TARGET, Kind.TARGET, "refus"),
                Arguments.of(calendar, Kind.MONCAMPUS, Kind.TARGET, "refus"),
                Arguments.of(new InterruptedException(), Kind.ECAL, Kind.INTERRUPTED, RunError.INTERRUPTED.message()),
                Arguments.of(answer, Kind.MONCAMPUS, Kind.MONCAMPUS, "MonCampus a répondu par une erreur (418)."),
                Arguments.of(answer, Kind.ECAL, Kind.ECAL, "ECAL a répondu par une erreur (418)."),
                Arguments.of(answer, Kind.TARGET, Kind.TARGET, "Le calendrier a répondu par une erreur (418)."),
                Arguments.of(
                        answer,
                        Kind.SOURCE,
                        Kind.SOURCE,
                        "L'emploi du temps de l'école a répondu par une erreur (418)."),
                Arguments.of(
                        new JsonParseException(null, "<html>"),
                        Kind.ECAL,
                        Kind.ECAL,
                        "ECAL a répondu par autre chose que ce qui était attendu (du JSON)."));
    }

    @ParameterizedTest
    @MethodSource("troubles")
    void aTroubleIsToldAsThatOfWhoeverWasAsked(Exception cause, Kind asked, Kind kind, String message) {
        assertThat(Failures.explain(cause, asked)).isEqualTo(new RunError(kind, message));
    }

    @Test
    void aMemoryThatCannotBeUsedIsNobodyElses(@TempDir Path folder) throws IOException {
        Path file = Files.writeString(folder.resolve("file"), "");
        MemoryException memory = catchThrowableOfType(
                MemoryException.class, () -> Database.open(file.resolve("data")).close());

        assertThat(Failures.explain(memory, Kind.ECAL)).isEqualTo(new RunError(Kind.MEMORY, memory.getMessage()));
    }

    @Test
    void aLineThatFailsIsThatOfWhoeverWasAsked() {
        assertThat(Failures.explain(new UnknownHostException("x"), Kind.TARGET))
                .satisfies(error -> assertThat(error.kind()).isEqualTo(Kind.TARGET))
                .satisfies(error -> assertThat(error.message()).startsWith("Le calendrier : adresse introuvable"));
    }
}
