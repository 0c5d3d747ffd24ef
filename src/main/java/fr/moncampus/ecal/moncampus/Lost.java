package fr.moncampus.ecal.moncampus;

import fr.moncampus.ecal.http.Transport;
import fr.moncampus.ecal.http.Trouble;
import fr.moncampus.ecal.moncampus.PortalException.Kind;
import java.io.InterruptedIOException;
import java.net.ConnectException;
import java.net.URI;
import java.net.UnknownHostException;
import javax.net.ssl.SSLException;

/** Why a request brought no answer, said without the words of the HTTP library: those quote whole addresses. */
final class Lost {
    private Lost() {}

    static PortalException explain(Throwable trouble, URI address) {
        String site = Sites.name(address);
        if (trouble instanceof Transport.TooMuch tooMuch) {
            return new PortalException(
                    Kind.UNREADABLE,
                    site + " " + tooMuch.getMessage() + " : ce n'est pas un emploi du temps. Réessayez plus tard.");
        }
        if (trouble instanceof UnknownHostException) {
            return new PortalUnavailable(
                    site + " est introuvable : vérifiez la connexion à Internet, et l'adresse dans la configuration.");
        }
        if (trouble instanceof SSLException) {
            return new PortalUnavailable(
                    site + " ne présente pas de certificat valable : vérifiez l'adresse et l'heure de cette machine.");
        }
        if (trouble instanceof ConnectException) {
            return new PortalUnavailable(site + " n'accepte pas de connexion. L'outil réessaiera de lui-même.");
        }
        if (trouble instanceof InterruptedIOException) {
            return new PortalUnavailable(site + " n'a pas répondu à temps. L'outil réessaiera de lui-même.");
        }
        if (Trouble.isRefusedByProxy(trouble)) {
            return new PortalUnavailable("Le proxy refuse la connexion à " + site
                    + " : vérifiez HTTPS_PROXY (adresse, identifiant) ou NO_PROXY.");
        }
        return new PortalUnavailable("La connexion à " + site + " a été coupée. L'outil réessaiera de lui-même.");
    }
}
