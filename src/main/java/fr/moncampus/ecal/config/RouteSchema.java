package fr.moncampus.ecal.config;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.networknt.schema.JsonMetaSchema;
import com.networknt.schema.JsonNodePath;
import com.networknt.schema.JsonSchema;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.NonValidationKeyword;
import com.networknt.schema.PathType;
import com.networknt.schema.SchemaValidatorsConfig;
import com.networknt.schema.SpecVersion;
import com.networknt.schema.ValidationMessage;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.NodeTuple;
import org.snakeyaml.engine.v2.nodes.ScalarNode;
import org.snakeyaml.engine.v2.nodes.SequenceNode;
import org.snakeyaml.engine.v2.nodes.Tag;

/**
 * The JSON schema of Camel's YAML DSL (in the jar of camel-yaml-dsl). Slow to load (a second or two): for {@code check} and tests, not for a run.
 * A validator says of one misspelt word that it fits none of thirty alternatives; only what a person can act on is kept.
 */
public final class RouteSchema {
    private static final String SCHEMA = "/schema/camelYamlDsl.json";
    private static final Set<String> COMPOSITES = Set.of("oneOf", "anyOf", "allOf", "not");
    /** What only says which alternative was not meant. */
    private static final Pattern OTHER_ALTERNATIVE = Pattern.compile(".*/(oneOf|anyOf)/\\d+/(type|required)");

    private final JsonNode document;
    private final JsonSchema schema;

