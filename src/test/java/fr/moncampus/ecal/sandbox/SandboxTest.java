package fr.moncampus.ecal.sandbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.Socket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class SandboxTest {

    @Test
    void everyHostIsAnOriginOfItsOwnUnlessOnePortIsAskedFor() {
        try (Sandbox many = Sandbox.start();
                Sandbox one = Sandbox.start(Options.standard().onOnePort())) {
            assertThat(List.of(many.timetableUrl(), origin(many.casUrl()), origin(many.ecalUrl()), many.elsewhereUrl()))
                    .doesNotHaveDuplicates();
            assertThat(List.of(origin(one.casUrl()), origin(one.ecalUrl()))).containsOnly(one.timetableUrl());
            assertThat(new Browser().logIn(one).body()).startsWith("{\"Data\"");
            assertThat(new EcalClient(one).list().statusCode()).isEqualTo(204);
        }
    }

    @Test
    void aHostServesNothingOfAnother() {
        try (Sandbox sandbox = Sandbox.start()) {
            assertThat(new Browser().get(sandbox.timetableUrl() + "/cas/login").statusCode())
                    .isEqualTo(404);
            assertThat(new Browser().get(origin(sandbox.casUrl()) + "/Home/Get").statusCode())
                    .isEqualTo(404);
        }
    }

    @Test
    void theConfigurationHasEveryKeyAndNoPermissionForHttpOnLoopback() {
        Options options = Options.standard()
                .student("prenom.nom", "l'ami: #1")
                .key("k", "s")
                .sessions(Term.believable(LocalDate.parse("2026-11-04"), 1));
        try (Sandbox sandbox = Sandbox.start(options)) {
            assertThat(sandbox.configuration().lines())
                    .containsExactly(
                            "moncampus_username: 'prenom.nom'",
                            "moncampus_password: 'l''ami: #1'",
                            "moncampus_start_date: '2026-09-14'",
                            "moncampus_end_date: '2027-01-29'",
                            "moncampus_url: '" + sandbox.timetableUrl() + "'",
                            "moncampus_cas_url: '" + sandbox.casUrl() + "'",
                            "ecal_api_key: 'k'",
                            "ecal_api_secret: 's'",
                            "ecal_calendar_id: '" + sandbox.calendar().id() + "'",
                            "ecal_url: '" + sandbox.ecalUrl() + "'");
        }
    }

    @Test
    void onAWildcardHostAnswersRepeatTheNameTheClientUsed() {
        Request asked = new Request(
                Server.TIMETABLE, "GET", URI.create("/"), Map.of("host", List.of("sandbox:9000")), new byte[0], false);
        Addresses one = new Addresses("0.0.0.0", true);
        Addresses many = new Addresses("0.0.0.0", false);
        one.put(Server.CAS, 8080);
        many.put(Server.CAS, 8081);

        assertThat(one.origin(Server.CAS, asked)).isEqualTo("http://sandbox:9000");
        assertThat(many.origin(Server.CAS, asked)).isEqualTo("http://sandbox:8081");
        assertThat(one.isLoopback()).isFalse();
        assertThat(new Addresses("127.0.0.1", true).isLoopback()).isTrue();
    }

    @Test
    void theLogKnowsHowManyRequestsStoodOpenAtOnce() {
        ExecutorService clients = Executors.newFixedThreadPool(4);
        try (Sandbox sandbox = Sandbox.start()) {
            sandbox.set(Switch.LATENCY_MILLIS, "300");
            List<CompletableFuture<?>> calls = new ArrayList<>();
            IntStream.range(0, 8)
                    .forEach(i -> calls.add(CompletableFuture.runAsync(() -> new EcalClient(sandbox).list(), clients)));
            calls.forEach(CompletableFuture::join);

            assertThat(sandbox.log().counter(Server.ECAL).total()).isEqualTo(8);
            assertThat(sandbox.log().counter(Server.ECAL).mostAtOnce()).isBetween(2, 4);
        } finally {
            clients.shutdown();
        }
    }

    @Test
    void theLogKeepsTheLatestAndCountsAll() {
        try (Sandbox sandbox = Sandbox.start(Options.standard().logLimit(2))) {
            for (int page = 1; page <= 3; page++) {
                new EcalClient(sandbox).list("page", Integer.toString(page));
            }
            assertThat(sandbox.log().requests())
                    .extracting(request -> request.parameters().get("page"))
                    .containsExactly("2", "3");
            assertThat(sandbox.log().total()).isEqualTo(3);
        }
    }

    @Test
    void nothingSecretIsPrinted() {
        Options options = Options.standard().student("prenom.nom", "PASSWORD").key("k", "SECRET");
        try (Sandbox sandbox = Sandbox.start(options)) {
            new Browser().logIn(sandbox);
            assertThat(options.toString()
                            + sandbox
                            + sandbox.log().entries()
                            + sandbox.school().students())
                    .doesNotContain("PASSWORD", "SECRET", "ticket", "execution");
        }
    }

    @Test
    void aClosedSandboxLetsItsPortsGoAndItsWaitersRun() throws Exception {
        Sandbox sandbox = Sandbox.start();
        URI address = URI.create(sandbox.timetableUrl());
        sandbox.close();

        sandbox.await();
        assertThatThrownBy(() -> new Socket(address.getHost(), address.getPort()).close())
                .isInstanceOf(IOException.class);
    }

    @Test
    void theDocumentNamesEverySwitchValueAndFault() throws IOException {
        String document = Files.readString(Path.of("docs/sandbox.md"));

        for (Switch each : Switch.values()) {
            assertThat(document)
                    .contains("| `" + each.label() + "` | " + each.meaning() + " | "
                            + String.join(
                                    ", ",
                                    each.choices().stream()
                                            .map(value -> "`" + value + "`")
                                            .toList()) + " |");
        }
        for (Effect.Kind kind : Effect.Kind.values()) {
            assertThat(document)
                    .contains("`" + kind.name().toLowerCase(Locale.ROOT).replace('_', '-') + "`");
        }
    }

    private static String origin(String address) {
        return address.replaceFirst("(http://[^/]*)/.*", "$1");
    }
}
