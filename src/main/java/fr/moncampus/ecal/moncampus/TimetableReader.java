package fr.moncampus.ecal.moncampus;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import fr.moncampus.ecal.moncampus.PortalException.Kind;
import fr.moncampus.ecal.timetable.Course;
import fr.moncampus.ecal.timetable.Timetable;
import fr.moncampus.ecal.timetable.Timetable.Unreadable;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * The answer of {@code /Home/Get}, {@code {"Data":[…],"Total":N,"Errors":null}}, row by row, so that 20 MB need little memory.
 * Failure is not emptiness: what is not complete is an exception, never a shorter timetable.
 */
final class TimetableReader {
    private static final JsonFactory JSON = JsonMapper.builder().build().getFactory();

    private final List<Course> courses = new ArrayList<>();
    private final List<Unreadable> unreadable = new ArrayList<>();
    private int rows;

    private TimetableReader() {}

    /** @throws PortalUnavailableException of kind {@code UNREADABLE} when the answer is not a complete timetable */
    static Timetable read(byte[] json) {
        return read(new ByteArrayInputStream(json));
    }

    /** As {@link #read(byte[])}; the stream is closed. */
    static Timetable read(InputStream json) {
        try (JsonParser parser = JSON.createParser(json)) {
            return new TimetableReader().envelope(parser);
        } catch (IOException e) {
            // no cause: Jackson quotes the text around the mistake
            throw incomplete("ce n'est pas du JSON complet et correct");
        }
    }

    private Timetable envelope(JsonParser parser) throws IOException {
        if (parser.nextToken() != JsonToken.START_OBJECT) {
            throw incomplete("ce n'est pas un objet JSON");
        }
        Set<String> seen = new HashSet<>();
        Long total = null;
        while (parser.nextToken() == JsonToken.FIELD_NAME) {
            String field = parser.currentName();
            parser.nextToken();
            if (!seen.add(field)) {
                throw incomplete("un champ y figure deux fois");
            }
            switch (field) {
                case "Data" -> data(parser);
                case "Total" -> total = total(parser.readValueAsTree());
                case "Errors" -> errors(parser);
                default -> parser.skipChildren();
            }
        }
        if (parser.nextToken() != null) {
            throw incomplete("du texte suit la fin du JSON");
        }
        if (!seen.contains("Data")) {
            throw incomplete("le champ « Data » manque");
        }
        if (total == null || total != rows) {
            throw incomplete("« Total » annonce " + (total == null ? "un nombre illisible" : total)
                    + " et « Data » contient " + rows + " séances");
        }
        return new Timetable(List.copyOf(courses), List.copyOf(unreadable));
    }

    private void data(JsonParser parser) throws IOException {
        if (parser.currentToken() != JsonToken.START_ARRAY) {
            throw incomplete("« Data » n'est pas une liste");
        }
        while (parser.nextToken() != JsonToken.END_ARRAY) {
            JsonNode row = parser.readValueAsTree();
            rows++;
            try {
                courses.add(Row.course(row));
            } catch (Row.UnreadableRowException e) {
                unreadable.add(new Unreadable(rows, Row.number(row), e.getMessage()));
            }
        }
    }

    private static void errors(JsonParser parser) throws IOException {
        if (parser.currentToken() != JsonToken.VALUE_NULL) {
            throw incomplete("le portail signale une erreur (champ « Errors »)");
        }
    }

    private static Long total(JsonNode total) {
        return total.isIntegralNumber() && total.canConvertToLong() ? Long.valueOf(total.longValue()) : null;
    }

    private static PortalUnavailableException incomplete(String why) {
        return new PortalUnavailableException(
                Kind.UNREADABLE,
                "La réponse de MonCampus n'est pas un emploi du temps complet : " + why
                        + ". Rien n'a été changé ; si cela dure, regardez l'emploi du temps dans un navigateur.");
    }
}
