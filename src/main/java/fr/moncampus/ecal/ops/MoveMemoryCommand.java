package fr.moncampus.ecal.ops;

import fr.moncampus.ecal.memory.MemoryPlace;
import fr.moncampus.ecal.memory.Move;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

@Command(
        name = "move-memory",
        description = {
            "Porte la mémoire d'un dossier de données dans la base PostgreSQL que dit MEMORY_URL, ou l'inverse.",
            "Rien ne doit tourner, et la mémoire d'arrivée doit être vide ; celle de départ reste telle quelle."
        })
final class MoveMemoryCommand implements Callable<Integer> {
    @Option(names = "--back", description = "De PostgreSQL vers le dossier des données.")
    private boolean back;

    @Option(
            names = "--data",
            paramLabel = "DOSSIER",
            defaultValue = "${env:DATA_DIR:-./data}",
            description =
                    "Dossier des données (DATA_DIR ; par défaut ./data). Plusieurs fois : ces dossiers ne font plus qu'une mémoire.")
    private List<Path> data;

    @Option(
            names = "--logins",
            paramLabel = "DOSSIER",
            defaultValue = "${env:LOGINS_DIR}",
            description = "Dossier des connexions refusées, s'il est à part (LOGINS_DIR).")
    private Path logins;

    @Mixin
    private Help help;

    @Override
    public Integer call() {
        MemoryPlace shared = MemoryEnvironment.place(data.get(0), System::getenv);
        if (!shared.isShared()) {
            throw new WrongSettingException(
                    "MEMORY_URL manque : move-memory a besoin de l'adresse de la base, par exemple jdbc:postgresql://base:5432/moncampus.");
        }
        if (back && (data.size() > 1 || logins != null)) {
            throw new WrongSettingException(
                    "avec --back tout va dans un seul dossier : donnez --data une fois, et ni --logins ni LOGINS_DIR.");
        }
        List<Move.Count> counts = back ? Move.intoFile(shared, data.get(0)) : Move.intoShared(data, logins, shared);
        System.out.printf("%-12s %10s %10s%n", "table", "avant", "après");
        counts.forEach(count -> System.out.printf("%-12s %10d %10d%n", count.table(), count.before(), count.after()));
        System.err.println(
                "✓ tout est porté dans "
                        + (back
                                ? MemoryPlace.in(data.get(0)) + " : lancez désormais le programme sans MEMORY_URL."
                                : shared)
                        + (back
                                ? ""
                                : " : lancez désormais le programme avec MEMORY_URL ; les fichiers de départ ne servent plus."));
        return 0;
    }
}
