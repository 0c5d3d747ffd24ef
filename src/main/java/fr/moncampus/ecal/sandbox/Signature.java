package fr.moncampus.ecal.sandbox;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Map;
import java.util.TreeMap;

/**
 * {@code md5(secret + key and value of every parameter but apiSign, sorted by key + body of a POST or PUT)}, in
 * lower-case hex.
 */
final class Signature {
    private Signature() {}

    static String of(String secret, Map<String, String> parameters, byte[] body) {
        MessageDigest md5 = md5();
        md5.update(secret.getBytes(StandardCharsets.UTF_8));
        new TreeMap<>(parameters).forEach((name, value) -> {
            if (!name.equals("apiSign")) {
                md5.update((name + value).getBytes(StandardCharsets.UTF_8));
            }
        });
        return HexFormat.of().formatHex(md5.digest(body));
    }

    /** Whether the request is signed, over the bytes that were received. */
    static boolean isValid(Request request, String secret, Switches switches) {
        boolean hasBody = request.method().equals("POST") || request.method().equals("PUT");
        byte[] body = hasBody ? request.body() : new byte[0];
        if (switches.is(Switch.RAW_UTF8, "refused")
                && !StandardCharsets.US_ASCII.newEncoder().canEncode(new String(body, StandardCharsets.ISO_8859_1))) {
            return false;
        }
        Map<String, String> parameters = switches.is(Switch.SIGNED_VALUES, "raw")
                ? Form.raw(request.uri().getRawQuery())
                : request.parameters();
        return of(secret, parameters, body).equals(parameters.get("apiSign"));
    }

    private static MessageDigest md5() {
        try {
            return MessageDigest.getInstance("MD5");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
