package fr.moncampus.ecal.ops;

import fr.moncampus.ecal.App;
import fr.moncampus.ecal.config.ContainerNeeds;
import fr.moncampus.ecal.memory.MemoryPlace;
import fr.moncampus.ecal.ops.Manifests.Deployed;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** For {@code manage.sh}, which knows the checkout. */
@Command(name = "kubernetes", hidden = true, description = "Écrit des manifestes pour kustomize.")
final class KubernetesCommand implements Callable<Integer> {
    private static final int MAX_GROUPS = 1000;

    @Option(
            names = "--groups",
            paramLabel = "N",
            defaultValue = "1",
            description = "Nombre de groupes de configurations : chacun a deux processus (1).")
    private int groups;

    @Option(
            names = "--image",
            paramLabel = "IMAGE",
            description =
                    "L'image, avec son étiquette ou son empreinte (moncampus-ecal et la version de ce programme).")
    private String image;

    @Option(
            names = "--output",
            paramLabel = "DOSSIER",
            defaultValue = "k8s",
            description = "Dossier des manifestes (k8s).")
    private Path output;

    @Mixin
    private ConfiguredFiles files;

    @Mixin
    private Help help;

    @Override
    public Integer call() throws IOException {
        if (groups < 1 || groups > MAX_GROUPS) {
            throw new WrongSettingException("--groups demande un nombre de 1 à " + MAX_GROUPS + ".");
        }
        MemoryPlace memory = MemoryEnvironment.place(Path.of("data"), System::getenv);
        if (!memory.isShared()) {
            throw new WrongSettingException(
                    "MEMORY_URL manque : plusieurs processus ont besoin d'une base PostgreSQL commune. Donnez aussi MEMORY_USER et "
                            + "MEMORY_PASSWORD_FILE (docs/scale.md).");
        }
        List<Configured> configurations = files.read();
        if (Configured.fight(configurations)) {
            return 2;
        }
        Map<String, String> variables = new TreeMap<>();
        for (Configured each : configurations) {
            for (String variable : each.needs().variables()) {
                String value = System.getenv(variable);
                if (value == null) {
                    throw new WrongSettingException(each.file() + " prend une valeur de la variable " + variable
                            + ", qui manque : donnez-la à cette commande.");
                }
                variables.put(variable, value);
            }
        }
        List<Deployed> deployed =
                configurations.stream().map(KubernetesCommand::deployed).toList();
        Manifests.Settings settings = new Manifests.Settings(groups, imageName(), memory, routeFiles(), variables);
        new ManifestFolder(output).write(Manifests.of(deployed, settings));
        System.err.println("✓ " + configurations.size() + " configurations dans " + output
                + ", lisible par vous seul : il contient leurs mots de passe. Ensuite : kubectl apply -k " + output);
        return 0;
    }

    private String imageName() {
        String version = App.class.getPackage().getImplementationVersion();
        String name = image != null ? image : version == null ? "" : "moncampus-ecal:" + version;
        if (!name.matches("[a-z0-9][\\w./:-]*(:[\\w][\\w.-]*|@sha256:[0-9a-f]{64})") || name.endsWith(":latest")) {
            throw new WrongSettingException(
                    "--image demande une image avec une étiquette autre que latest, ou une empreinte : registre.example/moncampus-ecal:1.0.0");
        }
        return name;
    }

    private static Deployed deployed(Configured configured) {
        Map<String, byte[]> secrets = new TreeMap<>();
        for (String secret : configured.needs().secrets()) {
            Path target = Path.of(Manifests.CONFIGS).resolve(secret).normalize();
            secrets.put(target.toString(), contents(configured.file().resolveSibling(secret)));
        }
        return new Deployed(
                configured.name(),
                contents(configured.file()),
                secrets,
                ContainerNeeds.ports(configured.file(), System::getenv));
    }

    private Map<String, byte[]> routeFiles() throws IOException {
        Map<String, byte[]> contents = new TreeMap<>();
        try (Stream<Path> found = Files.list(files.routes.folder())) {
            found.filter(file -> file.toString().endsWith(".camel.yaml"))
                    .forEach(file -> contents.put(file.getFileName().toString(), contents(file)));
        } catch (NoSuchFileException e) {
            throw new WrongSettingException("le dossier des routes " + files.routes.folder() + " n'existe pas.");
        }
        return contents;
    }

    private static byte[] contents(Path file) {
        try {
            return Files.readAllBytes(file);
        } catch (IOException e) {
            throw new WrongSettingException(file + " ne peut pas être lu.");
        }
    }
}
