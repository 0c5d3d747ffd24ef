package fr.moncampus.ecal.sandbox;

/**
 * Which requests something happens to; every condition that is null is met by all.
 *
 * @param path       how the path begins
 * @param containing a piece of the address or of the body, such as {@code page=2} or a reference
 * @param skip       requests that are let through first
 * @param times      requests that are hit after those
 */
public record Fault(Server server, String method, String path, String containing, int skip, int times, Effect effect) {

    /** Hits one request of that server, unless told otherwise. */
    public static Fault on(Server server, Effect effect) {
        return new Fault(server, null, null, null, 0, 1, effect);
    }

    public Fault method(String only) {
        return new Fault(server, only, path, containing, skip, times, effect);
    }

    public Fault path(String prefix) {
        return new Fault(server, method, prefix, containing, skip, times, effect);
    }

    public Fault containing(String piece) {
        return new Fault(server, method, path, piece, skip, times, effect);
    }

    public Fault skip(int requests) {
        return new Fault(server, method, path, containing, requests, times, effect);
    }

    public Fault times(int requests) {
        return new Fault(server, method, path, containing, skip, requests, effect);
    }

    public Fault always() {
        return times(Integer.MAX_VALUE);
    }

    boolean matches(Request request) {
        return (server == null || server == request.server())
                && (method == null || method.equals(request.method()))
                && (path == null || request.path().startsWith(path))
                && (containing == null
                        || request.address().contains(containing)
                        || request.text().contains(containing));
    }
}
