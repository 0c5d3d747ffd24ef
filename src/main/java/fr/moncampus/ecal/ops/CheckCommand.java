package fr.moncampus.ecal.ops;

import fr.moncampus.ecal.config.FeedAddress;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

@Command(
        name = "check",
        description =
                "Vérifie les fichiers et les routes, puis interroge la source et la cible (MonCampus et ECAL d'ordinaire), sans rien écrire.")
final class CheckCommand implements Callable<Integer> {
    @Mixin
    private CommonOptions options;

    @Option(names = "--offline", description = "Vérifie seulement les fichiers et les routes.")
    private boolean offline;

    @Option(
            names = "--feed",
            arity = "0..1",
            paramLabel = "FICHIER",
            fallbackValue = "-",
            description = {
                "Examine un flux iCalendar, sans configuration : son adresse est dans ce fichier,",
                "ou sur l'entrée standard (-), puisqu'elle est un secret."
            })
    private String feed;

    @Mixin
    private Help help;

    @Override
    public Integer call() throws Exception {
        if (feed != null) {
            FeedAddress address = feed.equals("-") ? FeedAddress.read(System.in) : FeedAddress.read(Path.of(feed));
            return new FeedDoctor(System.out, options.json()).look(address, LocalDate.now(Session.CLOCK));
        }
        return new Check(Session.open(options), System.out, options.json()).run(!offline);
    }
}
