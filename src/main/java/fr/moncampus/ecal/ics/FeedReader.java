package fr.moncampus.ecal.ics;

import com.github.mangstadt.vinnie.VObjectProperty;
import com.github.mangstadt.vinnie.io.Context;
import com.github.mangstadt.vinnie.io.SyntaxRules;
import com.github.mangstadt.vinnie.io.VObjectDataListener;
import com.github.mangstadt.vinnie.io.VObjectReader;
import com.github.mangstadt.vinnie.io.Warning;
import fr.moncampus.ecal.timetable.SourceException;
import fr.moncampus.ecal.timetable.SourceUnavailableException;
import java.io.IOException;
import java.io.StringReader;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * Reads a feed: lenient with what real feeds do to lines, strict with what would lose courses. Failure is not emptiness: what is cut off, is no
 * calendar, repeats events or holds none is an exception, never a shorter timetable.
 */
final class FeedReader implements VObjectDataListener {
    private static final Charset OLD = Charset.forName("windows-1252");
    private static final Pattern BEGIN = Pattern.compile("(?i)BEGIN\\s*:\\s*VCALENDAR\\b");
    private static final Pattern WHOLE =
            Pattern.compile("(?is)\\s*BEGIN\\s*:\\s*VCALENDAR\\b.*END\\s*:\\s*VCALENDAR\\s*");
    private static final Pattern OPENING = Pattern.compile("(?im)^BEGIN\\s*:");
    private static final Pattern CLOSING = Pattern.compile("(?im)^END\\s*:");
    private static final Pattern PAGE = Pattern.compile("(?is)\\s*(<!doctype html|<html|<head|<body).*");
    private static final Set<String> REPEATING = Set.of("RRULE", "RDATE", "EXRULE", "RECURRENCE-ID");
    /** What stands in an event and never in a calendar. */
    private static final Set<String> OF_EVENTS = Set.of("DTSTART", "DTEND", "SUMMARY", "LOCATION", "DTSTAMP");

    /** An event whose first line is damaged is of none of these kinds. */
    private static final Set<String> KNOWN = Set.of(
            "VCALENDAR",
            "VEVENT",
            "VALARM",
            "VTIMEZONE",
            "STANDARD",
            "DAYLIGHT",
            "VTODO",
            "VJOURNAL",
            "VFREEBUSY",
            "VAVAILABILITY",
            "AVAILABLE",
            "PARTICIPANT",
            "VLOCATION",
            "VRESOURCE");

    private static final String EVENT = "VEVENT";

    private final List<VObjectProperty> calendar = new ArrayList<>();
    private final List<Entry> entries = new ArrayList<>();
    private final Deque<String> open = new ArrayDeque<>();
    private Entry entry;
    private String broken;
    private boolean repeats;

    private FeedReader() {}

    /**
     * @param type the Content-Type; null when there is none
     * @throws SourceException when it is no complete feed
     */
    static Feed read(byte[] body, String type) {
        String text = decode(body, type);
        if (PAGE.matcher(text).matches()
                || type != null
                        && type.toLowerCase(Locale.ROOT).startsWith("text/html")
                        && !BEGIN.matcher(text).lookingAt()) {
            throw new SourceUnavailableException(
                    "L'adresse du flux répond par une page web au lieu d'un calendrier : lien périmé, connexion demandée, ou école en travaux."
                            + " Rien n'a été changé ; si cela dure, redemandez à votre école le lien d'abonnement (ics_url).",
                    null);
        }
        if (!WHOLE.matcher(text).matches()) {
            throw cut(
                    BEGIN.matcher(text).find()
                            ? "il est coupé (END:VCALENDAR manque à la fin)"
                            : "ce n'est pas un calendrier (BEGIN:VCALENDAR manque)");
        }
        return new FeedReader().parse(text.strip());
    }

