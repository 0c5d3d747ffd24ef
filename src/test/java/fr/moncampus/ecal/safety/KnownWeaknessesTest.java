package fr.moncampus.ecal.safety;

import static org.assertj.core.api.Assertions.assertThat;

import fr.moncampus.ecal.Fixtures;
import fr.moncampus.ecal.config.Configuration;
import fr.moncampus.ecal.ecal.EcalClient;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Properties;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The known weaknesses of Camel 4.18.0 and the settings by which they do not bite here; {@link HostileTextTest} has what happens at run time. */
class KnownWeaknessesTest {

    /** Placeholders in the header CamelHttpUri are resolved. */
    @Test
    void noRouteSetsTheHeaderWhosePlaceholdersCamelResolves() throws IOException {
        assertThat(routes())
                .doesNotContain("CamelHttpUri")
                .doesNotContain("dynamicRouter")
                .doesNotContain("recipientList")
                .doesNotContain("routingSlip");
    }

    /** What a server says never becomes an address: the dynamic ones are those that a configuration names. */
    @Test
    void noAddressIsMadeOfWhatAServerSays() throws IOException {
        assertThat(Pattern.compile(
                                "toD:\\s+id: \\S+\\s+uri: \"([^\"]+)\"\\s+#[^\\n]+\\s+allowOptimisedComponents: \"false\"")
                        .matcher(routes())
                        .results()
                        .map(match -> match.group(1)))
                .containsExactlyInAnyOrder(
                        "${exchangeProperty.session.site}",
                        "${exchangeProperty.feed.site}",
                        "${exchangeProperty.dav.site}",
                        "${exchangeProperty.ecal.address}");
        assertThat(routes().split("\\btoD:")).as("four of them").hasSize(5);
        Configuration configuration = Fixtures.configuration("alice");
        assertThat(new EcalClient(configuration).getAddress())
                .isEqualTo(configuration.calendar().ecal().toString());
    }

    /** Configured HTTP credentials are sent again across redirects. */
    @Test
    void noCredentialsAreConfiguredForTheHttpClient() throws IOException {
        assertThat(routes())
                .doesNotContainPattern("(?i)auth(Username|Password|Method|BearerToken)|oauth|proxyAuth")
                .contains("followRedirects: \"false\"");
        assertThat(settings().stringPropertyNames())
                .noneMatch(name -> name.matches("(?i).*\\.(http|https)\\.(proxy-)?(o?auth).*"));
        assertThat(settings())
                .containsEntry("camel.component.http.follow-redirects", "false")
                .containsEntry("camel.component.https.follow-redirects", "false");
    }

    /** The management server's authentication is weak. */
    @Test
    void theManagementServerIsOffOrOnLoopback() throws IOException {
        Properties settings = settings();
        for (String server : new String[] {"camel.management", "camel.server"}) {
            if (!"false"
                    .equals(settings.getProperty(
                            server + ".enabled", settings.getProperty(server + "-enabled", "false")))) {
                assertThat(settings.getProperty(server + ".host"))
                        .matches("127\\.0\\.0\\.1|\\{\\{env:MANAGEMENT_HOST:127\\.0\\.0\\.1}}");
            }
        }
    }

    private static Properties settings() throws IOException {
        Properties settings = new Properties();
        try (InputStream stream = KnownWeaknessesTest.class.getResourceAsStream("/application.properties")) {
            settings.load(stream);
        }
        return settings;
    }

    private static String routes() throws IOException {
        StringBuilder text = new StringBuilder();
        try (Stream<Path> files = Files.list(Path.of("routes"))) {
            for (Path file : files.toList()) {
                text.append(Files.readString(file));
            }
        }
        return text.toString();
    }
}
