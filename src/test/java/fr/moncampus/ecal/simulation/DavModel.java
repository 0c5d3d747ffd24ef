package fr.moncampus.ecal.simulation;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.UnaryOperator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.hc.core5.http.ClassicHttpRequest;
import org.apache.hc.core5.http.ClassicHttpResponse;
import org.apache.hc.core5.http.ContentType;
import org.apache.hc.core5.http.Header;
import org.apache.hc.core5.http.HttpException;
import org.apache.hc.core5.http.io.entity.ByteArrayEntity;
import org.apache.hc.core5.http.io.entity.EntityUtils;
import org.apache.hc.core5.http.message.BasicClassicHttpResponse;

/** A CalDAV server without sockets, in one of the ways that servers are, and the persons who use it beside us. */
final class DavModel {
    static final String PATH = "/dav/lea/agenda/";
    private static final Pattern HREF = Pattern.compile("<D:href>([^<]*)</");
    private static final Pattern RANGE = Pattern.compile("start=\"(\\d{8})T\\w+\" end=\"(\\d{8})T");
    private static final Pattern FOLD = Pattern.compile("\r\n ");
    /** What persons add, each of them once. */
    static final Pattern ADDED = Pattern.compile("perso\\d+x");

    /**
     * @param renames  names of its own
     * @param texts    0: in queries, 1: in multigets, 2: in a part of them
     * @param stale    shows the version before, for once
     * @param conflict its answer to a second event of one UID
     */
    record Nature(boolean renames, int texts, boolean stale, int conflict) {
        static Nature of(Random random) {
            return new Nature(
                    random.nextInt(4) == 0,
                    random.nextInt(3),
                    random.nextInt(3) == 0,
                    List.of(400, 403, 409).get(random.nextInt(3)));
        }
    }

    /** What is found to be wrong as it happens. */
    interface Watcher {
        void violated(String what);

        /** An event of ours goes. */
        void deleted(String text);
    }

    private static final class Stored {
        String text;
        String etag;
        String shown;
    }

    private final Nature nature;
    private final Watcher watcher;
    /** Null for the server as it is. */
    private final UnaryOperator<String> bentText;

    private final boolean heedsVersions;
    private final Map<String, Stored> objects = new TreeMap<>();
    private int versions;
    private int writes;

    /** @param heedsVersions false is as if the client did not name the version that it means */
    DavModel(Nature nature, Watcher watcher, UnaryOperator<String> bentText, boolean heedsVersions) {
        this.nature = nature;
        this.watcher = watcher;
        this.bentText = bentText;
        this.heedsVersions = heedsVersions;
    }

    int writes() {
        return writes;
    }

    Map<String, String> texts() {
        Map<String, String> texts = new TreeMap<>();
        objects.forEach((path, stored) -> texts.put(path, stored.text));
        return texts;
    }

    static boolean isOurs(String text) {
        return value(text, "UID").endsWith("@moncampus-ecal");
    }

    /** Somebody writes, in whatever client. */
    void put(String path, String text) {
        Stored stored = objects.computeIfAbsent(path, name -> new Stored());
        stored.text = text;
        stored.shown = nature.stale ? stored.etag : null;
        stored.etag = "\"v" + ++versions + "\"";
    }

    void remove(String path) {
        objects.remove(path);
    }

    static String value(String text, String property) {
        String lines = FOLD.matcher(text).replaceAll("");
        int event = lines.indexOf("BEGIN:VEVENT");
        Matcher line = Pattern.compile("(?m)^" + property + "(?:;[^:\r\n]*)?:(.*?)\r?$")
                .matcher(lines);
        return line.find(Math.max(0, event)) ? line.group(1) : "";
    }

    ClassicHttpResponse answer(ClassicHttpRequest request) throws IOException {
        String path = request.getPath();
        try {
            String body = request.getEntity() == null
                    ? ""
                    : EntityUtils.toString(request.getEntity(), StandardCharsets.UTF_8);
            return switch (request.getMethod()) {
                case "PROPFIND" ->
                    multistatus(
                            "<d:response><d:href>" + PATH + "</d:href><d:propstat><d:prop><d:resourcetype><c:calendar/>"
                                    + "</d:resourcetype></d:prop><d:status>HTTP/1.1 200 OK</d:status></d:propstat></d:response>");
                case "REPORT" -> report(body);
                case "PUT" -> put(path, body, header(request, "If-Match"), header(request, "If-None-Match"));
                case "DELETE" -> delete(path, header(request, "If-Match"));
                default -> new BasicClassicHttpResponse(405);
            };
        } catch (HttpException e) {
            throw new IOException(e);
        }
    }

