package fr.moncampus.ecal.config;

import java.net.URI;
import java.nio.file.Path;
import java.time.Clock;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads one configuration file and collects everything that is wrong in it. */
final class ConfigurationReader {
    /**
     * @param configuration null when there is an error
     * @param places        where each key stands, by key
     */
    record Reading(Configuration configuration, List<Finding> findings, Map<String, Position> places) {
    }

    private interface Parser<T> {
        T parse(String text) throws Mistake;
    }

    private static final int LARGEST = 64 * 1024;
    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._-]*");
    private static final Pattern EXTENSION = Pattern.compile("(.+)\\.ya?ml");
    private static final Pattern PARAMETER = Pattern.compile("[A-Za-z_][A-Za-z0-9_.-]{0,99}");
    private static final Pattern VARIABLE = Pattern.compile("\\$\\{([A-Za-z_][A-Za-z0-9_]*)}");
    /** Farther days are typing errors, and arithmetic with them could overflow. */
    private static final int YEARS_AROUND = 50;

    private final Path file;
    private final Function<String, String> environment;
    private final Clock clock;
    private final List<Finding> findings = new ArrayList<>();
    private final Set<String> meant = new HashSet<>();
    private FlatYaml yaml;

    private ConfigurationReader(Path file, Function<String, String> environment, Clock clock) {
        this.file = file;
        this.environment = environment;
        this.clock = clock;
    }

    static Reading read(Path file, Function<String, String> environment, Clock clock) {
        return new ConfigurationReader(file, environment, clock).read();
    }

    /** The file's base name. */
    static String nameOf(Path file) {
        Path last = file.getFileName();
        String whole = last == null ? "" : last.toString();
        Matcher matcher = EXTENSION.matcher(whole);
        return matcher.matches() ? matcher.group(1) : whole;
    }

    private Reading read() {
        try {
            yaml = FlatYaml.read(file, TextFile.read(file, LARGEST));
        } catch (Mistake mistake) {
            return new Reading(null, List.of(Finding.error(file, mistake.at(), mistake)), Map.of());
        }
        findings.addAll(yaml.findings());
        checkName();
        Map<String, String> parameters = parameters();
        Configuration configuration = configuration(parameters);
        boolean valid = findings.stream().noneMatch(Finding::isError);
        Map<String, Position> places = new HashMap<>();
        yaml.entries().forEach((key, entry) -> places.put(key, entry.keyAt()));
        return new Reading(valid ? configuration : null, findings, places);
    }

    private void checkName() {
        String name = nameOf(file);
        if (!NAME.matcher(name).matches()) {
            String better = name.replaceAll("[^A-Za-z0-9._-]+", "-").replaceFirst("^[._-]+", "");
            error(Position.START, "le nom du fichier sert de nom à la configuration : lettres sans accent, chiffres, point, tiret et tiret bas seulement",
                    "renommez le fichier, par exemple en " + (better.isEmpty() ? "config1" : better) + ".yml");
        }
    }

    private Map<String, String> parameters() {
        Map<String, String> parameters = new LinkedHashMap<>();
        List<String> known = Key.all();
        yaml.entries().forEach((key, entry) -> {
            if (!known.contains(key) && isParameter(entry) && entry.value() != null) {
                text(entry).ifPresent(value -> parameters.put(key, value));
            }
        });
        return parameters;
    }

    private boolean isParameter(FlatYaml.Entry entry) {
        if (!PARAMETER.matcher(entry.key()).matches()) {
            error(entry.keyAt(), "ce n'est pas une clé : une clé n'a que des lettres sans accent, des chiffres et des tirets bas",
                    "écrivez la clé, deux-points, une espace, puis la valeur");
            return false;
        }
        Optional<String> close = Key.meantBy(entry.key());
        close.ifPresent(key -> {
            meant.add(key);
            error(entry.keyAt(), "la clé « %s » n'existe pas".formatted(entry.key()), "vouliez-vous écrire « " + key + " » ?");
        });
        return close.isEmpty();
    }

    private Configuration configuration(Map<String, String> parameters) {
        ZoneId zone = value(Key.TIME_ZONE, Values::zone);
        DayRule start = value(Key.MONCAMPUS_START_DATE, text -> near(Values.day(text), zone));
        DayRule end = value(Key.MONCAMPUS_END_DATE, text -> near(Values.day(text), zone));
        boolean insecure = Boolean.TRUE.equals(value(Key.ALLOW_HTTP, Values::yesOrNo));
        String username = value(Key.MONCAMPUS_USERNAME, text -> text);
        Secret password = value(Key.MONCAMPUS_PASSWORD, Secret::new);
        Secret apiKey = value(Key.ECAL_API_KEY, Secret::new);
        Secret apiSecret = value(Key.ECAL_API_SECRET, Secret::new);
        String calendarId = value(Key.ECAL_CALENDAR_ID, Values::calendarId);
        Path errorFile = given(Key.ERROR_FILE_PATH) ? value(Key.ERROR_FILE_PATH, ErrorFile::check) : null;
        String label = given(Key.INSTANCE_NAME) ? value(Key.INSTANCE_NAME, Values::label) : nameOf(file);
        URI timetable = address(Key.MONCAMPUS_URL, Addresses::origin, insecure);
        URI cas = address(Key.MONCAMPUS_CAS_URL, Addresses::page, insecure);
        URI ecal = address(Key.ECAL_URL, Addresses::base, insecure);
        String schedule = value(Key.SCHEDULE, text -> Schedules.cron(text, clock.instant()));
        String alert = value(Key.ALERT, Values::alert);
        Boolean teamsLink = value(Key.TEAMS_LINK, Values::yesOrNo);
        Integer concurrency = value(Key.ECAL_CONCURRENCY, Values::concurrency);
        Rules rules = rules();
        checkOrder(start, end, zone);
        if (findings.stream().anyMatch(Finding::isError)) {
            return null;
        }
        return new Configuration(nameOf(file), file, label, username, password, start, end, apiKey, apiSecret, calendarId, errorFile,
                timetable, cas, ecal, schedule, zone, alert, teamsLink, concurrency, rules, Map.copyOf(parameters));
    }

    private Rules rules() {
        var deleteAfter = value(Key.DELETE_AFTER, Values::duration);
        Integer maxDeletes = value(Key.MAX_DELETES, Values::deletes);
        Double ratio = value(Key.MAX_DELETE_RATIO, Values::ratio);
        var settle = value(Key.SETTLE, Values::duration);
        boolean readable = deleteAfter != null && maxDeletes != null && ratio != null && settle != null;
        return readable ? new Rules(deleteAfter, maxDeletes, ratio, settle) : null;
    }

    private boolean given(Key key) {
        return yaml.entries().containsKey(key.key());
    }

    /** The value of a key or its default; null when it is missing or wrong, and then there is a finding. */
    private <T> T value(Key key, Parser<T> parser) {
        FlatYaml.Entry entry = yaml.entries().get(key.key());
        FlatYaml.Entry named = key.isSecret() ? yaml.entries().get(key.fileKey()) : null;
        if (entry != null && named != null) {
            error(named.keyAt(), "« %s » et « %s » sont donnés tous les deux".formatted(key.key(), key.fileKey()), "gardez une seule des deux lignes");
            return null;
        }
        if (entry == null && named == null) {
            return absent(key, parser);
        }
        FlatYaml.Entry given = entry != null ? entry : named;
        if (given.value() == null) {
            return null;
        }
        return text(given).map(text -> parsed(key, given, text, parser)).orElse(null);
    }

    private <T> T absent(Key key, Parser<T> parser) {
        if (!key.isRequired()) {
            return parse(key.defaultValue(), Position.START, parser);
        }
        if (yaml.isComplete() && !meant.contains(key.key()) && !meant.contains(key.fileKey())) {
            error(Position.START, "la clé « %s » manque".formatted(key.key()), "ajoutez une ligne « %s: … »".formatted(key.key()));
        }
        return null;
    }

    private <T> T parsed(Key key, FlatYaml.Entry entry, String text, Parser<T> parser) {
        try {
            String value = entry.key().equals(key.key()) ? text : SecretFile.read(file, text);
            value = key.isSecret() ? value : value.strip();
            if (value.isBlank()) {
                throw new Mistake("la clé « %s » n'a pas de valeur".formatted(key.key()),
                        key.isRequired() ? "écrivez la valeur après les deux-points" : "écrivez une valeur, ou enlevez cette ligne");
            }
            if (Placeholders.isLeftOver(value)) {
                throw new Mistake("la valeur de « %s » est encore celle de l'exemple".formatted(key.key()), "remplacez-la par la vôtre");
            }
            return parser.parse(value);
        } catch (Mistake mistake) {
            findings.add(Finding.error(file, entry.at(), mistake));
            return null;
        }
    }

    private <T> T parse(String text, Position at, Parser<T> parser) {
        try {
            return parser.parse(text);
        } catch (Mistake mistake) {
            findings.add(Finding.error(file, at, mistake));
            return null;
        }
    }

    /** As written, or what the environment holds when the whole value is {@code ${NAME}}. */
    private Optional<String> text(FlatYaml.Entry entry) {
        String written = entry.value();
        if (!written.startsWith("${") || !written.endsWith("}")) {
            return Optional.of(written);
        }
        Matcher variable = VARIABLE.matcher(written);
        if (!variable.matches()) {
            error(entry.at(), "ce qui est entre « ${ » et « } » n'est pas le nom d'une variable d'environnement",
                    "écrivez ${NOM}, avec des lettres, des chiffres et des tirets bas");
            return Optional.empty();
        }
        Optional<String> value = Optional.ofNullable(environment.apply(variable.group(1))).filter(found -> !found.isBlank());
        if (value.isEmpty()) {
            error(entry.at(), "la variable d'environnement %s n'est pas définie, ou elle est vide".formatted(variable.group(1)),
                    "définissez-la avant de lancer le programme, ou écrivez la valeur ici");
        }
        return value;
    }

    private URI address(Key key, Parser<URI> parser, boolean insecure) {
        URI uri = value(key, parser);
        if (uri == null || !Addresses.isExposed(uri)) {
            return uri;
        }
        Position at = yaml.entries().get(key.key()).at();
        if (insecure) {
            findings.add(Finding.warning(file, at, "le mot de passe et les clés passent en clair sur le réseau (http)", "utilisez https dès que possible"));
        } else {
            error(at, "http n'est accepté que pour cette machine (localhost) : le mot de passe passerait en clair",
                    "écrivez https://…, ou ajoutez « allow_http: true » si vous savez ce que vous faites");
        }
        return uri;
    }

    private DayRule near(DayRule rule, ZoneId zone) throws Mistake {
        try {
            LocalDate today = today(zone);
            LocalDate day = rule.on(today);
            if (day.isAfter(today.minusYears(YEARS_AROUND)) && day.isBefore(today.plusYears(YEARS_AROUND))) {
                return rule;
            }
        } catch (DateTimeException | ArithmeticException e) {
            // so far away that it is no day
        }
        throw new Mistake("cette date est à plus de %d ans d'aujourd'hui".formatted(YEARS_AROUND), "vérifiez l'année, par exemple 2026-09-01");
    }

    /** A relative start that has overtaken the end is no mistake of order: the year is over. */
    private void checkOrder(DayRule start, DayRule end, ZoneId zone) {
        if (end == null) {
            return;
        }
        Position at = yaml.entries().get(Key.MONCAMPUS_END_DATE.key()).at();
        LocalDate today = today(zone);
        LocalDate last = end.on(today);
        boolean over = last.isBefore(today);
        boolean overtaken = over && start instanceof DayRule.Relative && end instanceof DayRule.Fixed;
        if (start != null && last.isBefore(start.on(today)) && !overtaken) {
            error(at, "la date de fin (%s) est avant la date de début (%s)".formatted(last, start.on(today)), "échangez ou corrigez les deux dates");
        } else if (over) {
            findings.add(Finding.warning(file, at, "la date de fin (%s) est passée : plus aucun cours ne sera ajouté ni retiré".formatted(last),
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
