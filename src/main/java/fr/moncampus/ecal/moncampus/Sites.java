package fr.moncampus.ecal.moncampus;

import fr.moncampus.ecal.http.Text;
import fr.moncampus.ecal.moncampus.PortalException.Kind;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.util.Locale;

/**
 * The two places that requests may go to. They can share an origin, so the login page is known by its path.
 *
 * @param timetable any address of the timetable's origin
 * @param login     the configured login page
 */
record Sites(URI timetable, URI login) {
    private static final String LEGAL = "-._~:/?#[]@!$&'()*+,;=";

    /** Whether the address is the login page itself, whatever its query. */
    boolean isLogin(URI address) {
        return sameOrigin(address, login) && path(address).equals(path(login));
    }

    /** Whether only the CAS can have given this address: never true when both sites share an origin. */
    boolean isCas(URI address) {
        return sameOrigin(address, login) && !isTimetable(address);
    }

    boolean isTimetable(URI address) {
        return sameOrigin(address, timetable);
    }

    /** As it was configured: what a server says never becomes part of an endpoint's address. */
    String origin(boolean cas) {
        URI site = cas ? login : timetable;
        return site.getScheme() + "://" + site.getRawAuthority();
    }

    /** Whether a form may name this address as its action: on the CAS, in the folder of the login page or below. */
    boolean mayReceiveTheForm(URI action) {
        String path = rawPath(action);
        String folder = rawPath(login).substring(0, rawPath(login).lastIndexOf('/') + 1);
        return sameOrigin(action, login)
                && path.startsWith(folder)
                && !path.contains("..")
                && !path.toLowerCase(Locale.ROOT).matches(".*%(2e|2f|5c).*");
    }

    /**
     * Where a redirect leads.
     *
     * @throws PortalException {@code UNSAFE} when that is neither of the two origins
     */
    URI follow(URI here, String location) {
        URI target = resolve(here, location);
        if (!isTimetable(target) && !sameOrigin(target, login)) {
            throw new PortalException(
                    Kind.UNSAFE,
                    "MonCampus renvoie vers un autre site (" + name(target) + "), qui n'est ni moncampus_url ni "
                            + "moncampus_cas_url : rien ne lui est envoyé. Si l'adresse de votre école a changé, corrigez ces deux clés.");
        }
        return target;
    }

    /** Resolves as a browser would, lenient with illegal characters; drops the fragment and any user name. */
    URI resolve(URI here, String reference) {
        String legal = escapeIllegal(reference.strip());
        try {
            return plain(here, parse(here, legal));
        } catch (URISyntaxException brackets) {
            try {
                return plain(here, parse(here, legal.replace("[", "%5B").replace("]", "%5D")));
            } catch (URISyntaxException e) {
                throw new PortalUnavailableException(
                        "MonCampus renvoie vers une adresse illisible. Réessayez plus tard.");
            }
        }
    }

    /** The scheme, host and port of an address, all that a message may tell of it. */
    static String name(URI address) {
        String host = address.getHost();
        return host == null
                ? "adresse sans nom d'hôte"
                : Text.cut(
                        address.getScheme() + "://" + host + (address.getPort() < 0 ? "" : ":" + address.getPort()),
                        100);
    }

    static boolean sameOrigin(URI one, URI other) {
        return one.getHost() != null
                && one.getHost().equalsIgnoreCase(other.getHost())
                && one.getScheme() != null
                && one.getScheme().equalsIgnoreCase(other.getScheme())
                && port(one) == port(other);
    }

    static String rawPath(URI address) {
        String path = address.getRawPath();
        return path == null || path.isEmpty() ? "/" : path;
    }

    private static URI parse(URI here, String legal) throws URISyntaxException {
        // java.net.URI follows RFC 2396, where "" and "?query" lose the last part of the path
        if (legal.isEmpty() || legal.startsWith("#")) {
            return here;
        }
        return legal.startsWith("?") ? here.resolve(new URI(rawPath(here) + legal)) : here.resolve(new URI(legal));
    }

    private static URI plain(URI here, URI target) throws URISyntaxException {
        if (target.getHost() == null
                || !target.getScheme().toLowerCase(Locale.ROOT).matches("https?")) {
            throw new PortalException(
                    Kind.UNSAFE,
                    "MonCampus renvoie vers une adresse qui n'est pas une page web : rien ne lui est envoyé.");
        }
        String port = target.getPort() < 0 ? "" : ":" + target.getPort();
        String query = target.getRawQuery() == null ? "" : "?" + target.getRawQuery();
        return new URI(target.getScheme() + "://" + target.getHost() + port + rawPath(target) + query);
    }

    private static String path(URI address) {
        String path = rawPath(address).replaceFirst(";.*", "");
        return path.length() > 1 && path.endsWith("/") ? path.substring(0, path.length() - 1) : path;
    }

    private static int port(URI address) {
        return address.getPort() >= 0 ? address.getPort() : "https".equalsIgnoreCase(address.getScheme()) ? 443 : 80;
    }

    private static String escapeIllegal(String reference) {
        StringBuilder legal = new StringBuilder();
        byte[] bytes = reference.getBytes(StandardCharsets.UTF_8);
        for (int i = 0; i < bytes.length; i++) {
            char c = (char) (bytes[i] & 0xff);
            boolean escape = c == '%'
                    && i + 2 < bytes.length
                    && Character.digit(bytes[i + 1], 16) >= 0
                    && Character.digit(bytes[i + 2], 16) >= 0;
            boolean word = c < 128 && Character.isLetterOrDigit(c);
            if (escape || word || LEGAL.indexOf(c) >= 0) {
                legal.append(c);
            } else {
                legal.append('%').append(String.format("%02X", (int) c));
            }
        }
        return legal.toString();
    }
}
