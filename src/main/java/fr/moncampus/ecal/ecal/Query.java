package fr.moncampus.ecal.ecal;

import java.nio.charset.StandardCharsets;

/** Percent-encoding that leaves {@code /} and {@code ,} alone: both are legal in a query, and ECAL signs values as they are before encoding. */
final class Query {
    private Query() {}

    static String encode(String value) {
        StringBuilder text = new StringBuilder(value.length());
        for (byte octet : value.getBytes(StandardCharsets.UTF_8)) {
            char character = (char) (octet & 0xff);
            if (character < 128 && (Character.isLetterOrDigit(character) || "-._~/,".indexOf(character) >= 0)) {
                text.append(character);
            } else {
                text.append(String.format("%%%02X", octet & 0xff));
            }
        }
        return text.toString();
    }
}
