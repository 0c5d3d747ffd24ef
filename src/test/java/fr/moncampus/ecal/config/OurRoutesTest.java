package fr.moncampus.ecal.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Properties;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

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

    /** What a source or target of ours declares is what the program reads: no key lacks its explanation, and none is explained in vain. */
    @ParameterizedTest
    @EnumSource(Connector.Role.class)
    void oursDeclareTheVeryKeysThatAreReadForThem(Connector.Role role) {
        Connectors connectors = Connectors.of(routes.templates(), Set.of());
        String ours = role.key().defaultValue();

        assertThat(connectors.of(role).get(ours).keys(name -> false))
                .extracting(Template.Parameter::name, Template.Parameter::required, Template.Parameter::defaultValue)
                .containsExactlyInAnyOrderElementsOf(Arrays.stream(Key.values())
                        .filter(key -> ours.equals(key.connector()))
                        .map(key -> tuple(key.key(), key.isRequired(), key.defaultValue()))
                        .toList());
    }
}
