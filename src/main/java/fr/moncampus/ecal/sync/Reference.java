package fr.moncampus.ecal.sync;

import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The string by which an event at ECAL is known as ours (ownership): {@code mc-<owner>-<key>[-n]}.
 *
 * @param key    {@code NoCours}, or {@code c} and 8 hexadecimal digits for a course without one
 * @param suffix {@code -n} when one key has several events, else empty
 */
public record Reference(String owner, String key, String suffix) {
    private static final Pattern FORM = Pattern.compile("mc-([0-9a-f]{8})-(\\d{1,19}|c[0-9a-f]{8})(-\\d+)?");
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

    /** The reference to try when another calendar already has this one: the next {@code -n}. */
    public static String next(String text) {
        Reference reference = parse(text);
        BigInteger number = reference.suffix().isEmpty()
                ? BigInteger.ONE
                : new BigInteger(reference.suffix().substring(1));
        return new Reference(reference.owner(), reference.key(), "-" + number.add(BigInteger.ONE)).toString();
    }

    static boolean isNumber(String number) {
        return number != null && NUMBER.matcher(number).matches();
    }

    /** The key of a course: its number, or else a fingerprint that survives another room or teacher. */
    static String key(String number, Content content) {
        if (isNumber(number)) {
            return number;
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
