package fr.moncampus.ecal.ops;

import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Parameters;

/** For commands that work on any number of configurations. */
final class CommonOptions extends FolderOptions {
    @Parameters(
            paramLabel = "CONFIG",
            arity = "0..*",
            description = "Nom d'une configuration du dossier, motif ('l2-*'), ou chemin d'un fichier. "
                    + "Sans rien : CONFIG_FILE de l'environnement, sinon toutes.")
    List<String> configs = new ArrayList<>();
}
