package fr.moncampus.ecal.moncampus;

import java.net.URI;

/**
 * The next request of a visit, as the route sends it.
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

    /** As it is sent, percent-encoding included; null when there is none. */
    public String query() {
        return address.getRawQuery();
    }

    public String contentType() {
        return form == null ? null : "application/x-www-form-urlencoded";
    }

    /** Neither the query nor the form: they hold tickets and the password. */
    @Override
    public String toString() {
        return method() + " " + Sites.name(address) + path();
    }
}
