package fr.moncampus.ecal.config;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** Whether the source and the target that a configuration names exist, and which of its keys say something to neither of them. */
final class ConnectorCheck {
    private final Configuration configuration;
    private final Connectors connectors;
    private final Configurations.Loaded loaded;

    private ConnectorCheck(Configuration configuration, Connectors connectors, Configurations.Loaded loaded) {
        this.configuration = configuration;
        this.connectors = connectors;
        this.loaded = loaded;
    }

    static Stream<Finding> of(Configuration configuration, Connectors connectors, Configurations.Loaded loaded) {
        ConnectorCheck check = new ConnectorCheck(configuration, connectors, loaded);
        return Stream.of(
                        check.unknown(Connector.Role.SOURCE, configuration.source()),
                        check.unknown(Connector.Role.TARGET, configuration.target()),
                        check.foreign())
                .flatMap(findings -> findings);
    }

    /** Nothing is said of a default one that is no template, as in a folder that was not updated: its routes do the job by themselves. */
    private Stream<Finding> unknown(Connector.Role role, String name) {
        Map<String, Connector> known = connectors.of(role);
        Position at = loaded.placeOf(configuration, role.key().key());
        Connector connector = known.get(name);
        if (connector == null && name.equals(role.key().defaultValue())) {
            return Stream.empty();
        }
        if (connector == null) {
            return Stream.of(Finding.error(
                    configuration.file(),
                    at,
                    "%s « %s » n'existe pas".formatted(role.inWords(), Values.quoted(name)),
                    (Suggestion.didYouMean(name, known.keySet()) + " "
                                    + role.key().key() + " possibles : " + String.join(", ", known.keySet()))
                            .strip()));
        }
        List<String> ids = connector.templates().stream().map(Template::id).toList();
        return role.templates(name).stream()
                .filter(id -> !ids.contains(id))
                .map(id -> Finding.error(
                        configuration.file(),
                        at,
                        "%s « %s » n'est pas entière : le modèle « %s » manque dans %s"
                                .formatted(
                                        role.inWords(),
                                        name,
                                        id,
                                        connector.templates().get(0).file()),
                        "ajoutez ce modèle (docs/write-your-own.md)"));
    }

    private Stream<Finding> foreign() {
        return loaded.places().getOrDefault(configuration.file(), Map.of()).entrySet().stream()
                .flatMap(entry -> connectorOf(entry.getKey()).stream()
                        .map(other -> Finding.warning(
                                configuration.file(),
                                entry.getValue(),
                                "la clé « %s » est sans effet : elle est de « %s », et cette configuration va de « %s » à « %s »"
                                        .formatted(
                                                entry.getKey(), other, configuration.source(), configuration.target()),
                                "enlevez cette ligne, ou changez « source » ou « target »")));
    }

    /** Whose key it is, when that is neither this configuration's source nor its target. */
    private Optional<String> connectorOf(String written) {
        String key = written.replaceFirst(Key.FILE_SUFFIX + "$", "");
        boolean own = connectors
                .chosen(configuration.source(), configuration.target())
                .anyMatch(each -> declares(each, key));
        Optional<String> ours = Arrays.stream(Key.values())
                .filter(each -> each.key().equals(key) && each.connector() != null)
                .map(Key::connector)
                .findFirst();
        Optional<String> owner = ours.isPresent()
                ? ours
                : connectors
                        .all()
                        .filter(each -> declares(each, key))
                        .map(Connector::name)
                        .findFirst();
        return owner.filter(
                name -> !own && !name.equals(configuration.source()) && !name.equals(configuration.target()));
    }

    private boolean declares(Connector connector, String key) {
        return connectors.keys(connector).stream().anyMatch(each -> each.name().equals(key));
    }
}
