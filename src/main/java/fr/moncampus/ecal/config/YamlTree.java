package fr.moncampus.ecal.config;

import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.snakeyaml.engine.v2.composer.Composer;
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
import org.snakeyaml.engine.v2.parser.ParserImpl;
import org.snakeyaml.engine.v2.scanner.StreamReader;

/** Walks through a YAML text that keeps its places. It holds no aliases and is not deep, so recursion is safe. */
final class YamlTree {
    private static final int MAX_DEPTH = 100;

    private YamlTree() {}

    /** A key, and the key that it stands below; null for that at the top. */
    record Key(String parent, Node node) {}

    /** Empty when the text holds nothing. */
    static Optional<Node> compose(String text) throws InvalidFileException {
        try {
            return new Composer(YamlSyntax.SETTINGS, new Bounded(text)).getSingleNode();
        } catch (UnfitException e) {
            throw e.mistake;
        } catch (YamlEngineException e) {
            throw YamlSyntax.explain(e, text);
        }
    }

    private static final class UnfitException extends RuntimeException {
        private static final long serialVersionUID = 1L;

        private final transient InvalidFileException mistake;

        UnfitException(Event event, String message, String fix) {
            this.mistake = new InvalidFileException(YamlSyntax.start(event), message, fix);
        }
    }

    /** Rejects what would make the composer's recursion unsafe: aliases and deep nesting. */
    private static final class Bounded extends ParserImpl {
        private int depth;

        Bounded(String text) {
            super(YamlSyntax.SETTINGS, new StreamReader(YamlSyntax.SETTINGS, text));
        }

        @Override
        public Event next() {
            Event event = super.next();
            if (event instanceof AliasEvent) {
                throw new UnfitException(event, "les alias YAML (« * ») ne sont pas permis ici", "répétez le texte");
            }
            depth += event instanceof CollectionStartEvent ? 1 : event instanceof CollectionEndEvent ? -1 : 0;
            if (depth > MAX_DEPTH) {
                throw new UnfitException(
                        event, "le fichier est emboîté trop profondément", "vérifiez que c'est le bon fichier");
            }
            return event;
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

    static Stream<Key> keys(Node node) {
        return keys(null, node);
    }

    private static Stream<Key> keys(String parent, Node node) {
        return Stream.concat(
                items(node).stream().flatMap(item -> keys(parent, item)),
                entries(node)
                        .flatMap(entry -> Stream.concat(
                                Stream.of(new Key(parent, entry.getKeyNode())),
                                keys(text(entry.getKeyNode()), entry.getValueNode()))));
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
