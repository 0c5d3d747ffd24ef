package fr.moncampus.ecal.moncampus;

import java.io.InputStream;
import java.nio.charset.Charset;
import java.nio.charset.IllegalCharsetNameException;
import java.util.Locale;

/**
 * What came back for a request.
 *
 * @param location null when there is none
 * @param type     the Content-Type as sent; null when there is none
 */
record Answer(int status, String location, String type, InputStream body) {

    boolean isRedirect() {
        return (status == 301 || status == 302 || status == 303 || status == 307 || status == 308) && location != null;
    }

    boolean isSuccess() {
        return status / 100 == 2;
    }

    boolean isJson() {
        return mediaType().matches("(application|text)/([\\w.-]+\\+)?json");
    }

    boolean isHtml() {
        return mediaType().matches("text/html|application/xhtml\\+xml");
    }

    /** Whether the same request may bring another status later. */
    boolean isTransient() {
        return status >= 500 || status == 408 || status == 425 || status == 429;
    }

    /** The charset that the answer names; null when it names none that this machine knows. */
    String charset() {
        String name = type == null ? "" : type.replaceFirst("(?is).*;\\s*charset\\s*=\\s*\"?([\\w.:-]+).*", "$1");
        try {
            return Charset.isSupported(name) ? name : null;
        } catch (IllegalCharsetNameException e) {
            return null;
        }
    }

    private String mediaType() {
        return type == null ? "" : type.split(";", 2)[0].strip().toLowerCase(Locale.ROOT);
    }
}
