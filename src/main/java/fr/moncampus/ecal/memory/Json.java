package fr.moncampus.ecal.memory;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import fr.moncampus.ecal.ecal.CalendarEvent;

/** Events as the memory keeps them. */
final class Json {
    private static final ObjectMapper MAPPER = JsonMapper.builder()
            .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
            .build();

    private Json() {}

    /** @param event null gives null */
    static String write(CalendarEvent event) {
        try {
            return event == null ? null : MAPPER.writeValueAsString(event);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(e);
        }
    }

    /** @param text null gives null */
    static CalendarEvent read(String text) {
        try {
            return text == null ? null : MAPPER.readValue(text, CalendarEvent.class);
        } catch (JsonProcessingException e) {
            throw new MemoryException(
                    "La mémoire contient un événement illisible : déplacez le fichier " + Database.FILE + ".", e);
        }
    }
}
