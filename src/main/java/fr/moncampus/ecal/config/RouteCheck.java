package fr.moncampus.ecal.config;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.apache.camel.CamelContext;
import org.apache.camel.dsl.yaml.common.exception.DuplicateKeyException;
import org.apache.camel.dsl.yaml.common.exception.InvalidExpressionException;
import org.apache.camel.dsl.yaml.common.exception.InvalidNodeTypeException;
import org.apache.camel.dsl.yaml.common.exception.UnknownNodeIdException;
import org.apache.camel.dsl.yaml.common.exception.UnsupportedFieldException;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.support.PluginHelper;
import org.apache.camel.support.ResourceHelper;
import org.snakeyaml.engine.v2.exceptions.MarkedYamlEngineException;

/**
 * What Camel says of route files when it reads them, in a user's words and with the place. Camel stops at the first
 * mistake of a file. Mistakes that show only when routes are built, such as an invalid value or step, are reported at
 * start.
 */
public final class RouteCheck {
    private RouteCheck() {}

    /** Files that could not be read have findings already. */
    public static List<Finding> check(RouteFiles routes) {
        return routes.sources().stream()
                .flatMap(source -> check(source).stream())
                .toList();
    }

    private static Optional<Finding> check(RouteFiles.Source source) {
        try (CamelContext context = new DefaultCamelContext()) {
            String name = source.file().getFileName().toString();
            PluginHelper.getRoutesLoader(context).loadRoutes(ResourceHelper.fromString(name, source.text()));
            return Optional.empty();
        } catch (Exception e) {
            Throwable cause = e;
            while (!(cause instanceof MarkedYamlEngineException) && cause.getCause() != null) {
                cause = cause.getCause();
            }
            return Optional.of(
                    cause instanceof MarkedYamlEngineException marked ? at(source, marked) : nowhere(source));
        }
    }

    private static Finding at(RouteFiles.Source source, MarkedYamlEngineException mistake) {
        Position at = mistake.getProblemMark().map(YamlSyntax::position).orElse(Position.START);
        String problem = mistake.getProblem();
        if (mistake instanceof UnsupportedFieldException
                || mistake instanceof UnknownNodeIdException
                || mistake instanceof InvalidExpressionException) {
            return unknown(source, problem.substring(problem.lastIndexOf(' ') + 1), at);
        }
        if (mistake instanceof DuplicateKeyException) {
            return Finding.error(
                    source.file(),
                    at,
                    "plusieurs étapes sont écrites en une",
                    "commencez chaque étape par un tiret, et décalez ce qui est à elle");
        }
        if (mistake instanceof InvalidNodeTypeException) {
            return Finding.error(
                    source.file(),
                    at,
                    "il faut ici "
                            + (problem.endsWith("array")
                                    ? "une liste (des lignes qui commencent par un tiret)"
                                    : problem.endsWith("map") ? "des sous-clés" : "un texte"),
                    "vérifiez le décalage de la ligne, et comparez-la aux routes d'origine");
        }
        return Finding.error(source.file(), at, "Camel ne comprend pas ce passage", "comparez-le aux routes d'origine");
    }

    private static Finding nowhere(RouteFiles.Source source) {
        return Finding.error(
                source.file(),
                Position.START,
                "Camel ne comprend pas ce fichier, et ne dit pas où",
                "défaites votre dernière modification, et comparez le fichier aux routes d'origine");
    }

    /** Camel points to the value of an unknown key, or to what the key stands in: the key itself is the closest of its name. */
    private static Finding unknown(RouteFiles.Source source, String word, Position near) {
        Optional<YamlTree.Key> key = YamlTree.keys(source.root())
                .filter(each -> word.equals(YamlTree.text(each.node())))
                .min(Comparator.comparingInt(
                        each -> Math.abs(YamlTree.at(each.node()).line() - near.line())));
        return Finding.error(
                source.file(),
                key.map(each -> YamlTree.at(each.node())).orElse(near),
                "Camel ne connaît pas « %s » à cet endroit".formatted(word),
                key.flatMap(each -> Suggestion.closest(word, namesIn(each.parent())))
                        .map(close -> "vouliez-vous écrire « " + close + " » ?")
                        .orElse("vérifiez l'orthographe et le décalage de la ligne"));
    }

    /** What the YAML DSL's schema allows below a key of this name, anywhere. */
    private static Set<String> namesIn(String parent) {
        JsonNode schema = schema();
        Stream<JsonNode> definitions = parent == null
                ? Stream.of(((ObjectNode) schema.path("items")).without("definitions"))
                : schema.findValues(parent).stream()
                        .flatMap(value -> value.findValuesAsText("$ref").stream())
                        .map(reference -> schema.path("items")
                                .path("definitions")
                                .path(reference.substring(reference.lastIndexOf('/') + 1)));
        Set<String> names = new HashSet<>();
        definitions
                .flatMap(definition -> definition.findValues("properties").stream())
                .forEach(properties -> properties.fieldNames().forEachRemaining(names::add));
        return names;
    }

    private static JsonNode schema() {
        try (InputStream in = RouteCheck.class.getResourceAsStream("/schema/camelYamlDsl.json")) {
            return new ObjectMapper().readTree(in);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
