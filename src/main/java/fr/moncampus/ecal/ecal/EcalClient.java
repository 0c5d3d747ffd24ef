package fr.moncampus.ecal.ecal;

import com.fasterxml.jackson.databind.JsonNode;
import fr.moncampus.ecal.calendar.CalendarEvent;
import fr.moncampus.ecal.calendar.CalendarException;
import fr.moncampus.ecal.calendar.CalendarUnavailableException;
import fr.moncampus.ecal.calendar.Write;
import fr.moncampus.ecal.config.Configuration;
import fr.moncampus.ecal.http.Peer;
import fr.moncampus.ecal.http.Text;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** Says what to ask of one calendar, and what the answers mean. The requests themselves are sent by the routes. */
public final class EcalClient {
    /** The exchange property that holds the client of the configuration at work. */
    public static final String PROPERTY = "ecal";

    private final Configuration configuration;
    private final EcalSigner signer;

    public EcalClient(Configuration configuration) {
        this.configuration = configuration;
        this.signer = new EcalSigner(configuration.calendar());
    }

    /**
     * A request without key and signature, which join it as it leaves.
     *
     * @param path  below ECAL's base address
     * @param query null when there is none
     * @param event null when there is none
     */
    public record Request(String method, String path, String query, Map<String, Object> event) {}

    /** For routes: ECAL's base address. */
    public String getAddress() {
        return configuration.calendar().ecal().toString();
    }

    /** How many HTTP requests were sent since the start. */
    public long requests() {
        return signer.requests();
    }

    Peer peer() {
        return signer;
    }

    public Request page(Listing listing) {
        return new Request(
                "GET",
                "/event/",
                text(new TreeMap<>(Map.of(
                        "calendarIds",
                        configuration.calendar().id(),
                        "showPastEvents",
                        "true",
                        "limit",
                        String.valueOf(Listing.PAGE_SIZE),
                        "page",
                        String.valueOf(listing.page())))),
                null);
    }

    /** Adds an answered page to the listing, or ends it. */
    public void read(Listing listing, Answer answer) throws CalendarException {
        int status = answer.status();
        String retryAfter = answer.retryAfter();
        if (status == 204) {
            listing.end();
            return;
        }
        JsonNode envelope = answer.json();
        if (!envelope.isObject() && (status / 100 != 4 || status == 429)) {
            throw nonsense(status, retryAfter);
        }
        int code = code(status, envelope);
        if (code / 100 != 2) {
            throw unreadable(code, envelope, retryAfter);
        }
        JsonNode data = envelope.path("data");
        if (!data.isArray()) {
            throw new CalendarUnavailableException(
                    status, "ECAL a répondu sans liste d'événements (page " + listing.page() + ").", retryAfter);
        }
        if (data.isEmpty()) {
            listing.end();
            return;
        }
        Map<String, CalendarEvent> found = new LinkedHashMap<>();
        for (JsonNode node : data) {
            CalendarEvent event = EventFormat.read(node);
            if (event != null) {
                String calendar = EventFormat.text(node, "calendarId");
                boolean foreign = calendar != null
                        && !calendar.equalsIgnoreCase(configuration.calendar().id());
                found.put(event.id(), foreign ? null : event);
            }
        }
        listing.add(found);
    }

    public Request send(Write write) throws CalendarException {
        write.sending();
        String path = write.id() == null ? "/event/" : "/event/" + write.id();
        return new Request(
                write.method(),
                path,
                null,
                write.after() == null
                        ? null
                        : EventFormat.fields(
                                write.after(), configuration.calendar().id()));
    }

    /** Judges the answer to a write: done, another step, or an exception. */
    public void answered(Write write, Answer answer) throws CalendarException {
        JsonNode envelope = answer.json();
        int status = answer.status();
        String retryAfter = answer.retryAfter();
        int code = code(status, envelope);
        if (code / 100 == 2) {
            if (envelope.isMissingNode() && !answer.isEmpty()) {
                throw nonsense(status, retryAfter);
            }
            write.accepted(newId(envelope));
            return;
        }
        if (code >= 500) {
            throw unavailable(code, envelope, retryAfter);
        }
        String method = write.method();
        if (code == 404 && !"POST".equals(method)) {
            write.missing();
        } else if (code == 409 && "POST".equals(method)) {
            write.exists();
        } else {
            write.refused();
            throw code == 429 ? unavailable(code, envelope, retryAfter) : refused(write, code, envelope);
        }
    }

