package fr.moncampus.ecal.sandbox;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.CookieManager;
import java.net.CookiePolicy;
import java.net.HttpCookie;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** A person's browser that follows redirects one by one, when told to. */
final class Browser {
    private static final Pattern INPUT = Pattern.compile("<input [^>]*name=\"?(\\w+)\"?[^>]*>");
    private static final Pattern VALUE = Pattern.compile("value=\"?([^\"> ]*)");

    private final CookieManager jar = new CookieManager(null, CookiePolicy.ACCEPT_ALL);
    private final HttpClient client = HttpClient.newBuilder()
            .cookieHandler(jar)
            .followRedirects(HttpClient.Redirect.NEVER)
            .version(HttpClient.Version.HTTP_1_1)
            .build();
    private String userAgent = "Browser/1";

    Browser as(String newUserAgent) {
        userAgent = newUserAgent;
        return this;
    }

    HttpResponse<String> get(String address, String... headers) {
        HttpRequest.Builder request = request(address);
        for (int i = 0; i < headers.length; i += 2) {
            request.header(headers[i], headers[i + 1]);
        }
        return send(request.GET());
    }

    HttpResponse<String> post(String address, Map<String, String> form, String... headers) {
        String body = form.entrySet().stream()
                .map(field -> Form.encode(field.getKey()) + "=" + Form.encode(field.getValue()))
                .collect(Collectors.joining("&"));
        HttpRequest.Builder request = request(address).header("Content-Type", "application/x-www-form-urlencoded");
        for (int i = 0; i < headers.length; i += 2) {
            request.header(headers[i], headers[i + 1]);
        }
        return send(request.POST(HttpRequest.BodyPublishers.ofString(body)));
    }

    /** Follows up to 15 redirects. */
    HttpResponse<String> follow(HttpResponse<String> answer) {
        HttpResponse<String> last = answer;
        for (int hop = 0; hop < 15 && last.statusCode() / 100 == 3; hop++) {
            last = get(location(last));
        }
        return last;
    }

    HttpResponse<String> open(String address) {
        return follow(get(address));
    }

    /** Fills the form of that page in, and sends it to the page's own address. */
    HttpResponse<String> submit(HttpResponse<String> page, String username, String password) {
        Map<String, String> fields = inputs(page.body());
        fields.put("username", username);
        fields.put("password", password);
        return post(page.uri().toString(), fields);
    }

    HttpResponse<String> logIn(Sandbox sandbox) {
        Student student = sandbox.school().students().get(0);
        return follow(submit(open(timetable(sandbox)), student.username(), student.password()));
    }

    static String timetable(Sandbox sandbox) {
        return sandbox.timetableUrl() + "/Home/Get?dateDebut=2020-01-01T00:00:00Z&dateFin=2040-01-01T00:00:00Z";
    }

    static String location(HttpResponse<String> answer) {
        return answer.uri()
                .resolve(answer.headers().firstValue("Location").orElseThrow())
                .toString();
    }

    static Map<String, String> inputs(String html) {
        Map<String, String> fields = new LinkedHashMap<>();
        Matcher input = INPUT.matcher(html);
        while (input.find()) {
            Matcher value = VALUE.matcher(input.group());
            if (!input.group().contains("checkbox")) {
                fields.put(input.group(1), value.find() ? value.group(1) : "");
            }
        }
        return fields;
    }

    boolean hasCookie(String name) {
        return jar.getCookieStore().getCookies().stream()
                .map(HttpCookie::getName)
                .anyMatch(name::equals);
    }

    void forgetCookie(String prefix) {
        for (URI uri : jar.getCookieStore().getURIs()) {
            jar.getCookieStore().get(uri).stream()
                    .filter(cookie -> cookie.getName().startsWith(prefix))
                    .forEach(cookie -> jar.getCookieStore().remove(uri, cookie));
        }
    }

    void forgetAllCookies() {
        jar.getCookieStore().removeAll();
    }

    private HttpRequest.Builder request(String address) {
        return HttpRequest.newBuilder(URI.create(address)).header("User-Agent", userAgent);
    }

    private HttpResponse<String> send(HttpRequest.Builder request) {
        try {
            return client.send(request.build(), HttpResponse.BodyHandlers.ofString());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }
}
