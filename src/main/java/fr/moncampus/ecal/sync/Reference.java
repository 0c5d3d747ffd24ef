package fr.moncampus.ecal.sync;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The string by which an event at ECAL is known as ours (ownership): {@code mc-<owner>-<key>[-n]}.
 *
 * @param key    the source's key if that is a number, {@code k} and 12 hexadecimal digits of any other key, or {@code c} and 8 hexadecimal digits
 *               of its content for a course without one
 * @param suffix {@code -n} when one key has several events, else empty
 */
public record Reference(String owner, String key, String suffix) {
    private static final Pattern FORM =
            Pattern.compile("mc-([0-9a-f]{8})-(\\d{1,19}|k[0-9a-f]{12}|c[0-9a-f]{8})(-\\d+)?");
    private static final Pattern NUMBER = Pattern.compile("\\d{1,19}");

    /** Null when the text is no reference of this tool. */
    static Reference parse(String text) {
        if (text == null || !text.startsWith("mc-")) {
            return null;
        }
        Matcher form = FORM.matcher(text);
        return form.matches()
                ? new Reference(form.group(1), form.group(2), form.group(3) == null ? "" : form.group(3))
                : null;
    }

    /** Whether it is one of that owner's. */
    public static boolean isOf(String owner, String text) {
        Reference reference = parse(text);
        return reference != null && reference.owner().equals(owner);
    }

    /** Whether a course can be told by what its source calls it. */
    static boolean isKey(String given) {
        return given != null && !given.isBlank();
    }

    /** @param given by the source */
    static String key(String given) {
        return NUMBER.matcher(given).matches() ? given : "k" + digest(given).substring(0, 12);
    }

    /** The key of a course: the source's, or else a fingerprint that survives another room or teacher. */
    static String key(String given, Content content) {
        if (isKey(given)) {
            return key(given);
        }
        return "c"
                + digest(content.name() + "\n" + content.start() + "\n" + content.end())
                        .substring(0, 8);
    }

    /** SHA-256 in hexadecimal digits. */
    static String digest(String text) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(digest);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    Reference ownedBy(String newOwner) {
        return new Reference(newOwner, key, suffix);
    }

    @Override
    public String toString() {
        return "mc-" + owner + "-" + key + suffix;
    }
}
