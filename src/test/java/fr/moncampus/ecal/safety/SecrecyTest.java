package fr.moncampus.ecal.safety;

import static org.assertj.core.api.Assertions.assertThat;

import fr.moncampus.ecal.report.RunError;
import fr.moncampus.ecal.report.RunResult;
import fr.moncampus.ecal.run.Purpose;
import fr.moncampus.ecal.sandbox.Effect;
import fr.moncampus.ecal.sandbox.Fault;
import fr.moncampus.ecal.sandbox.Server;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Who the secrets are told, and who can read what is kept. */
class SecrecyTest {
    private final Installation installation = new Installation(3);

    @TempDir
    private Path folder;

    @AfterEach
    void close() {
        installation.close();
    }

    @ParameterizedTest
    @ValueSource(strings = {"moncampus_url", "moncampus_cas_url", "ecal_url"})
    void aCertificateThatNobodyVouchesForEndsTheConnection(String key) throws Exception {
        try (SelfSigned server = new SelfSigned(folder)) {
            installation.key(key, server.origin() + (key.equals("moncampus_cas_url") ? "/cas/login" : ""));
            if (key.equals("moncampus_cas_url")) {
                installation
                        .sandbox()
                        .faults()
                        .add(Fault.on(
                                        Server.TIMETABLE,
                                        Effect.status(302).header("Location", server.origin() + "/cas/login"))
                                .always());
            }

            RunResult result = installation.sync();

            assertThat(result.error().kind()).hasToString(key.equals("ecal_url") ? "ecal" : "moncampus");
            assertThat(result.error().message()).contains("certificat");
            assertThat(server.requests()).isZero();
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {301, 302, 303, 307, 308})
    void ecalsRedirectsLeadNowhere(int status) {
        installation
                .sandbox()
                .faults()
                .add(Fault.on(
                                Server.ECAL,
                                Effect.status(status)
                                        .header(
                                                "Location",
                                                installation.sandbox().elsewhereUrl() + "/apiv2/event/"))
                        .always());

        assertThat(installation.sync().error().kind()).isEqualTo(RunError.Kind.ECAL);

        assertThat(installation.sandbox().log().requests(Server.ELSEWHERE)).isEmpty();
        assertThat(installation.writes()).isZero();
    }

    @Test
    void everythingThatIsKeptIsItsOwnersOnly() throws IOException {
        installation
                .sandbox()
                .faults()
                .add(Fault.on(Server.ECAL, Effect.status(400)).method("POST").times(1));
        installation.with(engine -> {
            engine.run("camille", Purpose.SYNC);
            assertPrivate();
            return null;
        });
        assertThat(installation.errors()).isNotEmpty();
        assertPrivate();
    }

    @Test
    void aMemoryThatOthersCouldReadIsClosedToThem() throws IOException {
        installation.sync();
        Files.setPosixFilePermissions(installation.memory(), PosixFilePermissions.fromString("rw-r--r--"));

        installation.sync();

        assertPrivate();
    }

    @Test
    void nothingKeptHoldsASecret() throws IOException {
        Fault refusal = Fault.on(
                Server.ECAL,
                Effect.status(400)
                        .body("{\"status\":\"400\",\"statusLong\":\"apiKey="
                                + installation
                                        .configuration()
                                        .calendar()
                                        .apiKey()
                                        .reveal() + " secret "
                                + installation
                                        .configuration()
                                        .calendar()
                                        .apiSecret()
                                        .reveal() + " " + Installation.PASSWORD
                                + "\"}"));
        installation.sandbox().faults().add(refusal.method("POST").always());
        installation.sync();
        installation.sandbox().faults().clear();
        installation.sandbox().school().student("camille.martin").changePassword("another");
        installation.sandbox().expireSessions();
        installation.sync();

        List<String> secrets = List.of(
                Installation.PASSWORD,
                installation.configuration().calendar().apiKey().reveal(),
                installation.configuration().calendar().apiSecret().reveal(),
                "ST-",
                "apiSign=");
        try (Stream<Path> files = Files.walk(installation.data())) {
            assertThat(files.filter(Files::isRegularFile).toList()).isNotEmpty().allSatisfy(file -> {
                byte[] bytes = Files.readAllBytes(file);
                for (var charset : List.of(StandardCharsets.ISO_8859_1, StandardCharsets.UTF_8)) {
                    assertThat(new String(bytes, charset)).as(file.toString()).doesNotContain(secrets);
                }
            });
        }
    }

    private void assertPrivate() {
        try (Stream<Path> files = Files.walk(installation.data())) {
            for (Path file : files.toList()) {
                Set<PosixFilePermission> expected =
                        PosixFilePermissions.fromString(Files.isDirectory(file) ? "rwx------" : "rw-------");
                assertThat(Files.getPosixFilePermissions(file))
                        .as(file.toString())
                        .isEqualTo(expected);
            }
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }
}
