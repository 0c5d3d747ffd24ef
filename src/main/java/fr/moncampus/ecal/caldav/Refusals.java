package fr.moncampus.ecal.caldav;

import fr.moncampus.ecal.calendar.CalendarException;
import fr.moncampus.ecal.calendar.CalendarUnavailableException;
import fr.moncampus.ecal.config.Configuration;
import fr.moncampus.ecal.http.Text;
import java.nio.charset.StandardCharsets;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Why a server does not do what it was asked, in the user's words. */
final class Refusals {
    private static final Set<Integer> PASSING = Set.of(408, 423, 425, 429);
    private static final int NO_SPACE = 507;
    private static final int MOST_WORDS = 200;
    private static final int MOST_BYTES = 20_000;
    private static final Pattern MESSAGE =
            Pattern.compile("(?s)<(?:\\w+:)?(?:message|responsedescription)[^>]*>(.*?)</");
    private static final Pattern SAME_UID = Pattern.compile("(?is).*(no-uid-conflict|\\buid\\b.{0,80}\\bexists?\\b).*");

    private final Configuration configuration;

    Refusals(Configuration configuration) {
        this.configuration = configuration;
    }

    /** Whether a server says that it has an event of this UID already, each in its own way. */
    static boolean isSameUid(DavRequest answer) {
        return Set.of(400, 403, 409, 412).contains(answer.status())
                && SAME_UID.matcher(body(answer)).matches();
    }

    CalendarException of(DavRequest answer, boolean write) {
        int status = answer.status();
        if (!answer.isAnswered()) {
            return new CalendarException(
                    0,
                    "Le serveur CalDAV redirige sans fin, ou une étape modifiée de routes/caldav.camel.yaml ne l'interroge pas.");
        }
        if (PASSING.contains(status) || status >= 500 && status != NO_SPACE && status != 501) {
            return new CalendarUnavailableException(
                    status,
                    "Le serveur CalDAV est en panne ou demande d'attendre (" + status + ")" + said(answer) + ".",
                    answer.retryAfter());
        }
        return new CalendarException(status, write ? unwritten(answer) : unread(answer));
    }

    private String unread(DavRequest answer) {
        int status = answer.status();
        if (status / 100 == 3) {
            return "Le serveur CalDAV renvoie ailleurs (" + status
                    + "), où le mot de passe n'est pas envoyé. Mettez dans caldav_url l'adresse du calendrier lui-même, en https://.";
        }
        return switch (status) {
            case 401 ->
                "Le serveur CalDAV refuse l'identifiant ou le mot de passe (401). Vérifiez caldav_user et caldav_password ; iCloud, et Nextcloud avec la"
                        + " double authentification, veulent un mot de passe d'application.";
            case 403 ->
                "Le serveur CalDAV refuse l'accès à ce calendrier (403)" + said(answer)
                        + ". Vérifiez caldav_url et caldav_user : est-ce bien le calendrier de cette personne ?";
            case 404, 410 ->
                "Ce calendrier n'existe pas sur le serveur CalDAV (" + status
                        + "). Vérifiez caldav_url : l'adresse que donnent les réglages du calendrier, et non celle de la page web.";
            case 200, 400, 405, 415, 501 ->
                "À cette adresse ne répond pas un calendrier CalDAV (" + status + ")" + said(answer)
                        + ". Vérifiez caldav_url : l'adresse que donnent les réglages du calendrier.";
            default -> "Le serveur CalDAV refuse la lecture du calendrier (" + status + ")" + said(answer) + ".";
        };
    }

    private String unwritten(DavRequest answer) {
        int status = answer.status();
        return switch (status) {
            case 401 ->
                "Le serveur CalDAV refuse l'identifiant ou le mot de passe (401). Vérifiez caldav_user et caldav_password.";
            case 403 ->
                "Le serveur CalDAV refuse cette écriture (403)" + said(answer)
                        + " : le calendrier est peut-être en lecture seule.";
            case NO_SPACE -> "Le serveur CalDAV n'a plus de place pour ce calendrier (507).";
            default -> "Le serveur CalDAV refuse cette écriture (" + status + ")" + said(answer) + ".";
        };
    }

    /** The server's own words, the best hint there is. */
    private String said(DavRequest answer) {
        Matcher message = MESSAGE.matcher(body(answer));
        String words = message.find() ? configuration.conceal(Text.line(message.group(1), MOST_WORDS)) : "";
        return words.isBlank() ? "" : " : « " + words + " »";
    }

    private static String body(DavRequest answer) {
        byte[] body = answer.body();
        return new String(body, 0, Math.min(body.length, MOST_BYTES), StandardCharsets.UTF_8);
    }

    static CalendarException partial(String why) {
        return new CalendarUnavailableException(
                207, "Le serveur CalDAV n'a pas donné tout le calendrier : " + why + ". Rien n'a été changé.", null);
    }
}
