package fr.moncampus.ecal.memory;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.Map;

/** The secrets in the addresses of feeds, one a configuration: 128 random bits, which can be replaced at any time. */
public final class FeedTokens {
    private static final int BYTES = 16;
    private static final SecureRandom RANDOM = new SecureRandom();

    private final Database database;

    public FeedTokens(Database database) {
        this.database = database;
    }

    /** The one that stands, or else a new one. @param another replaces the one that stands, which is worth nothing from then on */
    public String of(String config, boolean another) {
        String[] token = new String[1];
        database.transaction("feed address " + config, () -> {
            if (another) {
                remove(config);
            }
            token[0] =
                    database
                            .query("SELECT token FROM feed_address WHERE config = ?", row -> row.getString(1), config)
                            .stream()
                            .findFirst()
                            .orElse(null);
            if (token[0] == null) {
                byte[] bytes = new byte[BYTES];
                RANDOM.nextBytes(bytes);
                token[0] = HexFormat.of().formatHex(bytes);
                database.update(
                        "INSERT INTO feed_address (config, token, digest) VALUES (?, ?, ?)",
                        config,
                        token[0],
                        digest(token[0]));
            }
        });
        return token[0];
    }

    /** @return false when there was none */
    public boolean remove(String config) {
        return database.update("DELETE FROM feed_address WHERE config = ?", config) > 0;
    }

    /** Whose feed it is; null when it is nobody's. How long that takes depends on nothing that helps to guess. */
    public String configOf(String token) {
        return database
                .query(
                        "SELECT config, token FROM feed_address WHERE digest = ?",
                        row -> Map.entry(row.getString(1), row.getString(2)),
                        digest(token))
                .stream()
                .filter(found -> MessageDigest.isEqual(bytes(found.getValue()), bytes(token)))
                .map(Map.Entry::getKey)
                .findFirst()
                .orElse(null);
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private static String digest(String token) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes(token)));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
