package fr.moncampus.ecal.run;

import static org.assertj.core.api.Assertions.assertThat;

import fr.moncampus.ecal.Fixtures;
import fr.moncampus.ecal.MovableClock;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.apache.camel.BindToRegistry;
import org.apache.camel.builder.TemplatedRouteBuilder;
import org.apache.camel.cli.connector.DefaultCliConnectorFactory;
import org.apache.camel.main.MainConfigurationProperties;
import org.apache.camel.test.main.junit5.CamelMainTestSupport;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The templates of routes/errors.camel.yaml alone, as Camel Main reads them. */
class ErrorFileRouteTest extends CamelMainTestSupport {
    @TempDir
    private static Path folder;
    private Path file;

    /** Never asked to note anything here: the entries are given. */
    @BindToRegistry("alice-dead-letters")
    private final DeadLetters deadLetters = new DeadLetters(Fixtures.configuration("alice"), folder.resolve("errors.txt"), null, new MovableClock("2026-10-05T06:00:00Z"));

    /** See {@link Engine}. */
    @BindToRegistry("cli-connector-factory")
    private final DefaultCliConnectorFactory none = Engine.noCliConnector();

    @Override
    protected void configure(MainConfigurationProperties configuration) {
        configuration.withRoutesIncludePattern("file:routes/errors.camel.yaml");
    }

    @BeforeEach
    void copyTheTemplate() {
        file = folder.resolve("errors.txt");
        TemplatedRouteBuilder.builder(context, "error-file").routeId("alice-error-file").parameter("config", "alice")
                .parameter("error_folder", folder.toString()).parameter("error_file", "errors.txt").add();
    }

    @Test
    void entriesAreAppendedALineEachForTheirOwnerOnly() throws Exception {
        assertThat(context.hasService(org.apache.camel.spi.CliConnector.class)).isNull();
        template.sendBody("direct:alice-error-file", null);
        assertThat(file).doesNotExist();

        template.sendBody("direct:alice-error-file", "été ${body} {{x}}");
        template.sendBody("direct:alice-error-file", "hiver");

        assertThat(file).hasContent("été ${body} {{x}}\nhiver\n");
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file))).isEqualTo("rw-------");
    }
}
