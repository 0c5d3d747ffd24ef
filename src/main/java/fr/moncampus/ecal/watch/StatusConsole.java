package fr.moncampus.ecal.watch;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.apache.camel.support.console.AbstractDevConsole;

/** {@code /q/dev/moncampus}: what {@code status} says. */
final class StatusConsole extends AbstractDevConsole {
    private static final ObjectMapper JSON = new ObjectMapper();
    private final List<StatusReader> readers;
    private final Clock clock;

    StatusConsole(List<StatusReader> readers, Clock clock) {
        super(
                "moncampus",
                "moncampus",
                "MonCampus",
                "Runs, what waits, what is held and what failed, by configuration");
        this.readers = readers;
        this.clock = clock;
    }

    @Override
    protected String doCallText(Map<String, Object> options) {
        return readers.stream()
                .flatMap(reader -> StatusText.lines(reader.read(), clock.instant()).stream())
                .collect(Collectors.joining("\n"));
    }

    @Override
    protected Map<String, Object> doCallJson(Map<String, Object> options) {
        return Map.of(
                "configurations",
                readers.stream()
                        .map(reader -> JSON.convertValue(reader.read(), new TypeReference<Map<String, Object>>() {}))
                        .toList());
    }
}
