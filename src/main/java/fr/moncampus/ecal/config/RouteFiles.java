package fr.moncampus.ecal.config;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.SequenceNode;

/** The routes folder: what its files declare, and what is wrong with them without knowing Camel. {@link RouteCheck} asks it. */
public final class RouteFiles {
    record Source(Path file, String text, Node root) {}

    private static final int MAX_BYTES = 1024 * 1024;
    private static final List<String> WITH_ID = List.of("routeTemplate", "route", "routeConfiguration");

    private final List<Source> sources = new ArrayList<>();
    private final List<Template> templates = new ArrayList<>();
    private final List<Finding> findings = new ArrayList<>();
    private final Map<String, String> ids = new HashMap<>();

    private RouteFiles() {}

    /** Reads every {@code *.camel.yaml} of a folder; one that cannot be read does not stop the others. */
    public static RouteFiles read(Path folder) {
        RouteFiles routes = new RouteFiles();
        routes.readAll(folder);
        return routes;
    }

    public List<Template> templates() {
        return List.copyOf(templates);
    }

    public List<Finding> findings() {
        return List.copyOf(findings);
    }

    List<Source> sources() {
        return sources;
    }

    private void readAll(Path folder) {
        List<Path> files = files(folder);
        files.stream().filter(RouteFiles::isRoute).forEach(this::add);
        files.stream()
                .filter(file -> !isRoute(file) && file.getFileName().toString().matches(".*\\.ya?ml"))
                .forEach(file -> findings.add(Finding.warning(
                        file,
                        Position.START,
                        "ce fichier n'est pas lu : son nom ne finit pas par " + Template.EXTENSION,
                        "renommez-le en " + file.getFileName().toString().replaceFirst("(\\.camel)?\\.ya?ml$", "")
                                + Template.EXTENSION)));
        if (files.stream().noneMatch(RouteFiles::isRoute)) {
            findings.add(Finding.error(
                    folder,
                    Position.START,
                    "aucune route (*%s) dans ce dossier : rien ne serait synchronisé".formatted(Template.EXTENSION),
                    "vérifiez le dossier des routes (--routes), ou remettez les routes d'origine"));
        }
    }

    private static List<Path> files(Path folder) {
        try (Stream<Path> files = Files.list(folder)) {
            return files.filter(Files::isRegularFile).sorted().toList();
        } catch (IOException e) {
            return List.of();
        }
    }

    private static boolean isRoute(Path file) {
        return file.getFileName().toString().endsWith(Template.EXTENSION);
    }

    private void add(Path file) {
        try {
            String text = TextFile.read(file, MAX_BYTES);
            Optional<Node> root = YamlTree.compose(text);
            if (root.isEmpty() || !(root.get() instanceof SequenceNode)) {
                throw new InvalidFileException(
                        root.map(YamlTree::at).orElse(Position.START),
                        "un fichier de routes est une liste",
                        "commencez par « - route: », « - routeTemplate: » ou « - routeConfiguration: »");
            }
            sources.add(new Source(file, text, root.get()));
            refuseDoubleKeys(file, root.get());
            YamlTree.items(root.get()).stream()
                    .flatMap(YamlTree::entries)
                    .forEach(entry -> definition(
                            file, YamlTree.text(entry.getKeyNode()), entry.getKeyNode(), entry.getValueNode()));
        } catch (InvalidFileException mistake) {
            findings.add(Finding.error(file, mistake.at(), mistake));
        }
    }

    /** The parser lets the last one win, silently. */
    private void refuseDoubleKeys(Path file, Node node) {
        YamlTree.items(node).forEach(item -> refuseDoubleKeys(file, item));
        Set<String> seen = new HashSet<>();
        YamlTree.entries(node).forEach(entry -> {
            String key = YamlTree.text(entry.getKeyNode());
            if (!seen.add(key)) {
                findings.add(Finding.error(
                        file,
                        YamlTree.at(entry.getKeyNode()),
                        "« %s » est écrit deux fois au même endroit".formatted(key),
                        "gardez une seule des deux lignes"));
            }
            refuseDoubleKeys(file, entry.getValueNode());
        });
    }

