package fr.moncampus.ecal.simulation;

import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Map;

/** The line between a client and the simulated services, be it a method call or HTTP. */
interface Wire {
    Reply ask(Ask ask) throws IOException;

    /** @param cookies as in the header; empty when there are none */
    record Ask(String method, URI address, String cookies, byte[] body) {
        String text() {
            return new String(body, StandardCharsets.UTF_8);
        }

        /** A parameter of the query; null when it is not there. Values that need decoding don't occur. */
        String parameter(String name) {
            String query = address.getRawQuery();
            for (String part : query == null ? new String[0] : query.split("&")) {
                if (part.startsWith(name + "=")) {
                    return part.substring(name.length() + 1);
                }
            }
            return null;
        }
    }

    record Reply(int status, Map<String, String> headers, byte[] body) {
        static Reply of(int status, String type, String body) {
            return new Reply(status, Map.of("Content-Type", type), body.getBytes(StandardCharsets.UTF_8));
        }

        String header(String name) {
            return headers.get(name);
        }
    }

    /** The connection ends without an answer. */
    final class Cut extends IOException {
        private static final long serialVersionUID = 1L;

        Cut() {
            super("connection cut");
        }
    }
}
