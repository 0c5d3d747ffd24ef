package fr.moncampus.ecal.config;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.NodeTuple;
import org.snakeyaml.engine.v2.nodes.ScalarNode;

/** Compares what templates ask for with what they are given. Camel itself ignores a parameter that no template declares. */
public final class RouteParameters {
    /** {@code {{name}}}, but neither {@code {{?name}}} (optional) nor {@code {{name:default}}} nor a function such as {@code {{env:NAME}}}. */
    private static final Pattern PLACEHOLDER = Pattern.compile("\\{\\{\\s*!?([^{}:?\\s]+)\\s*}}");

    private RouteParameters() {}

    /**
     * Parameters that nobody gives, and keys of configurations that no template takes.
     *
     * @param standard names of the parameters that every configuration gives
     */
    public static List<Finding> check(List<Template> templates, Set<String> standard, Configurations.Loaded loaded) {
        List<Template> ordinary =
                templates.stream().filter(template -> template.role() == null).toList();
        Connectors connectors = Connectors.of(templates, standard);
        return loaded.valid().stream()
                .flatMap(configuration -> Stream.of(
                                missing(ordinary, standard, configuration),
                                ConnectorCheck.of(configuration, connectors, loaded),
                                unused(ordinary, connectors, configuration, loaded))
                        .flatMap(findings -> findings))
                .toList();
    }

    private static Stream<Finding> missing(
            List<Template> templates, Set<String> standard, Configuration configuration) {
        return templates.stream()
                .flatMap(template -> template.parameters().stream()
                        .filter(Template.Parameter::required)
                        .filter(parameter -> !standard.contains(parameter.name())
                                && !configuration.keys().parameters().containsKey(parameter.name()))
                        .map(parameter -> Finding.error(
                                template.file(),
                                parameter.at(),
                                "la configuration « %s » ne donne pas le paramètre « %s »"
                                        .formatted(configuration.name(), parameter.name()),
                                "ajoutez « %s: … » à %s, ou « defaultValue: … » à ce paramètre"
                                        .formatted(parameter.name(), configuration.file()))));
    }

    private static Stream<Finding> unused(
            List<Template> templates,
            Connectors connectors,
            Configuration configuration,
            Configurations.Loaded loaded) {
        Set<String> standard = connectors.standard();
        Set<String> known = templates.stream()
                .flatMap(template -> template.parameters().stream())
                .map(Template.Parameter::name)
                .filter(name -> !standard.contains(name))
                .collect(Collectors.toSet());
        known.addAll(Key.all());
        connectors.all().forEach(each -> connectors.keys(each).forEach(key -> known.add(key.name())));
        return configuration.keys().parameters().keySet().stream()
                .sorted()
                .filter(key -> standard.contains(key) || !known.contains(key))
                .map(key -> {
                    Position at = loaded.placeOf(configuration, key);
                    if (standard.contains(key)) {
                        return Finding.error(
                                configuration.file(),
                                at,
                                "le nom « %s » est réservé au programme".formatted(key),
                                "choisissez un autre nom, ici et dans votre route");
                    }
                    String meant = Suggestion.didYouMean(key, known);
                    return Finding.error(
                            configuration.file(),
                            at,
                            "la clé « %s » n'existe pas, et aucune route ne la déclare".formatted(key),
                            meant.isEmpty()
                                    ? "enlevez cette ligne, ou déclarez ce paramètre dans le modèle de route"
                                    : meant);
                });
    }

    /**
     * Placeholders that nothing would replace: Camel would refuse to start, without saying where they stand.
     *
     * @param isProperty tells the names that are properties of the application
     */
    public static List<Finding> checkPlaceholders(RouteFiles routes, Predicate<String> isProperty) {
        List<Finding> findings = new ArrayList<>();
        for (RouteFiles.Source source : routes.sources()) {
            YamlTree.items(source.root()).stream().flatMap(YamlTree::entries).forEach(entry -> {
                Set<String> own = ownNames(entry);
                YamlTree.scalars(
                        entry.getValueNode(),
                        scalar -> undeclared(scalar, name -> own.contains(name) || isProperty.test(name))
                                .map(name -> Finding.error(
                                        source.file(),
                                        YamlTree.at(scalar),
                                        "« {{%s}} » n'est déclaré nulle part".formatted(name),
                                        meant(entry, name, own)))
                                .forEach(findings::add));
            });
        }
        return findings;
    }

    private static String meant(NodeTuple definition, String name, Set<String> own) {
        String meant = Suggestion.didYouMean(name, own);
        if (!meant.isEmpty()) {
            return meant;
        }
        boolean template = "routeTemplate".equals(YamlTree.text(definition.getKeyNode()));
        return template
                ? "déclarez « %s » dans les paramètres du modèle".formatted(name)
                : "écrivez la valeur elle-même : hors d'un modèle il n'y a pas de paramètres";
    }

    private static Stream<String> undeclared(ScalarNode scalar, Predicate<String> isKnown) {
        return PLACEHOLDER
                .matcher(scalar.getValue())
                .results()
                .map(match -> match.group(1))
                .distinct()
                .filter(isKnown.negate());
    }

    /** The parameters and the beans that a template declares. */
    private static Set<String> ownNames(NodeTuple definition) {
        Node body = definition.getValueNode();
        return Stream.of("parameters", "beans")
                .flatMap(part -> YamlTree.child(body, part).map(YamlTree::items).orElse(List.of()).stream())
                .map(node -> String.valueOf(YamlTree.text(node, "name")))
                .collect(Collectors.toSet());
    }
}
