package fr.moncampus.ecal.sandbox;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.EnumMap;
import java.util.Map;

/**
 * The origins, as a client sees them. On a wildcard host only the client knows the name it reached us by, so
 * answers repeat what its {@code Host} header says.
 */
final class Addresses {
    private final String host;
    private final boolean onePort;
    private final Map<Server, Integer> ports = new EnumMap<>(Server.class);

    Addresses(String host, boolean onePort) {
        this.host = host;
        this.onePort = onePort;
    }

    void put(Server server, int port) {
        ports.put(server, port);
    }

    /** Scheme, host and port, without a slash at the end. */
    String origin(Server server) {
        return "http://" + bracketed(isWildcard() ? ownName() : host) + ":" + ports.get(server);
    }

    String origin(Server server, Request asked) {
        String named = asked.header("host");
        if (!isWildcard() || named == null) {
            return origin(server);
        }
        if (onePort && server != Server.ELSEWHERE) {
            return "http://" + named;
        }
        return "http://" + named.replaceFirst(":\\d+$", "") + ":" + ports.get(server);
    }

    boolean isLoopback() {
        try {
            return !isWildcard() && InetAddress.getByName(host).isLoopbackAddress();
        } catch (UnknownHostException e) {
            return false;
        }
    }

    private boolean isWildcard() {
        return host.equals("0.0.0.0") || host.equals("::");
    }

    private static String bracketed(String name) {
        return name.contains(":") ? "[" + name + "]" : name;
    }

    private static String ownName() {
        try {
            return InetAddress.getLocalHost().getHostName();
        } catch (UnknownHostException e) {
            return "127.0.0.1";
        }
    }
}
