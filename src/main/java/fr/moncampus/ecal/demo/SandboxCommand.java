package fr.moncampus.ecal.demo;

import fr.moncampus.ecal.ops.Help;
import fr.moncampus.ecal.ops.MoreCommand;
import fr.moncampus.ecal.sandbox.Options;
import fr.moncampus.ecal.sandbox.Sandbox;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

@Command(
        name = "sandbox",
        description =
                "Sert un MonCampus, un flux, un ECAL et un CalDAV d'essai, et affiche une configuration qui les utilise. Ctrl-C l'arrête.")
public final class SandboxCommand implements MoreCommand {
    @Option(
            names = "--host",
            paramLabel = "ADRESSE",
            defaultValue = "127.0.0.1",
            description = "Adresse d'écoute (par défaut 127.0.0.1).")
    private String host;

    @Option(
            names = "--port",
            paramLabel = "PORT",
            defaultValue = "0",
            description = "Port d'écoute, pour tous les services (par défaut : des ports libres).")
    private int port;

    @Option(names = "--open-admin", description = "Laisse d'autres machines piloter le bac à sable (/_sandbox/).")
    private boolean openAdmin;

    @Option(
            names = "--source",
            paramLabel = "SOURCE",
            defaultValue = "moncampus",
            description =
                    "La source de la configuration affichée : moncampus (par défaut), ics, hyperplanning, pronote, ade ou plain.")
    private String source;

    @Option(
            names = "--target",
            paramLabel = "CIBLE",
            defaultValue = "ecal",
            description = "Sa cible : ecal (par défaut), caldav ou feed.")
    private String target;

    @Mixin
    private Help help;

    @Override
    public Integer call() throws InterruptedException {
        try (Sandbox sandbox = Sandbox.start(Options.standard().on(host, port).openAdmin(openAdmin))) {
            System.out.println("# Configuration du bac à sable : à copier dans configs/essai.yml");
            String student = Options.standard().username();
            System.out.print(sandbox.configuration(Options.standard().username(), source, target));
            System.out.println("# Prêt. Ctrl-C arrête le bac à sable.");
            sandbox.await();
        }
        return 0;
    }
}
