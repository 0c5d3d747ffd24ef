package fr.moncampus.ecal.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import fr.moncampus.ecal.endtoend.Program.Outcome;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** A student without an ECAL account: a feed, served by the finished program, and its address from a command of its own. */
class FeedIT {
    private final Workplace workplace = new Workplace();
    private final HttpClient phone = HttpClient.newHttpClient();

    @AfterEach
    void close() {
        workplace.close();
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }

    private Workplace.Person lea() {
        Workplace.Person lea = workplace.person("lea", 5);
        Stream.of("ecal_api_key", "ecal_api_secret", "ecal_calendar_id", "ecal_url")
                .forEach(key -> lea.with(key, null));
        return lea.with("target", "feed");
    }

    private String address(String... options) {
        Outcome told =
                workplace.run(Stream.concat(Stream.of("feed-address", "lea", "--format", "json"), Stream.of(options))
                        .toArray(String[]::new));
        assertThat(told.exit()).as(told.toString()).isZero();
        String address = told.json("lea").get("address").asText();
        assertThat(told.json("lea").get("webcal").asText()).isEqualTo(address.replace("http:", "webcal:"));
        return address;
    }

    private HttpResponse<String> read(String address) throws Exception {
        return phone.send(HttpRequest.newBuilder(URI.create(address)).build(), BodyHandlers.ofString());
    }

    @Test
    void aFeedIsServedWhileTheSchedulerRunsUntilItsAddressIsReplaced() throws Exception {
        lea();
        workplace.environment("FEED_PORT", String.valueOf(freePort()));
        Outcome checked = workplace.run("check");
        assertThat(checked.exit()).as(checked.toString()).isZero();
        assertThat(checked.out()).doesNotContain("ECAL");
        String address = address();
        Program run = workplace.start("run").untilLogged("5 créés");

        assertThat(read(address).body().split("BEGIN:VEVENT")).hasSize(6);
        String next = address("--new");
        assertThat(read(address).statusCode()).isEqualTo(404);
        assertThat(read(next).statusCode()).isEqualTo(200);
        assertThat(workplace.run("feed-address", "lea", "--remove").exit()).isZero();
        assertThat(read(next).statusCode()).isEqualTo(404);

        Outcome ended = run.terminate().await();
        assertThat(ended.exit()).isZero();
        Outcome told = workplace.run("status", "--format", "json");
        Outcome journal = workplace.run("errors", "lea", "--journal");
        for (String token : new String[] {address, next}) {
            String secret = token.replaceFirst(".*/(.*)\\.ics", "$1");
            assertThat(secret).hasSize(32);
            assertThat(ended + "" + told + journal).doesNotContain(secret);
            try (Stream<Path> files = Files.walk(workplace.folder())) {
                assertThat(files.filter(file -> file.toString().endsWith(".txt") && !Files.isDirectory(file))
                                .filter(file -> !file.getFileName().toString().startsWith("out-")))
                        .allSatisfy(file -> assertThat(Workplace.read(file)).doesNotContain(secret));
            }
        }
    }

    @Test
    void anAddressIsOnlyOfAFeed() {
        workplace.person("lea", 1);

        assertThat(workplace.run("feed-address", "lea")).satisfies(told -> {
            assertThat(told.exit()).isEqualTo(2);
            assertThat(told.err()).contains("target: feed");
        });
    }
}