    public RouteSchema() {
        try (InputStream in = RouteSchema.class.getResourceAsStream(SCHEMA)) {
            document = new ObjectMapper().readTree(in);
            SchemaValidatorsConfig config = SchemaValidatorsConfig.builder()
                    .pathType(PathType.JSON_POINTER)
                    .preloadJsonSchema(false)
                    .build();
            schema = factory().getSchema(document, config);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The schema is a draft 4 with one word of a later draft, which says nothing about validity. */
    private static JsonSchemaFactory factory() {
        JsonMetaSchema draft = JsonMetaSchema.builder(JsonMetaSchema.getV4())
                .keyword(new NonValidationKeyword("deprecated"))
                .build();
        return JsonSchemaFactory.getInstance(SpecVersion.VersionFlag.V4, builder -> builder.metaSchema(draft));
    }

    /** What the schema finds in all files of the folder that could be read. */
    public List<Finding> check(RouteFiles routes) {
        return routes.sources().stream()
                .flatMap(source -> check(source.file(), source.root()).stream())
                .toList();
    }

    private List<Finding> check(Path file, Node root) {
        List<ValidationMessage> messages = List.copyOf(schema.validate(json(root)));
        List<ValidationMessage> telling =
                messages.stream().filter(RouteSchema::isTelling).toList();
        List<Finding> findings = new ArrayList<>();
        for (ValidationMessage message : messages) {
            boolean vague = COMPOSITES.contains(message.getType())
                    && telling.stream().noneMatch(other -> isWithin(other, message))
                    && messages.stream()
                            .noneMatch(other -> COMPOSITES.contains(other.getType()) && isBelow(other, message));
            if (vague || telling.contains(message) && !isRepeated(message, telling) && !isText(root, message)) {
                Finding finding = vague
                        ? vague(file, node(root, message.getInstanceLocation()), alternatives(message, messages))
                        : finding(file, root, message);
                if (!findings.contains(finding)) {
                    findings.add(finding);
                }
            }
        }
        findings.sort(Comparator.comparingInt(Finding::line).thenComparingInt(Finding::column));
        return findings;
    }

    private static boolean isTelling(ValidationMessage message) {
        return !COMPOSITES.contains(message.getType())
                && !OTHER_ALTERNATIVE
                        .matcher(message.getEvaluationPath().toString())
                        .matches();
    }

    /** A misspelt property also lacks under its right name. */
    private static boolean isRepeated(ValidationMessage message, Collection<ValidationMessage> telling) {
        return message.getType().equals("required")
                && telling.stream()
                        .anyMatch(other -> other.getType().equals("additionalProperties")
                                && other.getInstanceLocation().equals(message.getInstanceLocation()));
    }

    private static boolean isWithin(ValidationMessage inner, ValidationMessage outer) {
        return inner.getInstanceLocation().equals(outer.getInstanceLocation()) || isBelow(inner, outer);
    }

    private static boolean isBelow(ValidationMessage inner, ValidationMessage outer) {
        return inner.getInstanceLocation().toString().startsWith(outer.getInstanceLocation() + "/");
    }

    /** Camel converts text to what it needs, and a placeholder can become anything. */
    private static boolean isText(Node root, ValidationMessage message) {
        String text = YamlTree.text(node(root, message.getInstanceLocation()));
        if (text == null || !Set.of("type", "enum").contains(message.getType())) {
            return false;
        }
        if (text.contains("{{")) {
            return true;
        }
        return message.getType().equals("type")
                && switch (String.valueOf(message.getArguments()[1])) {
                    case "string" -> true;
                    case "boolean" -> text.matches("true|false");
                    case "number", "integer" -> text.matches("-?\\d+(\\.\\d+)?");
                    default -> false;
                };
    }

    /** Names of which one would have to stand where this message points to. */
    private static List<String> alternatives(ValidationMessage composite, Collection<ValidationMessage> messages) {
        return messages.stream()
                .filter(message -> message.getType().equals("required")
                        && message.getInstanceLocation().equals(composite.getInstanceLocation()))
                .map(ValidationMessage::getProperty)
                .distinct()
                .toList();
    }

    private static Finding vague(Path file, Node node, List<String> alternatives) {
        return YamlTree.entries(node)
                .map(NodeTuple::getKeyNode)
                .filter(key -> YamlTree.text(key) != null)
                .flatMap(key -> Suggestion.closest(YamlTree.text(key), alternatives).stream()
                        .map(close -> unknown(file, key, close)))
                .findFirst()
                .orElseGet(() -> Finding.error(
                        file,
                        YamlTree.at(node),
                        "Camel ne comprend pas ce passage",
                        "comparez-le aux routes d'origine"));
    }

    private static Finding unknown(Path file, Node key, String close) {
        return Finding.error(
                file,
                YamlTree.at(key),
                "Camel ne connaît pas « %s » à cet endroit".formatted(YamlTree.text(key)),
                "vouliez-vous écrire « " + close + " » ?");
    }

    private Finding finding(Path file, Node root, ValidationMessage message) {
        Node node = node(root, message.getInstanceLocation());
        Position at = YamlTree.at(node);
        return switch (message.getType()) {
            case "additionalProperties" -> {
                Position key = YamlTree.entries(node)
                        .map(NodeTuple::getKeyNode)
                        .filter(name -> message.getProperty().equals(YamlTree.text(name)))
                        .findFirst()
                        .map(YamlTree::at)
                        .orElse(at);
                yield Finding.error(
                        file,
                        key,
                        "Camel ne connaît pas « %s » à cet endroit".formatted(message.getProperty()),
                        meant(message));
            }
            case "required" ->
                Finding.error(
                        file,
                        at,
                        "« %s » manque ici".formatted(message.getProperty()),
                        "ajoutez une ligne « %s: … »".formatted(message.getProperty()));
            case "enum" ->
                Finding.error(
                        file,
                        at,
                        "« %s » n'est pas une valeur permise"
                                .formatted(Values.quoted(String.valueOf(YamlTree.text(node)))),
                        "choisissez parmi "
                                + String.valueOf(message.getArguments()[0]).replaceAll("[\\[\\]\"]", ""));
            case "type" ->
                Finding.error(
                        file,
                        at,
                        "il faut ici %s".formatted(french(String.valueOf(message.getArguments()[1]))),
                        "vérifiez le décalage de la ligne, et comparez-la aux routes d'origine");
            case "maxProperties" ->
                Finding.error(file, at, "plusieurs étapes sont écrites en une", "commencez chaque étape par un tiret");
            default -> Finding.error(file, at, "Camel ne comprend pas ce passage", "comparez-le aux routes d'origine");
        };
    }

    private String meant(ValidationMessage message) {
        String pointer = message.getSchemaLocation()
                .getFragment()
                .toString()
                .replaceFirst("/additionalProperties$", "/properties");
        List<String> known = new ArrayList<>();
        document.at(pointer.startsWith("/") ? pointer : "/" + pointer)
                .fieldNames()
                .forEachRemaining(known::add);
        return Suggestion.closest(message.getProperty(), known)
                .map(close -> "vouliez-vous écrire « " + close + " » ?")
                .orElse("vérifiez l'orthographe et le décalage de la ligne");
    }

    private static String french(String type) {
        return switch (type) {
            case "object" -> "des sous-clés";
            case "array" -> "une liste (des lignes qui commencent par un tiret)";
            case "boolean" -> "true ou false";
            case "number", "integer" -> "un nombre";
            default -> "un texte";
        };
    }

    private static Node node(Node root, JsonNodePath path) {
        Node node = root;
        for (int i = 0; i < path.getNameCount(); i++) {
            Object step = path.getElement(i);
            node = step instanceof Integer index
                    ? YamlTree.items(node).get(index)
                    : YamlTree.child(node, step.toString()).orElse(node);
        }
        return node;
    }

    private static JsonNode json(Node node) {
        if (node instanceof ScalarNode scalar) {
            return json(scalar);
        }
        if (node instanceof SequenceNode sequence) {
            ArrayNode array = JsonNodeFactory.instance.arrayNode();
            sequence.getValue().forEach(item -> array.add(json(item)));
            return array;
        }
        ObjectNode object = JsonNodeFactory.instance.objectNode();
        YamlTree.entries(node)
                .forEach(entry ->
                        object.set(String.valueOf(YamlTree.text(entry.getKeyNode())), json(entry.getValueNode())));
        return object;
    }

    private static JsonNode json(ScalarNode scalar) {
        JsonNodeFactory factory = JsonNodeFactory.instance;
        if (scalar.getTag().equals(Tag.BOOL)) {
            return factory.booleanNode(Boolean.parseBoolean(scalar.getValue()));
        }
        if (scalar.getTag().equals(Tag.NULL)) {
            return factory.nullNode();
        }
        boolean number = scalar.getTag().equals(Tag.INT) && scalar.getValue().matches("-?\\d{1,18}");
        return number ? factory.numberNode(Long.parseLong(scalar.getValue())) : factory.textNode(scalar.getValue());
    }
}