    private void definition(Path file, String kind, Node key, Node body) {
        if (!WITH_ID.contains(kind)) {
            return;
        }
        uniqueId(file, kind, body);
        if (kind.equals("routeTemplate")) {
            YamlTree.child(body, "route").ifPresent(route -> uniqueId(file, "route", route));
            Optional<Node> route = YamlTree.child(body, "route");
            Template template = new Template(
                    YamlTree.text(body, "id"),
                    file,
                    YamlTree.at(key).line(),
                    parameters(file, body),
                    route.map(each -> Connector.Role.of(YamlTree.text(each, "group")))
                            .orElse(null),
                    route.flatMap(each -> YamlTree.child(each, "from"))
                            .map(from -> YamlTree.text(from, "uri"))
                            .orElse(null));
            templates.add(template);
            if (template.role() != null) {
                misnamed(template, YamlTree.at(key)).ifPresent(findings::add);
            }
        }
    }

    /** A source or target is found by its name: of its file, of its templates, of where they begin. */
    private static Optional<Finding> misnamed(Template template, Position at) {
        List<String> ids = template.role().templates(template.fileName());
        if (!ids.contains(String.valueOf(template.id()))) {
            return Optional.of(Finding.error(
                    template.file(),
                    at,
                    "le groupe « %s » fait de ce modèle une partie de %s « %s », qui ne connaît pas « %s »"
                            .formatted(
                                    template.role().group(),
                                    template.role().inWords(),
                                    template.fileName(),
                                    template.id()),
                    "donnez-lui pour « id » " + String.join(" ou ", ids) + ", ou renommez le fichier"));
        }
        List<String> starts = List.of("direct:" + template.id(), "direct:{{config}}-" + template.id());
        return starts.contains(String.valueOf(template.start()))
                ? Optional.empty()
                : Optional.of(Finding.error(
                        template.file(),
                        at,
                        "le modèle « %s » ne commence pas là où il sera appelé".formatted(template.id()),
                        "écrivez sous « from » : uri: \"%s\" (une route par configuration), ou \"%s\" (une pour toutes)"
                                .formatted(starts.get(1), starts.get(0))));
    }

    private void uniqueId(Path file, String kind, Node body) {
        Optional<Node> id = YamlTree.child(body, "id");
        String text = id.map(YamlTree::text).orElse(null);
        if (text == null) {
            return;
        }
        Position at = YamlTree.at(id.get());
        String first = ids.putIfAbsent(kind + " " + text, file + ":" + at.line());
        if (first != null) {
            findings.add(Finding.error(
                    file,
                    at,
                    "l'identifiant « %s » est déjà pris (%s)".formatted(text, first),
                    "choisissez un autre « id »"));
        }
    }

    private List<Template.Parameter> parameters(Path file, Node template) {
        List<Template.Parameter> parameters = new ArrayList<>();
        for (Node node :
                YamlTree.child(template, "parameters").map(YamlTree::items).orElse(List.of())) {
            String name = YamlTree.text(node, "name");
            if (node instanceof MappingNode && name != null) {
                parameters.add(parameter(file, node, name));
            }
        }
        return List.copyOf(parameters);
    }

    private Template.Parameter parameter(Path file, Node node, String name) {
        Position at = YamlTree.child(node, "name").map(YamlTree::at).orElse(YamlTree.at(node));
        String defaultValue = YamlTree.text(node, "defaultValue");
        String description = YamlTree.text(node, "description");
        if (description == null || description.isBlank()) {
            findings.add(Finding.warning(
                    file,
                    at,
                    "le paramètre « %s » n'a pas de description".formatted(name),
                    "ajoutez « description: … » en une phrase"));
        }
        boolean required = !"false".equals(YamlTree.text(node, "required")) && defaultValue == null;
        return new Template.Parameter(name, required, defaultValue, description, at);
    }
}
