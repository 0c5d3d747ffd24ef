package fr.moncampus.ecal.ops;

import picocli.CommandLine.Parameters;

/** For commands that work on one configuration. */
final class SingleOptions extends FolderOptions {
    @Parameters(
            index = "0",
            paramLabel = "CONFIG",
            description = "Nom d'une configuration du dossier, ou chemin d'un fichier.")
    String config;
}
