package fr.moncampus.ecal.page;

import fr.moncampus.ecal.run.Stage;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import org.apache.camel.component.platform.http.vertx.VertxPlatformHttpServer;
import org.apache.camel.component.platform.http.vertx.VertxPlatformHttpServerConfiguration;
import org.jsoup.Jsoup;
import org.jsoup.nodes.Document;

/** The page of a stage on a free port of this machine, asked as a browser without JavaScript does. */
final class Browser {
    /** Not HTTP/2: in its change of protocol, Java's client and the server now and then wait for each other. */
    private final HttpClient client =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

    private final VertxPlatformHttpServer server;

    Browser(Stage stage) throws Exception {
        VertxPlatformHttpServerConfiguration configuration = new VertxPlatformHttpServerConfiguration();
        configuration.setBindHost("127.0.0.1");
        configuration.setBindPort(0);
        server = new VertxPlatformHttpServer(configuration);
        stage.engine().context().addService(server);
        Page.serve(stage.configurations(), stage.data(), stage.engine(), stage.clock);
    }

    HttpResponse<String> get(String path) throws Exception {
        return send(HttpRequest.newBuilder(address(path)));
    }

    Document open(String path) throws Exception {
        return document(get(path));
    }

    /** @param form {@code name=value}, in that order */
    HttpResponse<String> post(String path, String... form) throws Exception {
        StringBuilder body = new StringBuilder();
        for (String field : form) {
            String[] parts = field.split("=", 2);
            body.append(body.isEmpty() ? "" : "&")
                    .append(parts[0])
                    .append('=')
                    .append(URLEncoder.encode(parts[1], StandardCharsets.UTF_8));
        }
        return send(HttpRequest.newBuilder(address(path))
                .header("Content-Type", "application/x-www-form-urlencoded")
                .POST(HttpRequest.BodyPublishers.ofString(body.toString())));
    }

    /** Asks again, as the page tells it to, until the action is over. */
    Document follow(HttpResponse<String> redirect) throws Exception {
        String to = redirect.headers().firstValue("Location").orElseThrow();
        Document page = open(to);
        while (!page.select("[data-running]").isEmpty()) {
            page = open(to);
        }
        return page;
    }

    static Document document(HttpResponse<String> answer) {
        return Jsoup.parse(answer.body());
    }

    private HttpResponse<String> send(HttpRequest.Builder request) throws Exception {
        return client.send(request.build(), HttpResponse.BodyHandlers.ofString());
    }

    private URI address(String path) {
        return URI.create("http://127.0.0.1:" + server.getPort() + path);
    }
}
