package fr.moncampus.ecal.ops;

import java.nio.file.Path;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Where things are, and in which form results are printed. */
class FolderOptions {
    enum Format {
        text,
        json
    }

    @Option(
            names = "--configs",
            paramLabel = "DOSSIER",
            defaultValue = "${env:CONFIGS_DIR:-./configs}",
            description = "Dossier des configurations (CONFIGS_DIR ; par défaut ./configs).")
    Path configsFolder;

    @Mixin
    RoutesOption routes;

    @Option(
            names = "--data",
            paramLabel = "DOSSIER",
            defaultValue = "${env:DATA_DIR:-./data}",
            description = "Dossier des données (DATA_DIR ; par défaut ./data).")
    Path dataFolder;

    @Option(
            names = "--logins",
            paramLabel = "DOSSIER",
            defaultValue = "${env:LOGINS_DIR}",
            description =
                    "Dossier des connexions refusées, à partager entre plusieurs dossiers de données (LOGINS_DIR ; par défaut celui des données).")
    Path loginsFolder;

    @Option(
            names = "--format",
            paramLabel = "text|json",
            defaultValue = "text",
            description = "Forme du résultat : text ou json (par défaut text).")
    Format format;

    boolean json() {
        return format == Format.json;
    }
}
