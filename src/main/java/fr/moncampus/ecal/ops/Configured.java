package fr.moncampus.ecal.ops;

import fr.moncampus.ecal.config.Connectors;
import fr.moncampus.ecal.config.ContainerNeeds;
import fr.moncampus.ecal.config.RouteFiles;
import fr.moncampus.ecal.feed.FeedCalendar;
import fr.moncampus.ecal.run.Engine;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * A configuration that containers are written for.
 *
 * @param file  from the project's folder
 * @param needs what its container has to be given
 */
record Configured(String name, Path file, ContainerNeeds needs) {
    /** Of a file that cannot be read its own container says so: the others do not wait for it. */
    static List<Configured> read(Map<String, Path> files, Path routes) {
        Connectors connectors = Connectors.of(RouteFiles.read(routes).templates(), Engine.PARAMETERS);
        return files.entrySet().stream()
                .map(file -> read(file.getKey(), file.getValue(), connectors))
                .toList();
    }

    private static Configured read(String name, Path file, Connectors connectors) {
        ContainerNeeds needs;
        try {
            needs = ContainerNeeds.of(file, connectors, System::getenv);
        } catch (ContainerNeeds.UnreadableFileException e) {
            System.err.println("attention : " + e.getMessage());
            needs = ContainerNeeds.NONE;
        }
        return new Configured(name, file, needs);
    }

    /** Whether its container serves a feed. */
    boolean servesFeed() {
        return FeedCalendar.NAME.equals(needs.target());
    }

    /** Whether two of them would overwrite each other, which is said. */
    static boolean fight(List<Configured> configurations) {
        Map<String, List<Path>> byEvents = configurations.stream()
                .filter(configured -> configured.needs().events() != null)
                .collect(Collectors.groupingBy(
                        configured -> configured.needs().events(),
                        TreeMap::new,
                        Collectors.mapping(Configured::file, Collectors.toList())));
        List<List<Path>> rivals =
                byEvents.values().stream().filter(same -> same.size() > 1).toList();
        rivals.forEach(same -> System.err.println("erreur : "
                + same.stream().map(Path::toString).collect(Collectors.joining(" et "))
                + " ont la même personne et le même calendrier : elles s'écraseraient l'une l'autre."
                + " Enlevez l'une d'elles, ou donnez-lui un autre calendrier."));
        return !rivals.isEmpty();
    }
}
