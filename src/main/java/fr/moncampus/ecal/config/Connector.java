package fr.moncampus.ecal.config;

import java.net.URI;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * A source, which answers "the timetable", or a target, which lists and writes "the calendar": one file of routes, whose templates say by their
 * group that they are one, and by their parameters which keys of a configuration they need.
 *
 * @param name that of the file, without {@code .camel.yaml}
 */
public record Connector(Role role, String name, List<Template> templates) {
    /** What a connector is; the group of its routes says so. */
    public enum Role {
        SOURCE,
        TARGET;

        /** As a route's {@code group} has it. */
        String group() {
            return name().toLowerCase(Locale.ROOT);
        }

        /** The key of a configuration that names one. */
        public Key key() {
            return this == SOURCE ? Key.SOURCE : Key.TARGET;
        }

        String inWords() {
            return this == SOURCE ? "la source" : "la cible";
        }

        /** The ids of the templates that it needs. */
        List<String> templates(String name) {
            return this == SOURCE ? List.of(name) : List.of(name + "-list", name + "-write");
        }

        static Role of(String group) {
            return Arrays.stream(values())
                    .filter(role -> role.group().equals(group))
                    .findFirst()
                    .orElse(null);
        }
    }

    private static final Pattern SECRET_NAME =
            Pattern.compile("(?i)(.*[_.-])?(password|passwd|secret|token|key|mot_de_passe|jeton)s?");
    private static final Pattern SECRET_WORD = Pattern.compile("(?iu)(.*\\W)?secr(et|ète)s?(\\W.*)?", Pattern.DOTALL);
    private static final Pattern ADDRESS = Pattern.compile("(?i)(.*[_.-])?url");
    /** Parts of an address's query that change while it stays that of the same timetable, or that nobody may know. */
    private static final Pattern PASSING = Pattern.compile(
            "(?i)(.*token.*|.*secur.*|.*key|.*password.*|param|version|first_?date|last_?date|nb_?weeks|project_?id|cal_?type)=.*");

    /** What people call it. */
    public static String label(String name) {
        return switch (name) {
            case "moncampus" -> "MonCampus";
            case "ecal" -> "ECAL";
            case "caldav" -> "CalDAV";
            default -> name;
        };
    }

    /** All of a folder, by their names. */
    public static Map<String, Connector> all(Role role, List<Template> templates) {
        Map<String, List<Template>> byName = templates.stream()
                .filter(template -> template.role() == role)
                .collect(Collectors.groupingBy(Template::fileName, LinkedHashMap::new, Collectors.toList()));
        Map<String, Connector> all = new LinkedHashMap<>();
        byName.forEach((name, own) -> all.put(name, new Connector(role, name, own)));
        return all;
    }

    /** What a configuration gives to it. The parameters of the program itself are no keys. */
    List<Template.Parameter> keys(Predicate<String> isStandard) {
        Map<String, Template.Parameter> keys = new LinkedHashMap<>();
        for (Template template : templates) {
            template.parameters().stream()
                    .filter(parameter -> !isStandard.test(parameter.name()))
                    .forEach(parameter -> keys.putIfAbsent(parameter.name(), parameter));
        }
        return List.copyOf(keys.values());
    }

    /** By its name, or because its description says so: never shown, and may stand in a file of its own. */
    static boolean isSecret(Template.Parameter key) {
        return SECRET_NAME.matcher(key.name()).matches()
                || key.description() != null
                        && SECRET_WORD.matcher(key.description()).matches();
    }

    static boolean isAddress(String key) {
        return ADDRESS.matcher(key).matches();
    }

    /**
     * Whose timetable it is, or which calendar: what it needs says who and where, what it can do without says how. Of an address, its secret parts
     * and those that change every year do not count.
     *
     * @param values of the keys, the secret ones as well
     * @return empty when its keys do not say
     */
    String identity(Predicate<String> isStandard, Map<String, String> values) {
        List<String> parts = new ArrayList<>();
        for (Template.Parameter key : keys(isStandard)) {
            String value = values.get(key.name());
            if (key.required() && value != null && (isAddress(key.name()) || !isSecret(key))) {
                parts.add(isAddress(key.name()) ? place(value) : value.strip().toLowerCase(Locale.ROOT));
            }
        }
        return String.join("|", parts);
    }

    private static String place(String address) {
        URI uri = URI.create(address);
        String query = uri.getRawQuery() == null
                ? ""
                : Arrays.stream(uri.getRawQuery().split("&"))
                        .filter(part -> !PASSING.matcher(part).matches())
                        .sorted()
                        .collect(Collectors.joining("&"));
        return uri.getHost().toLowerCase(Locale.ROOT) + uri.getRawPath() + (query.isEmpty() ? "" : "?" + query);
    }
}