    private String header(ClassicHttpRequest request, String name) {
        Header header = request.getFirstHeader(name);
        return header == null ? null : header.getValue();
    }

    private ClassicHttpResponse report(String question) {
        boolean multiget = question.contains("multiget");
        StringBuilder responses = new StringBuilder();
        List<String> paths = multiget ? named(question) : within(question);
        for (String path :
                multiget && nature.texts == 2 && paths.size() > 1 ? paths.subList(0, paths.size() / 2 + 1) : paths) {
            Stored stored = objects.get(path);
            responses.append("<d:response><d:href>" + path + "</d:href>");
            if (stored == null) {
                responses.append("<d:status>HTTP/1.1 404 Not Found</d:status></d:response>");
                continue;
            }
            responses
                    .append("<d:propstat><d:prop><d:getetag>")
                    .append(stored.shown == null ? stored.etag : stored.shown)
                    .append("</d:getetag>")
                    .append(
                            multiget || nature.texts == 0
                                    ? "<c:calendar-data>" + stored.text.replace("\r", "&#13;") + "</c:calendar-data>"
                                    : "")
                    .append("</d:prop><d:status>HTTP/1.1 200 OK</d:status></d:propstat></d:response>");
            stored.shown = null;
        }
        return multistatus(responses.toString());
    }

    private static List<String> named(String question) {
        List<String> paths = new ArrayList<>();
        Matcher href = HREF.matcher(question);
        while (href.find()) {
            paths.add(href.group(1));
        }
        return paths;
    }

    private List<String> within(String question) {
        Matcher range = RANGE.matcher(question);
        List<String> paths = new ArrayList<>();
        if (range.find()) {
            objects.forEach((path, stored) -> {
                String day = value(stored.text, "DTSTART").replaceFirst("T.*", "");
                if (day.compareTo(range.group(1)) >= 0 && day.compareTo(range.group(2)) < 0) {
                    paths.add(path);
                }
            });
        }
        return paths;
    }

    private ClassicHttpResponse put(String path, String body, String match, String none) {
        Stored there = objects.get(path);
        String text = bentText == null ? body : bentText.apply(body);
        if (there != null && none != null || heedsVersions && match != null && isOther(there, match)) {
            return new BasicClassicHttpResponse(412);
        }
        String uid = value(text, "UID");
        boolean second = objects.entrySet().stream()
                .anyMatch(each -> !each.getKey().equals(path) && uid.equals(value(each.getValue().text, "UID")));
        if (second) {
            ClassicHttpResponse response = new BasicClassicHttpResponse(nature.conflict);
            response.setEntity(bytes("<d:error xmlns:d=\"DAV:\"><c:no-uid-conflict/></d:error>"));
            return response;
        }
        if (there != null) {
            TreeSet<String> kept = added(text);
            for (String token : added(there.text)) {
                if (!kept.contains(token)) {
                    watcher.violated("an update lost what a person had added: " + token);
                }
            }
            if (!isOurs(there.text)) {
                watcher.violated("somebody else's event was changed: " + path);
            }
        }
        writes++;
        put(there == null && nature.renames ? PATH + "o" + versions + ".ics" : path, text);
        return new BasicClassicHttpResponse(there == null ? 201 : 204);
    }

    static TreeSet<String> added(String text) {
        TreeSet<String> tokens = new TreeSet<>();
        Matcher token = ADDED.matcher(FOLD.matcher(text).replaceAll(""));
        while (token.find()) {
            tokens.add(token.group());
        }
        return tokens;
    }

    private static boolean isOther(Stored there, String version) {
        return there == null || !version.equals(there.etag);
    }

    private ClassicHttpResponse delete(String path, String match) {
        Stored there = objects.get(path);
        if (there == null) {
            return new BasicClassicHttpResponse(404);
        }
        if (heedsVersions && isOther(there, match)) {
            return new BasicClassicHttpResponse(412);
        }
        if (isOurs(there.text)) {
            watcher.deleted(there.text);
        } else {
            watcher.violated("somebody else's event was deleted: " + path);
        }
        writes++;
        remove(path);
        return new BasicClassicHttpResponse(204);
    }

    private static ClassicHttpResponse multistatus(String responses) {
        ClassicHttpResponse response = new BasicClassicHttpResponse(207);
        response.setEntity(bytes("<d:multistatus xmlns:d=\"DAV:\" xmlns:c=\"urn:ietf:params:xml:ns:caldav\">"
                + responses + "</d:multistatus>"));
        return response;
    }

    private static ByteArrayEntity bytes(String text) {
        return new ByteArrayEntity(text.getBytes(StandardCharsets.UTF_8), ContentType.APPLICATION_XML);
    }
}
