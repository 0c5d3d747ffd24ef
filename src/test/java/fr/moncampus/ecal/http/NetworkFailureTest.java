package fr.moncampus.ecal.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.EOFException;
import java.io.IOException;
import java.net.ConnectException;
import java.net.NoRouteToHostException;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.util.List;
import java.util.Map;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLHandshakeException;
import org.apache.hc.client5.http.ConnectTimeoutException;
import org.junit.jupiter.api.Test;

class NetworkFailureTest {
    private static final String ADDRESS = "http://api.example/event/?apiSign=0123";

    @Test
    void eachTroubleHasItsWordsWithoutThoseOfTheLibrary() {
        Map<IOException, String> words = Map.of(
                new UnknownHostException(ADDRESS),
                "introuvable",
                new SSLException(ADDRESS),
                "certificat",
                new SocketTimeoutException(ADDRESS),
                "à temps",
                new ConnectException(ADDRESS),
                "connexion impossible",
                new NoRouteToHostException(ADDRESS),
                "connexion impossible",
                new EOFException(ADDRESS),
                "coupée",
                new Transport.LimitException("a répondu par plus de 20 Mo"),
                "20 Mo",
                new HostLimits.BusyException(),
                "en même temps",
                new EnvironmentProxy.ProxyRefusedException(),
                "HTTPS_PROXY");

        words.forEach((trouble, word) -> assertThat(NetworkFailure.describe("ECAL", trouble))
                .startsWith("ECAL")
                .contains(word)
                .doesNotContain("apiSign"));
    }

    @Test
    void onlyAConnectionThatNeverWasLeavesNoDoubt() {
        assertThat(List.of(
                        new UnknownHostException(),
                        new ConnectException(),
                        new NoRouteToHostException(),
                        new SSLHandshakeException("x"),
                        new ConnectTimeoutException("x"),
                        new HostLimits.BusyException(),
                        new EnvironmentProxy.ProxyRefusedException()))
                .allMatch(NetworkFailure::isBeforeSending);
        assertThat(List.of(
                        new SocketTimeoutException(),
                        new SocketException("reset"),
                        new EOFException(),
                        new SSLException("x")))
                .noneMatch(NetworkFailure::isBeforeSending);
    }
}
