package fr.moncampus.ecal.config;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

/**
 * The sources and targets that a folder of routes holds.
 *
 * @param standard names of the parameters that the program itself gives to templates
 */
public record Connectors(Map<String, Connector> sources, Map<String, Connector> targets, Set<String> standard) {
    /** Where no routes are at hand: only the keys of MonCampus and ECAL are known. */
    public static final Connectors NONE = new Connectors(Map.of(), Map.of(), Set.of());

    public static Connectors of(List<Template> templates, Set<String> standard) {
        return new Connectors(
                Connector.all(Connector.Role.SOURCE, templates),
                Connector.all(Connector.Role.TARGET, templates),
                standard);
    }

    public Map<String, Connector> of(Connector.Role role) {
        return role == Connector.Role.SOURCE ? sources : targets;
    }

    /** Those of a configuration, as far as they exist. */
    Stream<Connector> chosen(String source, String target) {
        return Stream.of(sources.get(source), targets.get(target)).filter(each -> each != null);
    }

    /** The keys that a connector declares and the program has no name for: all of it but those of MonCampus and ECAL; none when it does not exist. */
    public List<Asked> asked(Connector.Role role, String name) {
        Connector connector = of(role).get(name);
        return connector == null
                ? List.of()
                : keys(connector).stream()
                        .filter(key -> !Key.all().contains(key.name()))
                        .map(Asked::of)
                        .toList();
    }

    List<Template.Parameter> keys(Connector connector) {
        return connector.keys(standard::contains);
    }

    Stream<Connector> all() {
        return Stream.concat(sources.values().stream(), targets.values().stream());
    }
}
