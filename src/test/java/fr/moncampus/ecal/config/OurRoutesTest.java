package fr.moncampus.ecal.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.Properties;
import org.junit.jupiter.api.Test;

/** The routes that come with the program have nothing to find, not even a warning. */
class OurRoutesTest {
    private final RouteFiles routes = RouteFiles.read(Path.of("routes"));

    @Test
    void camelReadsThem() {
        assertThat(RouteCheck.check(routes)).isEmpty();
    }

    @Test
    void everyTemplateParameterIsDescribedAndEveryIdIsUnique() {
        assertThat(routes.templates()).isNotEmpty();
        assertThat(routes.findings()).isEmpty();
    }

    @Test
    void everyPlaceholderIsAParameterOrAProperty() throws IOException {
        Properties properties = new Properties();
        try (InputStream in = OurRoutesTest.class.getResourceAsStream("/application.properties")) {
            properties.load(in);
        }

        assertThat(RouteParameters.checkPlaceholders(routes, properties::containsKey))
                .isEmpty();
    }
}
