package fr.moncampus.ecal.ops;

import fr.moncampus.ecal.config.Connectors;
import fr.moncampus.ecal.config.ContainerNeeds;
import fr.moncampus.ecal.config.RouteFiles;
import fr.moncampus.ecal.run.Engine;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** For {@code manage.sh}, which knows the checkout and the engine, but reads no YAML. */
@Command(name = "compose", hidden = true, description = "Écrit docker-compose.yml sur la sortie standard.")
final class ComposeCommand implements Callable<Integer> {
    @Option(names = "--single", description = "Toutes les configurations dans un seul conteneur.")
    private boolean single;

    @Option(
            names = "--watch",
            description = "Santé, mesures et JMX de chaque conteneur sur des ports de cette machine.")
    private boolean watch;

    @Option(
            names = "--page-port",
            paramLabel = "PORT",
            defaultValue = "8046",
            description = "Port de cette machine pour la page du premier conteneur ; 0 : pas de pages.")
    private int page;

    @Option(
            names = "--user",
            paramLabel = "UID:GID",
            defaultValue = "10001:10001",
            description = "Qui lit et écrit dans les conteneurs.")
    private String user;

    @Option(
            names = "--variables",
            description = "Au lieu de cela, les variables d'environnement que nomment les configurations.")
    private boolean variables;

    @Parameters(
            paramLabel = "NOM=FICHIER",
            arity = "1..*",
            description = "Les configurations, et leurs fichiers à partir du dossier du projet.")
    private Map<String, Path> files;

    @Mixin
    private RoutesOption routes;

    @Mixin
    private Help help;

    @Override
    public Integer call() {
        Connectors connectors = Connectors.of(RouteFiles.read(routes.folder()).templates(), Engine.PARAMETERS);
        List<ComposeFile.Configured> configurations = files.entrySet().stream()
                .map(file -> configured(file.getKey(), file.getValue(), connectors))
                .toList();
        if (variables) {
            configurations.stream()
                    .flatMap(configured -> configured.needs().variables().stream())
                    .distinct()
                    .forEach(System.out::println);
            return 0;
        }
        Map<String, List<Path>> byEvents = configurations.stream()
                .filter(configured -> configured.needs().events() != null)
                .collect(Collectors.groupingBy(
                        configured -> configured.needs().events(),
                        TreeMap::new,
                        Collectors.mapping(ComposeFile.Configured::file, Collectors.toList())));
        List<List<Path>> rivals =
                byEvents.values().stream().filter(same -> same.size() > 1).toList();
        rivals.forEach(same -> System.err.println("erreur : "
                + same.stream().map(Path::toString).collect(Collectors.joining(" et "))
                + " ont la même personne et le même calendrier : elles s'écraseraient l'une l'autre."
                + " Enlevez l'une d'elles, ou donnez-lui un autre calendrier."));
        if (rivals.isEmpty()) {
            System.out.print(ComposeFile.of(configurations, single, watch, page, user));
        }
        return rivals.isEmpty() ? 0 : 2;
    }

    /** Of a file that cannot be read its own container says so: the others do not wait for it. */
    private static ComposeFile.Configured configured(String name, Path file, Connectors connectors) {
        ContainerNeeds needs;
        try {
            needs = ContainerNeeds.of(file, connectors, System::getenv);
        } catch (ContainerNeeds.UnreadableFileException e) {
            System.err.println("attention : " + e.getMessage());
            needs = ContainerNeeds.NONE;
        }
        return new ComposeFile.Configured(name, file, needs);
    }
}
