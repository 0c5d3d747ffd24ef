package fr.moncampus.ecal.run;

import static org.assertj.core.api.Assertions.assertThat;

import fr.moncampus.ecal.Contexts;
import fr.moncampus.ecal.Fixtures;
import fr.moncampus.ecal.Logged;
import fr.moncampus.ecal.MovableClock;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.apache.camel.BindToRegistry;
import org.apache.camel.CamelContext;
import org.apache.camel.main.MainConfigurationProperties;
import org.apache.camel.spi.CliConnector;
import org.apache.camel.test.main.junit5.CamelMainTestSupport;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The routes of routes/errors.camel.yaml alone, as Camel Main reads them. */
class ErrorFileRouteTest extends CamelMainTestSupport {
    @TempDir
    private static Path folder;

    private Path file;

    @BindToRegistry("dead-letters")
    private final DeadLetterSteps steps = new DeadLetterSteps();

    /** Never asked to note anything here: the entries are given. */
    private final DeadLetters deadLetters = new DeadLetters(
            Fixtures.configuration("alice"),
            folder.resolve("errors.txt"),
            null,
            new MovableClock("2026-10-05T06:00:00Z"));

    @Override
    protected CamelContext createCamelContext() throws Exception {
        return Contexts.withoutCommandLine(super.createCamelContext());
    }

    @Override
    protected void configure(MainConfigurationProperties configuration) {
        configuration.withRoutesIncludePattern("file:routes/errors.camel.yaml");
    }

    @BeforeEach
    void nameTheFile() {
        file = folder.resolve("errors.txt");
    }

    @Test
    void entriesAreAppendedALineEachForTheirOwnerOnly() throws Exception {
        assertThat(context.hasService(CliConnector.class)).isNull();
        append(null);
        assertThat(file).doesNotExist();

        append("été ${body} {{x}}");
        append("hiver");

        assertThat(file).hasContent("été ${body} {{x}}\nhiver\n");
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                .isEqualTo("rw-------");
    }

    @Test
    void whatCannotBeWrittenIsInTheLog() {
        DeadLetters nowhere = new DeadLetters(
                Fixtures.configuration("alice"), folder, null, new MovableClock("2026-10-05T06:00:00Z"));
        try (Logged logged = new Logged()) {
            template.sendBodyAndProperty("direct:error-file", "printemps", DeadLetters.PROPERTY, nowhere);

            assertThat(logged.troubles())
                    .singleElement()
                    .asString()
                    .contains("alice", folder.toString(), "vérifiez ses droits")
                    .endsWith("printemps");
        }
    }

    private void append(String entry) {
        template.sendBodyAndProperty("direct:error-file", entry, DeadLetters.PROPERTY, deadLetters);
    }
}
