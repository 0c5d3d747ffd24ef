package fr.moncampus.ecal.watch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.BindException;
import java.net.SocketException;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ManagementTest {
    @Test
    void nothingIsServedUnlessAPortIsNamedAndThenOnLoopback() {
        assertThat(Management.of(name -> null)).isEqualTo(new Management("127.0.0.1", null, true));
        assertThat(Management.of(Map.of("MANAGEMENT_PORT", "8080")::get))
                .isEqualTo(new Management("127.0.0.1", 8080, true));
        assertThat(Management.of(Map.of("MANAGEMENT_HOST", "0.0.0.0", "MANAGEMENT_PORT", "")::get))
                .isEqualTo(new Management("0.0.0.0", null, true));
    }

    @Test
    void theCamelCommandLineSeesTheProcessUnlessThatIsSwitchedOff() {
        assertThat(Management.of(Map.of("CAMEL_CLI", "true")::get).commandLine())
                .isTrue();
        assertThat(Management.of(Map.of("CAMEL_CLI", "false")::get).commandLine())
                .isFalse();
    }

    @Test
    void aPortThatCannotBeHadIsToldWithWhatToDo() {
        Management management = new Management("127.0.0.1", 8080, false);
        assertThat(management.cannotServe(new BindException("Address already in use")))
                .contains("8080", "déjà pris", "MANAGEMENT_PORT=8081", "continuent");
        assertThat(new Management("127.0.0.1", 80, false).cannotServe(new BindException("Permission denied")))
                .contains("80", "réservé", "MANAGEMENT_PORT=8080");
        assertThat(new Management("10.9.8.7", 8080, false)
                        .cannotServe(new BindException("Cannot assign requested address")))
                .contains("MANAGEMENT_HOST=10.9.8.7");
        assertThat(new Management("nowhere", 8080, false).cannotServe(new SocketException("Unresolved address")))
                .contains("MANAGEMENT_HOST=nowhere");
    }

    @ParameterizedTest
    @ValueSource(strings = {"http", "-1", "65536", "999999", "80 80"})
    void whatIsNoPortIsRefused(String port) {
        assertThatThrownBy(() -> Management.of(Map.of("MANAGEMENT_PORT", port)::get))
                .hasMessageContaining("MANAGEMENT_PORT");
    }

    @ParameterizedTest
    @CsvSource({
        "127.0.0.1,  127.0.0.1,  localhost:8080,    ,                   ,            true",
        "127.0.0.1,  127.0.0.1,  127.0.0.1,         ,                   ,            true",
        "127.0.0.1,  127.0.0.1,  ,                  ,                   ,            true",
        "::1,        ::1,        [::1]:8080,        ,                   none,        true",
        "172.18.0.2, 172.18.0.1, localhost:8080,    ,                   ,            false",
        "172.18.0.2, 172.18.0.2, 172.18.0.2:8080,   ,                   ,            false",
        "127.0.0.1,  127.0.0.1,  rebound.example,   ,                   ,            false",
        "127.0.0.1,  127.0.0.1,  127.0.0.1.nip.io,  ,                   ,            false",
        "127.0.0.1,  127.0.0.1,  localhost:8080,    http://localhost,   ,            false",
        "127.0.0.1,  127.0.0.1,  localhost:8080,    ,                   cross-site,  false"
    })
    void theConsoleAnswersToThisMachineOnly(
            String to, String from, String host, String origin, String site, boolean local) {
        assertThat(ManagementServer.isLocal(to, from, name -> switch (name) {
                    case "Host" -> host;
                    case "Origin" -> origin;
                    case "Sec-Fetch-Site" -> site;
                    default -> null;
                }))
                .isEqualTo(local);
    }
}
