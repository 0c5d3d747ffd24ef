package fr.moncampus.ecal.moncampus;

import java.net.URI;

/**
 * The next request of a session, as the HTTP client sends it.
 *
 * @param address on one of the two configured origins
 * @param cas     whether it goes to the CAS; false too when both sites share an origin
 * @param form    the body of a POST, URL-encoded; null for a GET
 */
public record Request(URI address, boolean cas, byte[] form) {

    public String method() {
        return form == null ? "GET" : "POST";
    }

    public String path() {
        return Sites.rawPath(address);
    }

    /** Neither the query nor the form: they hold tickets and the password. */
    @Override
    public String toString() {
        return method() + " " + Sites.name(address) + path();
    }
}
