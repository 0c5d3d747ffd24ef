package fr.moncampus.ecal.ecal;

import fr.moncampus.ecal.config.Secret;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Map;
import java.util.SortedMap;

/** ECAL's {@code apiSign}: MD5 over the secret, the query's keys and values sorted by key, and the exact bytes of the body. */
public final class Signature {
    private Signature() {}

    /**
     * @param query without {@code apiSign}; values as they are before percent-encoding
     * @param body  the bytes that are sent; empty for GET and DELETE
     */
    public static String of(Secret secret, SortedMap<String, String> query, byte[] body) {
        MessageDigest md5 = md5();
        md5.update(secret.reveal().getBytes(StandardCharsets.UTF_8));
        for (Map.Entry<String, String> parameter : query.entrySet()) {
            md5.update(parameter.getKey().getBytes(StandardCharsets.UTF_8));
            md5.update(parameter.getValue().getBytes(StandardCharsets.UTF_8));
        }
        return HexFormat.of().formatHex(md5.digest(body));
    }

    private static MessageDigest md5() {
        try {
            return MessageDigest.getInstance("MD5");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
