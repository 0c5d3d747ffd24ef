package fr.moncampus.ecal.endtoend;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import fr.moncampus.ecal.endtoend.Program.Outcome;
import fr.moncampus.ecal.sandbox.Options;
import fr.moncampus.ecal.sandbox.Sandbox;
import fr.moncampus.ecal.sandbox.Server;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** A folder with configurations and data, and a sandbox for each of the persons in it, so that what befalls one befalls nobody else. */
final class Workplace implements AutoCloseable {
    private final Path folder;
    private final List<Sandbox> sandboxes = new ArrayList<>();
    private final List<Program> programs = new ArrayList<>();
    private final Map<String, String> environment = new LinkedHashMap<>();
    private final List<String> properties =
            new ArrayList<>(List.of("retry.delay=0", "retry.attempts=2", "lock.patience=1"));

    /** A configuration and the sandbox that it points to. */
    record Person(String name, Sandbox sandbox, Path file, Map<String, String> keys) {

        /** Writes its file anew; null takes a key out. */
        Person with(String key, String value) {
            if (value == null) {
                keys.remove(key);
            } else {
                keys.put(key, value);
            }
            try {
                Files.writeString(
                        file,
                        keys.entrySet().stream()
                                .map(entry -> entry.getKey() + ": '"
                                        + entry.getValue().replace("'", "''") + "'\n")
                                .collect(Collectors.joining()));
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
            return this;
        }

        List<ObjectNode> events() {
            return sandbox.calendar().events();
        }

        /** What ECAL was asked to change. */
        long writes() {
            return sandbox.log().requests(Server.ECAL, "POST", "PUT", "DELETE").size();
        }

        /** How often the password was sent. */
        long logins() {
            return sandbox.log().requests(Server.CAS, "POST").size();
        }
    }

    Workplace() {
        try {
            folder = Files.createTempDirectory("moncampus end to end ");
            Files.createDirectories(configs());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        environment.put("LC_ALL", "C.UTF-8");
    }

    Path folder() {
        return folder;
    }

    Path configs() {
        return folder.resolve("configs");
    }

    Path data() {
        return folder.resolve("data");
    }

    /** Someone with so many courses to come. */
    Person person(String name, int courses) {
        return person(
                name,
                Options.standard()
                        .student("prenom." + name, "Bac-a-sable-2026!")
                        .sessions(Courses.coming(courses)));
    }

    /** With a window around today; cancelled courses need no time but two reads. */
    Person person(String name, Options options) {
        Sandbox sandbox = Sandbox.start(options);
        sandboxes.add(sandbox);
        Map<String, String> keys = new LinkedHashMap<>();
        sandbox.configuration(options.username()).lines().forEach(line -> {
            String[] parts = line.split(": ", 2);
            keys.put(parts[0], parts[1].substring(1, parts[1].length() - 1).replace("''", "'"));
        });
        keys.put("moncampus_start_date", "-P60D");
        keys.put("moncampus_end_date", "P150D");
        return new Person(name, sandbox, configs().resolve(name + ".yml"), keys).with("delete_after", "PT0S");
    }

    /** Another configuration of the same person, into a calendar of its own. */
    Person twin(Person person, String name) {
        String account = person.sandbox().calendar().account();
        return new Person(name, person.sandbox(), configs().resolve(name + ".yml"), new LinkedHashMap<>(person.keys()))
                .with(
                        "ecal_calendar_id",
                        person.sandbox().calendars().addCalendar(account, name).id());
    }

    /** Somebody else of the same school. */
    Person classmate(Person person, String name, int courses) {
        Sandbox sandbox = person.sandbox();
        sandbox.enrol("prenom." + name, "Bac-a-sable-2026!", Courses.coming(courses));
        return new Person(name, sandbox, configs().resolve(name + ".yml"), new LinkedHashMap<>(person.keys()))
                .with("moncampus_username", "prenom." + name)
                .with("ecal_calendar_id", sandbox.calendar("prenom." + name).id());
    }

    Workplace property(String property) {
        properties.add(property);
        return this;
    }

    Workplace environment(String name, String value) {
        environment.put(name, value);
        return this;
    }

    /** Started in the folder, whose {@code configs} and {@code data} are where the program looks without being told. */
    Program start(String... arguments) {
        Program program = Program.start(folder, properties, environment, List.of(arguments));
        programs.add(program);
        return program;
    }

    Outcome run(String... arguments) {
        return start(arguments).await();
    }

    /** With its standard output somewhere else. */
    Outcome into(Path out, String... arguments) {
        Program program = Program.start(folder, out, properties, environment, List.of(arguments));
        programs.add(program);
        return program.await();
    }

    Outcome sync(String... more) {
        return run(Stream.concat(Stream.of("sync", "--format", "json"), Stream.of(more))
                .toArray(String[]::new));
    }

    String errors(Person person) {
        Path file = data().resolve("errors_" + person.name() + ".txt");
        return Files.exists(file) ? read(file) : "";
    }

    static String read(Path file) {
        try {
            return Files.readString(file, StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Counts of a result line that are not 0, those of time and requests left out. */
    static Map<String, Integer> counts(JsonNode result) {
        Map<String, Integer> counts = new LinkedHashMap<>();
        for (String field :
                List.of("created", "updated", "deleted", "unchanged", "waiting", "held", "failed", "unconfirmed")) {
            if (result.path(field).asInt() != 0) {
                counts.put(field, result.path(field).asInt());
            }
        }
        return counts;
    }

    @Override
    public void close() {
        programs.forEach(Program::close);
        sandboxes.forEach(Sandbox::close);
        try (Stream<Path> files = Files.walk(folder)) {
            files.sorted(Comparator.reverseOrder())
                    .forEach(file -> file.toFile().delete());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
