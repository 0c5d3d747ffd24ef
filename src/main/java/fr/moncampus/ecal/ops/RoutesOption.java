package fr.moncampus.ecal.ops;

import java.nio.file.Path;
import picocli.CommandLine.Option;

/** Where the routes are. */
public class RoutesOption {
    @Option(
            names = "--routes",
            paramLabel = "DOSSIER",
            defaultValue = "${env:ROUTES_DIR}",
            description = "Dossier des routes (ROUTES_DIR ; par défaut routes/ à côté du programme).")
    private Path given;

    public Path folder() {
        return Places.routes(given);
    }
}
