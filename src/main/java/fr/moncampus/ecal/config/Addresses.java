package fr.moncampus.ecal.config;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.Locale;

/** Addresses of the services. They are never quoted: one may hold a password. */
final class Addresses {
    private static final int MAX_PORT = 65_535;

    private Addresses() {}

    /** Scheme, host and port only. */
    static URI origin(String text) throws InvalidFileException {
        URI page = page(text);
        if (!page.getPath().isEmpty() && !page.getPath().equals("/")) {
            throw new InvalidFileException(
                    "l'adresse contient un chemin après le nom du site", "écrivez seulement " + origin(page));
        }
        return origin(page);
    }

    /** An address to which paths are added, so without a slash at its end. */
    static URI base(String text) throws InvalidFileException {
        return URI.create(page(text).toString().replaceFirst("/+$", ""));
    }

    /** A page whose query counts, such as a token. */
    static URI notification(String text) throws InvalidFileException {
        String[] parts = text.strip().split("\\?", 2);
        URI page = page(parts[0]);
        if (parts.length > 1 && parts[1].contains("#")) {
            throw new InvalidFileException("l'adresse contient « # »", "enlevez ce signe et ce qui le suit");
        }
        try {
            return parts.length == 1 ? page : new URI(page + "?" + parts[1]);
        } catch (URISyntaxException e) {
            throw unreadable();
        }
    }

    /** An address that is asked as it stands, its query included; calendars are subscribed to by {@code webcal:}, which is https. */
    static URI feed(String text) throws InvalidFileException {
        return notification(text.strip().replaceFirst("(?i)^webcals?://", "https://"));
    }

    static URI page(String text) throws InvalidFileException {
        URI uri;
        try {
            uri = new URI(text).normalize();
        } catch (URISyntaxException e) {
            throw unreadable();
        }
        if (uri.getScheme() == null
                || !uri.getScheme().matches("(?i)https?")
                || uri.getHost() == null
                || uri.getPort() > MAX_PORT
                || uri.getPort() == 0) {
            throw unreadable();
        }
        if (uri.getRawUserInfo() != null) {
            throw new InvalidFileException(
                    "l'adresse contient un nom d'utilisateur ou un mot de passe", "enlevez ce qui précède « @ »");
        }
        if (uri.getRawQuery() != null || uri.getRawFragment() != null) {
            throw new InvalidFileException("l'adresse contient « ? » ou « # »", "enlevez ce signe et ce qui le suit");
        }
        return URI.create(origin(uri) + uri.getRawPath());
    }

    /** Plain http is for this machine only: passwords travel readable. */
    static boolean isExposed(URI uri) {
        return uri.getScheme().equals("http") && !isLoopback(uri.getHost());
    }

    private static boolean isLoopback(String host) {
        return host.equals("localhost") || host.equals("[::1]") || host.matches("127(\\.\\d{1,3}){3}");
    }

    private static URI origin(URI uri) {
        String port = uri.getPort() < 0 ? "" : ":" + uri.getPort();
        return URI.create(
                uri.getScheme().toLowerCase(Locale.ROOT) + "://" + uri.getHost().toLowerCase(Locale.ROOT) + port);
    }

    private static InvalidFileException unreadable() {
        return new InvalidFileException(
                "ce n'est pas l'adresse d'un site",
                "écrivez une adresse complète, par exemple " + Key.MONCAMPUS_URL.defaultValue());
    }
}
