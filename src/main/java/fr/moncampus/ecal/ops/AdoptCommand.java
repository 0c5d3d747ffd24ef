package fr.moncampus.ecal.ops;

import fr.moncampus.ecal.run.Engine;
import fr.moncampus.ecal.run.Purpose;
import fr.moncampus.ecal.run.Run;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
        name = "adopt",
        description =
                "Reprend les événements d'un autre propriétaire dans ce calendrier, après un changement d'identifiant ou d'adresse.")
final class AdoptCommand implements Callable<Integer> {
    @Mixin
    private SingleOptions options;

    @Parameters(
            index = "1",
            paramLabel = "HASH",
            description = "Les 8 chiffres hexadécimaux que « check » ou « plan » nomme (mc-HASH-…).")
    private String hash;

    @Option(names = "--yes", description = "Exécute ; sans cette option, montre seulement le plan.")
    private boolean yes;

    @Mixin
    private Help help;

    @Override
    public Integer call() throws Exception {
        if (!hash.matches("[0-9a-f]{8}")) {
            System.err.println("erreur : « " + fr.moncampus.ecal.http.Text.line(hash, 40)
                    + " » n'est pas un propriétaire : 8 chiffres hexadécimaux, par exemple 1f0c9a3e.");
            return 2;
        }
        Session session = Session.open(options);
        session.report();
        if (session.configurations().size() != 1) {
            return 2;
        }
        String config = session.configurations().get(0).name();
        if (hash.equals(session.configurations().get(0).owner())) {
            System.err.println("erreur : " + hash + " est déjà le propriétaire de « " + config
                    + " » : il n'y a rien à reprendre.");
            return 2;
        }
        if (session.owners().contains(hash)) {
            System.err.println(
                    "erreur : " + hash
                            + " appartient à une autre de vos configurations, qui continuerait à écrire ces événements. Enlevez d'abord son fichier.");
            return 2;
        }
        try (Interruption interruption = Interruption.ofCommand();
                Engine engine = interruption.watch(session.start(false, run -> {}))) {
            Run run = engine.run(config, new Purpose(!yes, null, hash));
            if (run.result().error() != null || yes) {
                ResultPrinter.print(run, options.json());
                return run.result().exitCode();
            }
            if (options.json()) {
                System.out.println(JsonOutput.line(JsonOutput.plan(config, run.plan(), null)));
            } else {
                new ResultPrinter(System.out).print(config, run.plan());
                System.out.println("Rien n'a été écrit. Pour l'exécuter : adopt " + config + " " + hash + " --yes");
            }
            return 0;
        }
    }
}
