package fr.moncampus.ecal.ops;

import fr.moncampus.ecal.ops.ComposeFile.Layout;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** For {@code manage.sh}, which knows the checkout and the engine, but reads no YAML. */
@Command(name = "compose", hidden = true, description = "Écrit docker-compose.yml sur la sortie standard.")
final class ComposeCommand implements Callable<Integer> {
    @Option(names = "--single", description = "Toutes les configurations dans un seul conteneur.")
    private boolean single;

    @Option(
            names = "--cluster",
            description = "Toutes les configurations dans chacun de deux conteneurs, avec une base PostgreSQL.")
    private boolean cluster;

    @Option(
            names = "--watch",
            description = "Santé, mesures et JMX de chaque conteneur sur des ports de cette machine.")
    private boolean watch;

    @Option(
            names = "--page-port",
            paramLabel = "PORT",
            defaultValue = "8046",
            description = "Port de cette machine pour la page du premier conteneur ; 0 : pas de pages.")
    private int page;

    @Option(
            names = "--feed-port",
            paramLabel = "PORT",
            defaultValue = "8146",
            description = "Port de cette machine pour les flux du premier conteneur ; 0 : pas de flux servis.")
    private int feed;

    @Option(
            names = "--user",
            paramLabel = "UID:GID",
            defaultValue = "10001:10001",
            description = "Qui lit et écrit dans les conteneurs.")
    private String user;

    @Option(
            names = "--variables",
            description = "Au lieu de cela, les variables d'environnement que nomment les configurations.")
    private boolean variables;

    @Mixin
    private ConfiguredFiles files;

    @Mixin
    private Help help;

    @Override
    public Integer call() {
        if (single && cluster) {
            throw new WrongSettingException("--single et --cluster s'excluent : un conteneur, ou deux.");
        }
        Layout layout = single ? Layout.SINGLE : cluster ? Layout.CLUSTER : Layout.EACH;
        List<Configured> configurations = files.read();
        if (variables) {
            configurations.stream()
                    .flatMap(configured -> configured.needs().variables().stream())
                    .distinct()
                    .forEach(System.out::println);
            return 0;
        }
        if (Configured.fight(configurations)) {
            return 2;
        }
        System.out.print(ComposeFile.of(configurations, layout, watch, new ComposeFile.Ports(page, feed), user));
        return 0;
    }
}
