package fr.moncampus.ecal.config;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** Configuration files as users write them, and their reading on one fixed day. */
final class Written {
    static final String TODAY = "2026-10-01";
    static final Clock CLOCK = Clock.fixed(Instant.parse(TODAY + "T10:00:00Z"), ZoneOffset.UTC);
    static final Map<String, String> ENVIRONMENT = Map.of("PASSWORD", "from-environment", "EMPTY", "");
    static final String SECRET = "s3cr3t-mark";

    private static final List<String> VALID = List.of(
            "moncampus_username: lea.martin",
            "moncampus_password: " + SECRET,
            "moncampus_start_date: 2026-09-01",
            "moncampus_end_date: 2027-07-10",
            "ecal_api_key: key-" + SECRET,
            "ecal_api_secret: secret-" + SECRET,
            "ecal_calendar_id: 64229d018723a1000e07dc9f");

    private Written() {}

    static String valid() {
        return String.join("\n", VALID) + "\n";
    }

    /** The valid file with these lines added, or put in the place of the line with the same key. */
    static String with(String... lines) {
        List<String> file = new ArrayList<>(VALID);
        for (String line : lines) {
            int same = file.stream().map(Written::key).toList().indexOf(key(line));
            if (same < 0) {
                file.add(line);
            } else {
                file.set(same, line);
            }
        }
        return String.join("\n", file) + "\n";
    }

    static String without(String key) {
        return VALID.stream().filter(line -> !key(line).equals(key)).collect(Collectors.joining("\n", "", "\n"));
    }

    static Configurations.Loaded load(Path... files) {
        return Configurations.load(List.of(files), ENVIRONMENT::get, CLOCK);
    }

    static Path write(Path folder, String name, String text) {
        try {
            return Files.writeString(folder.resolve(name), text);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String key(String line) {
        return line.substring(0, Math.max(0, line.indexOf(':')));
    }
}
