package fr.moncampus.ecal.timetable;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.camel.Body;

/** What the route of a source can call that has no Java of its own: the bean {@code timetable}. */
public final class SourceSteps {

    /**
     * A school's rows under our names.
     *
     * @param body  a list of maps, such as JSON gives
     * @param names {@code our=theirs}, separated by blanks; {@code our=a.b} for the field b of a map in the field a
     * @throws SourceException when the body is no list: failure is not emptiness
     */
    public List<Map<String, Object>> rows(@Body Object body, String names) {
        if (!(body instanceof List<?> rows)) {
            throw new SourceException(
                    "L'école n'a pas répondu par une liste de cours. Rien n'a été changé ; si cela dure, comparez sa réponse à votre route.");
        }
        List<Map<String, Object>> renamed = new ArrayList<>();
        for (Object row : rows) {
            Map<String, Object> ours = new LinkedHashMap<>();
            Arrays.stream(names.strip().split("\\s+"))
                    .map(pair -> pair.split("=", 2))
                    .forEach(pair -> ours.put(pair[0], value(row, pair[pair.length - 1])));
            renamed.add(ours);
        }
        return renamed;
    }

    private static Object value(Object row, String path) {
        Object value = row;
        for (String field : path.split("\\.")) {
            value = value instanceof Map<?, ?> fields ? fields.get(field) : null;
        }
        return value;
    }
}
