package fr.moncampus.ecal.config;

import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.snakeyaml.engine.v2.api.lowlevel.Compose;
import org.snakeyaml.engine.v2.api.lowlevel.Parse;
import org.snakeyaml.engine.v2.events.AliasEvent;
import org.snakeyaml.engine.v2.events.CollectionEndEvent;
import org.snakeyaml.engine.v2.events.CollectionStartEvent;
import org.snakeyaml.engine.v2.events.Event;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.NodeTuple;
import org.snakeyaml.engine.v2.nodes.ScalarNode;
import org.snakeyaml.engine.v2.nodes.SequenceNode;

/** Walks through a YAML text that keeps its places. It holds no aliases and is not deep, so recursion is safe. */
final class YamlTree {
    private static final int DEEPEST = 100;

    private YamlTree() {}

    /** Empty when the text holds nothing. */
    static Optional<Node> compose(String text) throws Mistake {
        try {
            checkDepth(text);
            return new Compose(YamlSyntax.SETTINGS).composeString(text);
        } catch (YamlEngineException e) {
            throw YamlSyntax.explain(e, text);
        }
    }

    private static void checkDepth(String text) throws Mistake {
        int depth = 0;
        for (Event event : new Parse(YamlSyntax.SETTINGS).parseString(text)) {
            if (event instanceof AliasEvent) {
                throw new Mistake(
                        YamlSyntax.start(event), "les alias YAML (« * ») ne sont pas permis ici", "répétez le texte");
            }
            depth += event instanceof CollectionStartEvent ? 1 : event instanceof CollectionEndEvent ? -1 : 0;
            if (depth > DEEPEST) {
                throw new Mistake(
                        YamlSyntax.start(event),
                        "le fichier est emboîté trop profondément",
                        "vérifiez que c'est le bon fichier");
            }
        }
    }

    static Position at(Node node) {
        return node.getStartMark().map(YamlSyntax::position).orElse(Position.START);
    }

    static Optional<Node> child(Node node, String key) {
        return entries(node)
                .filter(entry -> key.equals(text(entry.getKeyNode())))
                .map(NodeTuple::getValueNode)
                .findFirst();
    }

    /** Null when there is no such child, or it is no scalar. */
    static String text(Node node, String key) {
        return child(node, key).map(YamlTree::text).orElse(null);
    }

    static String text(Node node) {
        return node instanceof ScalarNode scalar ? scalar.getValue() : null;
    }

    static Stream<NodeTuple> entries(Node node) {
        return node instanceof MappingNode mapping ? mapping.getValue().stream() : Stream.empty();
    }

    static List<Node> items(Node node) {
        return node instanceof SequenceNode sequence ? sequence.getValue() : List.of();
    }

    /** Every value below a node that is text; keys are left out. */
    static void scalars(Node node, Consumer<ScalarNode> consumer) {
        if (node instanceof ScalarNode scalar) {
            consumer.accept(scalar);
        }
        items(node).forEach(item -> scalars(item, consumer));
        entries(node).forEach(entry -> scalars(entry.getValueNode(), consumer));
    }
}
