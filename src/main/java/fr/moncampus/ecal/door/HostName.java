package fr.moncampus.ecal.door;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Locale;

/** The name by which a browser asks for this machine. */
public final class HostName {
    /** No name server is asked: a name has a letter that no address has, or is none. */
    private static final String ADDRESS = "\\d{1,3}(\\.\\d{1,3}){3}|\\[?[0-9a-f:]*:[0-9a-f:.]*]?";

    private HostName() {}

    /** Of a header {@code Host}: without port, in small letters; a final dot is the same name. */
    public static String of(String host) {
        return host.toLowerCase(Locale.ROOT)
                .replaceFirst("^(\\[[^]]*]|[^:]*):\\d{0,5}$", "$1")
                .replaceFirst("\\.$", "");
    }

    /** A foreign page can make a name of its own resolve to this machine, but no address. */
    static boolean isAddress(String name) {
        return name.matches(ADDRESS);
    }

    /** {@code localhost}, or an address of this machine that no other machine reaches. */
    public static boolean isLoopback(String name) {
        if (name.equalsIgnoreCase("localhost")) {
            return true;
        }
        try {
            return isAddress(name) && InetAddress.getByName(name).isLoopbackAddress();
        } catch (UnknownHostException e) {
            return false;
        }
    }
}
