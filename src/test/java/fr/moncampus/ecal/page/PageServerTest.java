package fr.moncampus.ecal.page;

import static org.assertj.core.api.Assertions.assertThat;

import fr.moncampus.ecal.Contexts;
import fr.moncampus.ecal.door.DoorSettings;
import fr.moncampus.ecal.door.Request;
import fr.moncampus.ecal.door.ServerThreads;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.file.Path;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.component.platform.http.main.ManagementHttpServer;
import org.apache.camel.impl.DefaultCamelContext;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PageServerTest {
    @TempDir
    private Path data;

    private final AtomicBoolean asked = new AtomicBoolean();
    private DefaultCamelContext context;

    @BeforeEach
    void start() {
        context = Contexts.withoutCommandLine();
        context.start();
    }

    @AfterEach
    void stop() throws Exception {
        context.close();
    }

    private PageServer begin(String host, Integer port) throws Exception {
        PageServer server = new PageServer(new DoorSettings(host, port, null, Set.of()), data, () -> 0);
        server.begin(context, () -> {
            asked.set(true);
            addRoute();
        });
        return server;
    }

    private void addRoute() {
        try {
            context.addRoutes(new RouteBuilder() {
                @Override
                public void configure() {
                    from("platform-http:/{name}?httpMethodRestrict=GET,POST")
                            .setBody(simple("${header.name}"))
                            .removeHeaders("*");
                }
            });
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }

    @Test
    void aRouteIsServedBehindTheDoor() throws Exception {
        int port = URI.create(begin("127.0.0.1", 0).address()).getPort();

        Request.Answer answer = Request.get("/bonjour?Set-Cookie=a&Location=b").to(port);
        assertThat(answer.body()).contains("bonjour");
        assertThat(answer.headers())
                .containsKey("content-security-policy")
                .doesNotContainKeys("set-cookie", "location");
        assertThat(Request.get("/bonjour").with("Host", "evil.example").to(port).status())
                .isEqualTo(421);
        assertThat(Request.post("/bonjour", "")
                        .with("Origin", "http://evil.example")
                        .to(port)
                        .status())
                .isEqualTo(403);
        assertThat(Request.post("/bonjour", "x".repeat(100_000)).to(port).status())
                .isEqualTo(413);
        assertThat(Request.get("/q/dev").to(port).status()).isEqualTo(404);
    }

    @Test
    void theRoutesAreThePagesAloneWhenThereIsAManagementServer() throws Exception {
        int management = freePort();
        ServerThreads.prepare(context);
        ManagementHttpServer other = new ManagementHttpServer();
        other.setHost("127.0.0.1");
        other.setPort(management);
        other.setPath("/");
        context.addService(other);

        int port = URI.create(begin("127.0.0.1", 0).address()).getPort();

        assertThat(Request.get("/bonjour").to(port).body()).contains("bonjour");
        assertThat(Request.get("/bonjour").to(management).status()).isEqualTo(404);
    }

    /** Of two servers that ask for any port Camel would know one. */
    private static int freePort() throws IOException {
        try (ServerSocket any = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return any.getLocalPort();
        }
    }

    @Test
    void aPortThatIsTakenCostsThePageAndNothingElse() throws Exception {
        try (ServerSocket other = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            assertThat(begin("127.0.0.1", other.getLocalPort()).address()).isNull();
            assertThat(asked).isFalse();
        }
    }

    @Test
    void withoutAPortThereIsNoPage() throws Exception {
        assertThat(begin("127.0.0.1", null).address()).isNull();
        assertThat(asked).isFalse();
        assertThat(context.getRegistry().lookupByName("vertx")).isNull();
    }

    @Test
    void onAnyOtherAddressItIsRefusedWithoutAPassword() throws Exception {
        assertThat(begin("0.0.0.0", 0).address()).isNull();
        assertThat(asked).isFalse();
    }
}
