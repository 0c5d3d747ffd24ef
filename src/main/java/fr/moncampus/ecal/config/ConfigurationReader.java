package fr.moncampus.ecal.config;

import java.net.URI;
import java.nio.file.Path;
import java.time.Clock;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads one configuration file and collects everything that is wrong in it. */
final class ConfigurationReader {
    /**
     * @param configuration null when there is an error
     * @param places        where each key stands, by key
     */
    record Reading(Configuration configuration, List<Finding> findings, Map<String, Position> places) {}

    static final int MAX_BYTES = 64 * 1024;
    private static final Pattern EXTENSION = Pattern.compile("(.+)\\.ya?ml");
    /** Dates further away are typing errors, and arithmetic with them could overflow. */
    private static final int YEARS_AROUND = 50;

    private final Path file;
    private final Function<String, String> environment;
    private final Clock clock;
    private final Connectors connectors;
    private final List<Finding> findings = new ArrayList<>();
    private FlatYaml yaml;
    private KeyValues values;

    private ConfigurationReader(Path file, Connectors connectors, Function<String, String> environment, Clock clock) {
        this.file = file;
        this.connectors = connectors;
        this.environment = environment;
        this.clock = clock;
    }

    static Reading read(Path file, Connectors connectors, Function<String, String> environment, Clock clock) {
        return new ConfigurationReader(file, connectors, environment, clock).read();
    }

    /** The file's base name. */
    static String nameOf(Path file) {
        Path last = file.getFileName();
        String whole = last == null ? "" : last.toString();
        Matcher matcher = EXTENSION.matcher(whole);
        return matcher.matches() ? matcher.group(1) : whole;
    }

    /** @param text what is, or is to be, in the file */
    static Reading read(
            Path file, String text, Connectors connectors, Function<String, String> environment, Clock clock) {
        return new ConfigurationReader(file, connectors, environment, clock).read(text);
    }

    private Reading read() {
        try {
            return read(TextFile.read(file, MAX_BYTES));
        } catch (InvalidFileException mistake) {
            return new Reading(null, List.of(Finding.error(file, mistake.at(), mistake)), Map.of());
        }
    }

    private Reading read(String text) {
        yaml = FlatYaml.read(file, text);
        findings.addAll(yaml.findings());
        values = new KeyValues(file, yaml, environment, findings);
        checkName();
        Configuration configuration = configuration();
        boolean valid = findings.stream().noneMatch(Finding::isError);
        Map<String, Position> places = new HashMap<>();
        yaml.entries().forEach((key, entry) -> places.put(key, entry.keyAt()));
        return new Reading(valid ? configuration : null, findings, places);
    }

    private void checkName() {
        String name = nameOf(file);
        if (!ConfigurationFiles.isName(name)) {
            String better = name.replaceAll("[^A-Za-z0-9._-]+", "-").replaceFirst("^[._-]+", "");
            error(
                    Position.START,
                    "le nom du fichier sert de nom à la configuration : lettres sans accent, chiffres, point, tiret et tiret bas seulement",
                    "renommez le fichier, par exemple en " + (better.isEmpty() ? "config1" : better) + ".yml");
        }
    }

    private Configuration configuration() {
        boolean insecure = Boolean.TRUE.equals(values.read(Key.ALLOW_HTTP, Values::yesOrNo));
        EndsReader ends = new EndsReader(values, connectors, (key, parser) -> address(key, parser, insecure));
        ends.read();
        ZoneId zone = values.read(Key.TIME_ZONE, Values::zone);
        Key first = ends.first();
        Key last = ends.last();
        DayRule start = values.read(first, text -> near(Values.day(text), zone));
        DayRule end = values.read(last, text -> near(Values.day(text), zone));
        Path errorFile = values.has(Key.ERROR_FILE_PATH) ? values.read(Key.ERROR_FILE_PATH, ErrorFile::check) : null;
        String label = values.has(Key.INSTANCE_NAME) ? values.read(Key.INSTANCE_NAME, Values::label) : nameOf(file);
        String cron = values.read(Key.SCHEDULE, text -> Schedules.cron(text, clock.instant()));
        String alert = values.read(Key.ALERT, Values::alert);
        Boolean teamsLink = values.read(Key.TEAMS_LINK, Values::yesOrNo);
        Integer concurrency = values.read(Key.ECAL_CONCURRENCY, Values::concurrency);
        String title = values.has(Key.TITLE) ? values.read(Key.TITLE, SelectionReader::title) : null;
        Selection selection = new SelectionReader(file, yaml, findings).read(title);
        Rules rules = rules();
        URI notify = values.has(Key.NOTIFY_URL)
                ? address(Asked.of(Key.NOTIFY_URL), Addresses::notification, insecure)
                : null;
        LocalTime evening = values.has(Key.EVENING) ? values.read(Key.EVENING, Values::evening) : null;
        if (evening != null && !values.has(Key.NOTIFY_URL)) {
            error(
                    values.at(Key.EVENING),
                    "« evening » ne sert à rien sans « notify_url » : le message n'irait nulle part",
                    "ajoutez notify_url, par exemple une adresse de ntfy, ou enlevez cette ligne");
        }
        checkOrder(start, end, last, zone);
        if (findings.stream().anyMatch(Finding::isError)) {
            return null;
        }
        return new Configuration(
                nameOf(file),
                file,
                label,
                ends.of(nameOf(file)),
                new Configuration.Days(start, end),
                new Configuration.Events(concurrency, alert, teamsLink, selection),
                new Configuration.Schedule(Schedules.spread(cron, nameOf(file)), zone, evening),
                rules,
                errorFile,
                notify == null ? null : new Secret(notify.toString()));
    }

