package fr.moncampus.ecal.sandbox;

import java.net.URLDecoder;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;

/** {@code name=value&…}, as in a query or a form's body; of a name that is repeated the first value counts. */
final class Form {
    private Form() {}

    /** Throws IllegalArgumentException on a malformed percent-encoding. */
    static Map<String, String> decoded(String encoded) {
        Map<String, String> values = new LinkedHashMap<>();
        raw(encoded).forEach((name, value) -> values.putIfAbsent(decode(name), decode(value)));
        return values;
    }

    /** Names and values as they were sent. */
    static Map<String, String> raw(String encoded) {
        Map<String, String> values = new LinkedHashMap<>();
        if (encoded == null || encoded.isEmpty()) {
            return values;
        }
        for (String pair : encoded.split("&")) {
            int equals = pair.indexOf('=');
            String name = equals < 0 ? pair : pair.substring(0, equals);
            values.putIfAbsent(name, equals < 0 ? "" : pair.substring(equals + 1));
        }
        return values;
    }

    static String encode(String value) {
        return URLEncoder.encode(value, StandardCharsets.UTF_8);
    }

    private static String decode(String value) {
        return URLDecoder.decode(value, StandardCharsets.UTF_8);
    }
}
