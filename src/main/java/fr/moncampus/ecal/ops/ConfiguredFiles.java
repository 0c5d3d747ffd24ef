package fr.moncampus.ecal.ops;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** Which configurations containers are written for, as scripts/ name them, and the routes that say what those need. */
final class ConfiguredFiles {
    @Mixin
    RoutesOption routes;

    @Parameters(
            paramLabel = "NOM=FICHIER",
            arity = "1..*",
            description = "Les configurations, et leurs fichiers à partir du dossier du projet.")
    private Map<String, Path> files;

    List<Configured> read() {
        return Configured.read(files, routes.folder());
    }
}
