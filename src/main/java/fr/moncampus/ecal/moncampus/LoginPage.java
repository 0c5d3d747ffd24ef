package fr.moncampus.ecal.moncampus;

import fr.moncampus.ecal.config.Secret;
import fr.moncampus.ecal.http.Text;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jsoup.Jsoup;
import org.jsoup.nodes.Document;
import org.jsoup.nodes.Element;
import org.jsoup.nodes.FormElement;

/** A page of the CAS. */
final class LoginPage {
    /** A larger page is no login page, and parsing takes many times its size in memory. */
    private static final int MAX_BYTES = 1_000_000;

    private static final Pattern TICKET = Pattern.compile("(?i)\\b(?:ticket|execution)=\\S+|\\b(?:ST|PT|TGT)-\\S+");

    private final URI address;
    private final Document document;

    private LoginPage(URI address, Document document) {
        this.address = address;
        this.document = document;
    }

    /** @param charset null when the answer did not say; the page is then asked itself */
    static LoginPage read(URI address, InputStream html, String charset) throws IOException {
        return new LoginPage(
                address,
                Jsoup.parse(new ByteArrayInputStream(html.readNBytes(MAX_BYTES)), charset, address.toString()));
    }

    /** False on the pages that come in between: a warning, terms of use, a password about to expire. */
    boolean asksForPassword() {
        return form() != null;
    }

    /** A page without a form that tells of an account that is locked or disabled. */
    boolean speaksOfALock() {
        return document.title().matches("(?isU).*\\b(locked|disabled|bloqué|verrouillé|désactivé)\\b.*");
    }

    /** Where the form itself would be sent; the page's own address when it does not say. */
    URI action(Sites sites) {
        Element base = document.selectFirst("base[href]");
        String action = form().attr("action");
        return action.isBlank()
                ? address
                : sites.resolve(base == null ? address : sites.resolve(address, base.attr("href")), action);
    }

    /** Text of the error panel, clean and short; null when there is none. Its words follow {@code Accept-Language}. */
    String panel() {
        Element panel = document.selectFirst("#loginErrorsPanel");
        String text = panel == null ? null : Text.clean(panel.text());
        return text == null ? null : Text.cut(text, 200);
    }

    /** Title of the page, clean and short, without any ticket that it may quote; null when there is none. */
    String title() {
        String title = Text.clean(document.title());
        return title == null ? null : Text.cut(TICKET.matcher(title).replaceAll("***"), 100);
    }

    /** Every input as it came (unchecked boxes and buttons left out), then the credentials. */
    byte[] filled(String username, Secret password) {
        FormElement form = form();
        form.select("input[type=submit], input[type=reset]").forEach(button -> button.attr("disabled", true));
        Stream<String> inputs = form.formData().stream()
                .filter(input -> !input.key().equals("username") && !input.key().equals("password"))
                .map(input -> pair(input.key(), input.value()));
        Stream<String> credentials = Stream.of(pair("username", username), pair("password", password.reveal()));
        return Stream.concat(inputs, credentials)
                .collect(Collectors.joining("&"))
                .getBytes(StandardCharsets.US_ASCII);
    }

    private FormElement form() {
        return Stream.concat(document.select("form#fm1").forms().stream(), document.forms().stream())
                .filter(form -> form.selectFirst("input[name=password]") != null)
                .findFirst()
                .orElse(null);
    }

    private static String pair(String key, String value) {
        return URLEncoder.encode(key, StandardCharsets.UTF_8) + "=" + URLEncoder.encode(value, StandardCharsets.UTF_8);
    }
}