    static String text(SortedMap<String, String> query) {
        return query.entrySet().stream()
                .map(entry -> entry.getKey() + "=" + Query.encode(entry.getValue()))
                .collect(Collectors.joining("&"));
    }

    /** An error page, or half an answer: it is not quoted, and whatever its status, it says nothing of what was done. */
    private static CalendarException nonsense(int status, String retryAfter) {
        return new CalendarUnavailableException(
                status,
                "ECAL a répondu " + status
                        + " sans JSON lisible : panne passagère, page d'erreur ou mauvaise ecal_url.",
                retryAfter);
    }

    /** The envelope's code when it is worse than the HTTP status: a failure must never pass as success. */
    private static int code(int status, JsonNode envelope) {
        int code = envelope.path("status").asInt(status);
        return status / 100 == 2 && code >= 400 && code <= 599 ? code : status;
    }

    private static String newId(JsonNode envelope) {
        JsonNode data = envelope.path("data");
        String id = EventFormat.text(data.isArray() ? data.path(0) : data, "id");
        return id != null && id.matches("[0-9a-fA-F]{24}") ? id : null;
    }

    private CalendarUnavailableException unavailable(int code, JsonNode envelope, String retryAfter) {
        String what = code == 429 ? "ECAL demande de ralentir (429)" : "ECAL est en panne (" + code + ")";
        return new CalendarUnavailableException(code, what + said(envelope) + ".", retryAfter);
    }

    private CalendarException unreadable(int code, JsonNode envelope, String retryAfter) {
        if (code == 429 || code >= 500) {
            return unavailable(code, envelope, retryAfter);
        }
        return new CalendarException(
                code,
                switch (code) {
                    case 403 ->
                        "ECAL refuse la lecture du calendrier (403)" + said(envelope)
                                + ". Trois causes possibles : ecal_api_secret est faux (signature refusée) ; "
                                + "ecal_api_key est inconnue, inactive ou expirée ; le calendrier ecal_calendar_id est privé ou appartient à un autre compte.";
                    case 404 ->
                        "ECAL ne connaît pas ce calendrier (404)" + said(envelope)
                                + ". Vérifiez ecal_calendar_id (24 caractères hexadécimaux) dans l'administration d'ECAL.";
                    default -> "ECAL refuse la lecture du calendrier (" + code + ")" + said(envelope) + ".";
                });
    }

    private CalendarException refused(Write write, int code, JsonNode envelope) {
        return switch (code) {
            case 403 ->
                new CalendarException(
                        code,
                        "ECAL refuse cette écriture (403)" + said(envelope)
                                + " : signature, droits de la clé ou calendrier privé.");
            case 400 ->
                new CalendarException(
                        code,
                        "ECAL juge l'événement invalide (400)" + said(envelope) + ". Champs envoyés : "
                                + fields(write));
            default -> new CalendarException(code, "ECAL refuse cette écriture (" + code + ")" + said(envelope) + ".");
        };
    }

    private String fields(Write write) {
        CalendarEvent event = write.after();
        if (event == null) {
            return "aucun (suppression).";
        }
        return Text.line(
                "reference=" + event.reference() + ", name=" + event.name() + ", location=" + event.location()
                        + ", start=" + event.startDate() + " " + event.startTime() + ", end=" + event.endDate() + " "
                        + event.endTime()
                        + ", timezone=" + event.timezone() + ", alert=" + event.alert() + ", draft=" + event.draft()
                        + ", details=" + event.details(),
                900);
    }

    /** ECAL's own message, the best hint there is; key and signature are removed in case it quotes the address. */
    private String said(JsonNode envelope) {
        StringBuilder words = new StringBuilder();
        for (String field : new String[] {"statusLong", "message", "error", "errors"}) {
            JsonNode value = envelope.path(field);
            if (!value.isMissingNode() && !value.isNull()) {
                words.append(words.isEmpty() ? "" : " ; ")
                        .append(value.isValueNode() ? value.asText() : value.toString());
            }
        }
        String text = words.toString();
        text = configuration.conceal(text);
        text = text.replaceAll("(?i)(apiSign|apiKey)=[^&\\s\"]*", "$1=***");
        return text.isBlank() ? "" : " : « " + Text.line(text, 300) + " »";
    }
}
