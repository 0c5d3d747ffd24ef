package fr.moncampus.ecal.http;

import java.io.InterruptedIOException;
import java.net.ConnectException;
import java.net.NoRouteToHostException;
import java.net.UnknownHostException;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLHandshakeException;
import org.apache.hc.client5.http.ConnectTimeoutException;

/** What went wrong between us and a service, in the user's words and without those of the HTTP library, which quote whole addresses. */
public final class NetworkFailure {
    private NetworkFailure() {}

    /** @param who the service, as in "ECAL" */
    public static String describe(String who, Throwable e) {
        if (e instanceof Transport.LimitException) {
            return who + " " + e.getMessage() + " : lecture abandonnée.";
        }
        if (e instanceof UnknownHostException) {
            return who + " : adresse introuvable. Vérifiez l'adresse et la connexion à Internet.";
        }
        if (e instanceof SSLException) {
            return who
                    + " : connexion sécurisée refusée (certificat). L'horloge de la machine est-elle juste ? L'adresse est-elle la bonne ?";
        }
        if (e instanceof InterruptedIOException) {
            return who + " : pas de réponse à temps.";
        }
        if (e instanceof ConnectException || e instanceof NoRouteToHostException) {
            return who + " : connexion impossible. Le service est-il en panne, la machine est-elle reliée à Internet ?";
        }
        if (e instanceof HostLimits.BusyException) {
            return who + " : trop de synchronisations en même temps, le tour de celle-ci n'est pas venu.";
        }
        if (isRefusedByProxy(e)) {
            return who + " : le proxy refuse la connexion. Vérifiez HTTPS_PROXY (adresse, identifiant) ou NO_PROXY.";
        }
        return who + " : connexion coupée en cours d'échange.";
    }

    /** True when surely nothing reached the service. */
    public static boolean isBeforeSending(Throwable e) {
        return e instanceof UnknownHostException
                || e instanceof ConnectException
                || e instanceof NoRouteToHostException
                || e instanceof ConnectTimeoutException
                || e instanceof SSLHandshakeException
                || e instanceof HostLimits.BusyException
                || isRefusedByProxy(e);
    }

    /** The proxy of the environment does not let us through. */
    public static boolean isRefusedByProxy(Throwable e) {
        return e instanceof EnvironmentProxy.ProxyRefusedException;
    }
}
