package fr.moncampus.ecal.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import org.apache.hc.client5.http.classic.methods.HttpUriRequestBase;
import org.apache.hc.client5.http.impl.classic.CloseableHttpClient;
import org.apache.hc.client5.http.impl.classic.HttpClientBuilder;
import org.apache.hc.core5.http.ContentType;
import org.apache.hc.core5.http.io.entity.StringEntity;
import org.apache.hc.core5.http.message.BasicHttpResponse;
import org.apache.hc.core5.http.protocol.HttpCoreContext;
import org.apache.hc.core5.util.TimeValue;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Against a server that closes kept-alive connections without a word. */
@Timeout(60)
class ConnectionsTest {
    private final SilentServer server = new SilentServer();
    private CloseableHttpClient client;

    @BeforeEach
    void aClientAsTheRoutesHaveIt() {
        HttpClientBuilder builder = HttpClientBuilder.create();
        new Transport(1000, Duration.ofSeconds(20), name -> null).configure(builder, Connections.pool());
        client = builder.build();
    }

    @AfterEach
    void close() throws IOException {
        client.close();
        server.close();
    }

    @ParameterizedTest
    @CsvSource({
        "GET,false",
        "GET,true",
        "POST,false",
        "POST,true",
        "PUT,false",
        "PUT,true",
        "DELETE,false",
        "DELETE,true"
    })
    void nothingIsSentOnAConnectionThatTheServerHasClosed(String method, boolean reset) throws IOException {
        send(method, ContentType.APPLICATION_JSON);
        server.closeIdle(reset);

        assertThat(send(method, ContentType.APPLICATION_JSON)).isEqualTo(200);
        assertThat(server.connections)
                .hasSize(2)
                .allSatisfy(requests -> assertThat(requests).hasSize(1));
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 3})
    void aLoginGoesOutOnANewConnectionEvenIfTheOldOneLooksAlive(int before) throws IOException {
        server.goDeafAfter(before);
        for (int i = 0; i < before; i++) {
            send("GET", null);
        }

        assertThat(send("POST", ContentType.APPLICATION_FORM_URLENCODED)).isEqualTo(200);
        assertThat(server.connections).hasSize(2);
        assertThat(server.connections.get(1)).containsExactly("POST / HTTP/1.1");
    }

    @Test
    void aBurstOfWritesSharesAConnection() throws IOException {
        for (int i = 0; i < 10; i++) {
            send("POST", ContentType.APPLICATION_JSON);
            send("POST", null);
        }

        assertThat(server.connections).hasSize(1);
    }

    @ParameterizedTest
    @CsvSource({"timeout=0,0", "timeout=1,1", "timeout=60,2", "timeout=-1,2", "max=5,2"})
    void aConnectionIsKeptForTwoSecondsAtMost(String header, int seconds) {
        BasicHttpResponse response = new BasicHttpResponse(200);
        response.addHeader("Keep-Alive", header);

        assertThat(Connections.keepAlive(response, HttpCoreContext.create()))
                .isEqualByComparingTo(TimeValue.ofSeconds(seconds));
    }

    private int send(String method, ContentType type) throws IOException {
        HttpUriRequestBase request = new HttpUriRequestBase(method, URI.create(server.address()));
        if (type != null && !method.equals("GET")) {
            request.setEntity(new StringEntity("a=b", type));
        }
        return client.execute(request, response -> response.getCode());
    }
}
