package fr.moncampus.ecal.ops;

import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

@Command(
        name = "check",
        description =
                "Vérifie les fichiers et les routes, puis se connecte à MonCampus et interroge ECAL, sans rien écrire.")
final class CheckCommand implements Callable<Integer> {
    @Mixin
    private CommonOptions options;

    @Option(names = "--offline", description = "Vérifie seulement les fichiers et les routes.")
    private boolean offline;

    @Mixin
    private Help help;

    @Override
    public Integer call() throws Exception {
        return new Check(Session.open(options), System.out, options.json()).run(!offline);
    }
}