    /** A charset that the answer names, else UTF-8, else what old servers write without saying so. */
    private static String decode(byte[] body, String type) {
        String named = type == null ? "" : type.replaceFirst("(?is).*;\\s*charset\\s*=\\s*\"?([\\w.:-]+).*", "$1");
        Charset charset = StandardCharsets.UTF_8;
        try {
            charset = Charset.isSupported(named) ? Charset.forName(named) : charset;
        } catch (IllegalArgumentException e) {
            // none that this machine knows
        }
        String text;
        try {
            text = charset.newDecoder().decode(ByteBuffer.wrap(body)).toString();
        } catch (CharacterCodingException e) {
            text = new String(body, OLD);
        }
        return text.startsWith("\uFEFF") ? text.substring(1) : text;
    }

    private Feed parse(String text) {
        try (VObjectReader reader = new VObjectReader(new StringReader(text), SyntaxRules.iCalendar())) {
            reader.parse(this);
        } catch (IOException e) {
            throw cut("il est illisible");
        }
        // the parser closes by itself what is open when something around it ends
        if (broken == null && lines(text, OPENING) != lines(text, CLOSING)) {
            broken = "un élément n'y est pas fermé";
        }
        if (broken != null) {
            throw cut(broken);
        }
        if (repeats) {
            throw new SourceException(
                    "Le flux contient des événements répétés (RRULE ou RECURRENCE-ID), que cet outil refuse plutôt que de les lire de travers."
                            + " Rien n'a été changé. Demandez un flux qui liste chaque séance.");
        }
        if (entries.isEmpty()) {
            throw new SourceException(
                    "Le flux ne contient aucun événement. Rien n'a été changé."
                            + " Ouvrez l'emploi du temps dans un navigateur ; s'il y est, redemandez à votre école le lien d'abonnement (ics_url).");
        }
        return new Feed(List.copyOf(calendar), List.copyOf(entries));
    }

    private static long lines(String text, Pattern pattern) {
        return pattern.matcher(text).results().count();
    }

    private static SourceUnavailableException cut(String why) {
        return new SourceUnavailableException(
                "Le flux n'est pas un calendrier entier : " + why
                        + ". Rien n'a été changé ; si cela dure, prévenez votre école.",
                null);
    }

    @Override
    public void onComponentBegin(String name, Context context) {
        if (name.equals("VCALENDAR") != open.isEmpty() || name.equals(EVENT) && open.size() != 1) {
            broken = "un élément y commence dans un autre";
        }
        if (!name.startsWith("X-") && !KNOWN.contains(name)) {
            broken = "un élément y est inconnu";
        }
        open.push(name);
        if (name.equals(EVENT)) {
            entry = new Entry(entries.size() + 1);
        }
    }

    @Override
    public void onComponentEnd(String name, Context context) {
        if (!name.equals(open.poll())) {
            broken = "un élément y finit sans avoir commencé";
        }
        if (name.equals(EVENT) && entry != null) {
            entries.add(entry);
            entry = null;
        }
    }

    @Override
    public void onProperty(VObjectProperty property, Context context) {
        String inside = open.peek();
        if (EVENT.equals(inside) && entry != null) {
            repeats |= REPEATING.contains(property.getName().toUpperCase(Locale.ROOT));
            entry.add(property);
        } else if ("VCALENDAR".equals(inside)) {
            calendar.add(property);
            if (OF_EVENTS.contains(property.getName().toUpperCase(Locale.ROOT))) {
                broken = "un événement y a perdu son début";
            }
        }
    }

    @Override
    public void onVersion(String value, Context context) {
        // a feed of any version is read as far as it can be
    }

    @Override
    public void onWarning(Warning warning, VObjectProperty property, Exception thrown, Context context) {
        if (warning == Warning.UNMATCHED_END || warning == Warning.EMPTY_BEGIN || warning == Warning.EMPTY_END) {
            broken = "un élément y finit sans avoir commencé";
        } else if (entry != null) {
            entry.damaged();
        } else if ("VCALENDAR".equals(open.peek())) {
            // what may have been the beginning of an event
            broken = "une ligne y est illisible entre deux événements";
        }
    }
}