    private Rules rules() {
        var deleteAfter = values.read(Key.DELETE_AFTER, Values::duration);
        Integer maxDeletes = values.read(Key.MAX_DELETES, Values::deletes);
        Double ratio = values.read(Key.MAX_DELETE_RATIO, Values::ratio);
        var settle = values.read(Key.SETTLE, Values::duration);
        Rules.Cancelled cancelled = values.read(Key.CANCELLED, Values::cancelled);
        boolean readable =
                deleteAfter != null && maxDeletes != null && ratio != null && settle != null && cancelled != null;
        return readable ? new Rules(deleteAfter, maxDeletes, ratio, settle, cancelled) : null;
    }

    private URI address(Asked key, KeyValues.Parser<URI> parser, boolean insecure) {
        URI uri = values.read(key, parser);
        if (uri == null || !Addresses.isExposed(uri)) {
            return uri;
        }
        Position at = values.at(key);
        if (insecure) {
            findings.add(Finding.warning(
                    file,
                    at,
                    "« %s » : le mot de passe et les clés passent en clair sur le réseau (http)".formatted(key.key()),
                    "utilisez https dès que possible"));
        } else {
            error(
                    at,
                    "« %s » : http n'est accepté que pour cette machine (localhost), le mot de passe passerait en clair"
                            .formatted(key.key()),
                    "écrivez https://…, ou ajoutez « allow_http: true » si vous savez ce que vous faites");
        }
        return uri;
    }

    private DayRule near(DayRule rule, ZoneId zone) throws InvalidFileException {
        try {
            LocalDate today = today(zone);
            LocalDate day = rule.on(today);
            if (day.isAfter(today.minusYears(YEARS_AROUND)) && day.isBefore(today.plusYears(YEARS_AROUND))) {
                return rule;
            }
        } catch (DateTimeException | ArithmeticException e) {
            // so far away that it is no day
        }
        throw new InvalidFileException(
                "cette date est à plus de %d ans d'aujourd'hui".formatted(YEARS_AROUND),
                "vérifiez l'année, par exemple 2026-09-01");
    }

    /** A relative start date can move past a fixed end date once the school year is over; that is not an error. */
    private void checkOrder(DayRule start, DayRule end, Key last, ZoneId zone) {
        if (end == null) {
            return;
        }
        Position at = values.has(last) ? values.at(last) : Position.START;
        LocalDate today = today(zone);
        LocalDate day = end.on(today);
        boolean over = day.isBefore(today);
        boolean overtaken = over && start instanceof DayRule.Relative && end instanceof DayRule.Fixed;
        if (start != null && day.isBefore(start.on(today)) && !overtaken) {
            error(
                    at,
                    "« %s » (%s) est avant la date de début (%s)".formatted(last.key(), day, start.on(today)),
                    "échangez ou corrigez les deux dates");
        } else if (over) {
            findings.add(Finding.warning(
                    file,
                    at,
                    "« %s » (%s) est passée : plus aucun cours ne sera ajouté ni retiré".formatted(last.key(), day),
                    "écrivez la fin de la nouvelle année, ou une distance comme P120D"));
        }
    }

    private LocalDate today(ZoneId zone) {
        return LocalDate.now(clock.withZone(zone != null ? zone : ZoneId.of(Key.TIME_ZONE.defaultValue())));
    }

    private void error(Position at, String message, String fix) {
        findings.add(Finding.error(file, at, message, fix));
    }
}
