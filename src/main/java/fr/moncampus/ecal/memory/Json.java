package fr.moncampus.ecal.memory;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.ObjectReader;
import com.fasterxml.jackson.databind.json.JsonMapper;
import fr.moncampus.ecal.calendar.CalendarEvent;

/** Events and results as the memory keeps them. */
final class Json {
    private static final ObjectMapper MAPPER = JsonMapper.builder()
            .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
            .build();

    private static final ObjectReader EVENT = MAPPER.readerFor(CalendarEvent.class);

    private Json() {}

    /** @param value null gives null */
    static String write(Object value) {
        try {
            return value == null ? null : MAPPER.writeValueAsString(value);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(e);
        }
    }

    /** @param text null gives null */
    static CalendarEvent read(String text) {
        try {
            return text == null ? null : EVENT.readValue(text);
        } catch (JsonProcessingException e) {
            throw unreadable(e);
        }
    }

    static <T> T read(String text, Class<T> type) {
        try {
            return MAPPER.readValue(text, type);
        } catch (JsonProcessingException e) {
            throw unreadable(e);
        }
    }

    private static MemoryException unreadable(JsonProcessingException e) {
        return new MemoryException(
                "La mémoire contient une ligne illisible : déplacez le fichier " + Database.FILE + ".", e);
    }
}
