package fr.moncampus.ecal.moncampus;

import fr.moncampus.ecal.config.Secret;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.HexFormat;
import javax.crypto.SecretKeyFactory;
import javax.crypto.spec.PBEKeySpec;

/** Recognises credentials without storing them: {@code salt:hash} in hexadecimal, PBKDF2 with a random salt. */
final class Fingerprint {
    /** About 0.1 s on a server, 1 s on a Raspberry Pi, and only when a login is tried after a refusal. */
    private static final int ROUNDS = 210_000;

    private static final int BITS = 256;
    private static final HexFormat HEX = HexFormat.of();

    private Fingerprint() {}

    static String of(String username, Secret password) {
        byte[] salt = new byte[16];
        new SecureRandom().nextBytes(salt);
        return HEX.formatHex(salt) + ":" + HEX.formatHex(hash(salt, username, password));
    }

    /** False too when the stored text is no fingerprint. */
    static boolean matches(String stored, String username, Secret password) {
        try {
            int colon = stored.indexOf(':');
            byte[] salt = HEX.parseHex(stored.substring(0, colon));
            return MessageDigest.isEqual(HEX.parseHex(stored.substring(colon + 1)), hash(salt, username, password));
        } catch (IllegalArgumentException | StringIndexOutOfBoundsException e) {
            return false;
        }
    }

    private static byte[] hash(byte[] salt, String username, Secret password) {
        PBEKeySpec key = new PBEKeySpec((username + '\0' + password.reveal()).toCharArray(), salt, ROUNDS, BITS);
        try {
            return SecretKeyFactory.getInstance("PBKDF2WithHmacSHA256")
                    .generateSecret(key)
                    .getEncoded();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        } finally {
            key.clearPassword();
        }
    }
}
