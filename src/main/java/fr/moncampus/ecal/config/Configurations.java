package fr.moncampus.ecal.config;

import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Reads configuration files together: those that are valid, and all that is wrong in all of them. */
public final class Configurations {
    /**
     * @param valid    in the order of their files
     * @param findings errors and warnings, by file, line and column
     * @param places   by file: where each key stands
     */
    public record Loaded(List<Configuration> valid, List<Finding> findings, Map<Path, Map<String, Position>> places) {
        public boolean hasErrors() {
            return findings.stream().anyMatch(Finding::isError);
        }

        /** Where a configuration has this key. */
        public Position placeOf(Configuration configuration, String key) {
            return places.getOrDefault(configuration.file(), Map.of()).getOrDefault(key, Position.START);
        }
    }

    private final List<Path> files;
    private final List<Configuration> valid = new ArrayList<>();
    private final List<Finding> findings = new ArrayList<>();
    private final Map<Path, Map<String, Position>> places = new HashMap<>();
    private final Set<Path> refused = new HashSet<>();

    private Configurations(List<Path> files) {
        this.files = files.stream().distinct().toList();
    }

    /**
     * One bad file does not stop the others.
     *
     * @param connectors  the sources and targets there are
     * @param environment variables by name; null for one that is not set
     * @param clock       says what day it is; its own time zone does not matter
     */
    public static Loaded load(
            List<Path> files, Connectors connectors, Function<String, String> environment, Clock clock) {
        Configurations all = new Configurations(files);
        all.read(connectors, environment, clock);
        all.refuseSameNames();
        all.refuseSameOwners();
        all.warnOfSharedErrorFiles();
        return all.loaded();
    }

    /** Where there are no others than MonCampus and ECAL. */
    public static Loaded load(List<Path> files, Function<String, String> environment, Clock clock) {
        return load(files, Connectors.NONE, environment, clock);
    }

    /** What is wrong in a text that is to become this file; the files beside it are not looked at. */
    public static List<Finding> check(
            Path file, String text, Connectors connectors, Function<String, String> environment, Clock clock) {
        return ConfigurationReader.read(file, text, connectors, environment, clock)
                .findings();
    }

    private void read(Connectors connectors, Function<String, String> environment, Clock clock) {
        for (Path file : files) {
            ConfigurationReader.Reading reading = ConfigurationReader.read(file, connectors, environment, clock);
            findings.addAll(reading.findings());
            places.put(file, reading.places());
            if (reading.configuration() != null) {
                valid.add(reading.configuration());
            }
        }
    }

    private void refuseSameNames() {
        files.stream()
                .collect(Collectors.groupingBy(ConfigurationReader::nameOf))
                .forEach((name, same) -> {
                    if (same.size() > 1) {
                        same.forEach(file -> refuse(
                                file,
                                Position.START,
                                "plusieurs fichiers donnent le nom « %s » : %s".formatted(name, others(same, file)),
                                "renommez ou enlevez l'un d'eux"));
                    }
                });
    }

    /** They would overwrite each other's events at every run. */
    private void refuseSameOwners() {
        sharing(Configuration::personAndCalendar)
                .forEach(same -> same.forEach(file -> refuse(
                        file,
                        placeOfCalendar(file),
                        "cette personne et ce calendrier sont déjà dans " + others(same, file),
                        "enlevez l'un des deux fichiers, ou donnez-lui un autre calendrier")));
    }

    /** The files of configurations that share a value, together; null is not shared. */
    private Stream<List<Path>> sharing(Function<Configuration, ?> something) {
        return valid.stream()
                .filter(configuration -> something.apply(configuration) != null)
                .collect(Collectors.groupingBy(something, Collectors.mapping(Configuration::file, Collectors.toList())))
                .values()
                .stream()
                .filter(same -> same.size() > 1);
    }

    private void warnOfSharedErrorFiles() {
        sharing(configuration -> configuration.errorFile() == null
                        ? null
                        : configuration.errorFile().toAbsolutePath().normalize())
                .forEach(same -> same.forEach(file -> {
                    Position at = place(file, Key.ERROR_FILE_PATH);
                    findings.add(Finding.warning(
                            file,
                            at,
                            "« error_file_path » : ce fichier d'erreurs est aussi celui de " + others(same, file),
                            "donnez un fichier à chaque configuration, ou enlevez cette ligne"));
                }));
    }

    private Position placeOfCalendar(Path file) {
        return places.get(file).containsKey(Key.TARGET.key())
                ? place(file, Key.TARGET)
                : place(file, Key.ECAL_CALENDAR_ID);
    }

    private Position place(Path file, Key key) {
        return places.get(file).getOrDefault(key.key(), Position.START);
    }

    private static String others(List<Path> same, Path file) {
        return same.stream()
                .filter(other -> !other.equals(file))
                .map(Path::toString)
                .collect(Collectors.joining(", "));
    }

    private void refuse(Path file, Position at, String message, String fix) {
        findings.add(Finding.error(file, at, message, fix));
        refused.add(file);
    }

    private Loaded loaded() {
        findings.sort(Comparator.comparingInt((Finding finding) -> files.indexOf(finding.file()))
                .thenComparingInt(Finding::line)
                .thenComparingInt(Finding::column));
        List<Configuration> kept = valid.stream()
                .filter(configuration -> !refused.contains(configuration.file()))
                .toList();
        return new Loaded(kept, List.copyOf(findings), Map.copyOf(places));
    }
}
