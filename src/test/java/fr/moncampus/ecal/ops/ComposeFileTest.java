package fr.moncampus.ecal.ops;

import static org.assertj.core.api.Assertions.assertThat;

import fr.moncampus.ecal.config.ContainerNeeds;
import fr.moncampus.ecal.ops.ComposeFile.Layout;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;

class ComposeFileTest {
    private static final Configured LEA = configured("lea");
    private static final Configured NOE = configured("noe");

    private static Configured configured(String name, String... secrets) {
        return new Configured(
                name, Path.of("configs", name + ".yml"), new ContainerNeeds(Set.of("KEY"), Set.of(secrets), null));
    }

    private static String text(List<Configured> configurations, boolean single, boolean watch) {
        return ComposeFile.of(
                configurations,
                single ? Layout.SINGLE : Layout.EACH,
                watch,
                new ComposeFile.Ports(0, 8146),
                "1000:1000");
    }

    @SuppressWarnings("unchecked")
    private static Map<String, Map<String, Object>> services(String text) {
        Map<String, Object> all =
                (Map<String, Object>) new Load(LoadSettings.builder().build()).loadFromString(text);
        return (Map<String, Map<String, Object>>) all.get("services");
    }

    /** As compose reads them: {@code $$} is one dollar. */
    @SuppressWarnings("unchecked")
    private static Map<String, String> mounts(String text, String service) {
        Map<String, String> mounts = new LinkedHashMap<>();
        ((List<Map<String, Object>>) services(text).get(service).get("volumes"))
                .forEach(volume -> mounts.put(
                        volume.get("target").toString().replace("$$", "$"),
                        volume.get("source").toString().replace("$$", "$")
                                + (volume.get("read_only").equals(true) ? "" : " written")));
        return mounts;
    }

    @Example
    void aContainerSeesItsOwnConfigurationAloneReadOnlyAndPublishesNothing() {
        String text = text(List.of(LEA, NOE), false, false);
        assertThat(mounts(text, "app-lea"))
                .containsEntry("/app/configs/lea.yml", "./configs/lea.yml")
                .containsEntry("/app/data", "./data/lea written")
                .containsEntry("/app/logins", "./data/.logins written")
                .containsKey("/app/routes")
                .hasSize(4);
        Map<String, Object> service = services(text).get("app-lea");
        assertThat(service)
                .containsEntry("container_name", "moncampus-ecal-lea")
                .containsEntry("user", "1000:1000")
                .containsEntry("cap_drop", List.of("ALL"))
                .containsEntry("security_opt", List.of("no-new-privileges:true"))
                .containsEntry("init", true)
                .containsKeys("mem_limit", "stop_grace_period", "logging")
                .doesNotContainKeys("ports", "networks");
        assertThat(service.get("environment").toString()).contains("KEY").contains("INSTANCE_NAME=lea");
        assertThat(text).startsWith("# Généré par");
    }

    @Example
    void theOrderOfTheFilesChangesNothing() {
        assertThat(text(List.of(NOE, LEA), false, true)).isEqualTo(text(List.of(LEA, NOE), false, true));
    }

    @Example
    void watchedContainersListenOnThisMachineAloneEachInANetworkOfItsOwn() {
        Map<String, Map<String, Object>> services = services(text(List.of(LEA, NOE), false, true));
        assertThat(services.get("app-noe"))
                .containsEntry("ports", List.of("127.0.0.1:18081:8080", "127.0.0.1:19011:19011"))
                .containsEntry("networks", List.of("noe"));
        assertThat(services.get("app-lea")).containsEntry("networks", List.of("lea"));
    }

    @Example
    void eachContainersPageIsOnAPortOfThisMachineAloneUnlessSomebodyWantsOtherwise() {
        Map<String, Map<String, Object>> services = services(
                ComposeFile.of(List.of(LEA, NOE), Layout.EACH, true, new ComposeFile.Ports(9046, 8146), "1000:1000"));
        String published = "${PAGE_PUBLISHED_HOST:-127.0.0.1}";

        assertThat(services.get("app-lea").get("ports"))
                .asInstanceOf(InstanceOfAssertFactories.LIST)
                .contains(published + ":${MONCAMPUS_PAGE_PORT-9046}:8046");
        assertThat(services.get("app-noe").get("ports"))
                .asInstanceOf(InstanceOfAssertFactories.LIST)
                .contains(published + ":${MONCAMPUS_PAGE_PORT-9047}:8046");
        assertThat(services.get("app-noe").get("environment"))
                .asInstanceOf(InstanceOfAssertFactories.MAP)
                .containsEntry("PAGE_HOST", "0.0.0.0")
                .containsEntry("PAGE_PORT", "8046")
                // the program asks for a password unless this is loopback
                .containsEntry("PAGE_PUBLISHED_HOST", published);
    }

    @Example
    void aFeedIsOnAPortOfThisMachineWhereAConfigurationHasOne() {
        Configured feed =
                new Configured("zoe", Path.of("configs/zoe.yml"), new ContainerNeeds(Set.of(), Set.of(), null, "feed"));
        String published = "${FEED_PUBLISHED_HOST:-127.0.0.1}:9147";
        Map<String, Map<String, Object>> services = services(
                ComposeFile.of(List.of(LEA, feed), Layout.EACH, false, new ComposeFile.Ports(0, 9146), "1000:1000"));

        assertThat(services.get("app-lea")).doesNotContainKey("ports");
        assertThat(services.get("app-zoe")).containsEntry("ports", List.of(published + ":8146"));
        assertThat(services.get("app-zoe").get("environment"))
                .asInstanceOf(InstanceOfAssertFactories.MAP)
                .containsEntry("FEED_PORT", "8146")
                .containsEntry("FEED_HOST", "0.0.0.0")
                .containsEntry("FEED_PUBLISHED", published);
        String none = ComposeFile.of(List.of(LEA, feed), Layout.EACH, false, new ComposeFile.Ports(0, 0), "1000:1000");
        assertThat(services(none).get("app-zoe")).doesNotContainKey("ports");
        assertThat(none).contains("# options : --page-port=0 --feed-port=0").doesNotContain("FEED_");
    }

    @Example
    void aSingleContainerHoldsAllConfigurations() {
        String text = text(List.of(LEA, NOE), true, false);
        assertThat(services(text)).containsOnlyKeys("app");
        assertThat(mounts(text, "app"))
                .containsKeys("/app/configs/lea.yml", "/app/configs/noe.yml")
                .containsEntry("/app/data", "./data written");
        assertThat(services(text).get("app")).containsEntry("mem_limit", "416m").doesNotContainKey("networks");
    }

    @Example
    void aClusterIsTwoContainersWithAllConfigurationsAndADatabaseThatNobodyOutsideSees() {
        String text = ComposeFile.of(
                List.of(NOE, LEA), Layout.CLUSTER, false, new ComposeFile.Ports(8046, 8146), "1000:1000");
        Map<String, Map<String, Object>> services = services(text);
        assertThat(services).containsOnlyKeys("app-node-1", "app-node-2", "database");
        for (int number = 1; number <= 2; number++) {
            Map<String, Object> node = services.get("app-node-" + number);
            assertThat(mounts(text, "app-node-" + number))
                    .containsKeys("/app/configs/lea.yml", "/app/configs/noe.yml", "/app/routes")
                    .containsEntry("/app/data", "./data/node-" + number + " written")
                    .hasSize(4);
            assertThat(node)
                    .containsEntry("container_name", "moncampus-ecal-node-" + number)
                    .containsEntry("mem_limit", "384m")
                    .containsEntry("secrets", List.of("database-password"))
                    .containsEntry("command", List.of("run"))
                    .containsEntry("depends_on", Map.of("database", Map.of("condition", "service_healthy")));
            assertThat(node.get("environment"))
                    .asInstanceOf(InstanceOfAssertFactories.MAP)
                    .containsEntry("MEMORY_URL", "jdbc:postgresql://database:5432/moncampus")
                    .containsEntry("MEMORY_PASSWORD_FILE", "/run/secrets/database-password")
                    .containsKey("KEY")
                    .doesNotContainKeys("CONFIG_FILE", "LOGINS_DIR", "MEMORY_PASSWORD");
        }
        assertThat(services.get("app-node-2").get("ports").toString()).contains("8047");
        assertThat(services.get("database"))
                .containsEntry("user", "1000:1000")
                .containsEntry("cap_drop", List.of("ALL"))
                .containsKeys("healthcheck", "mem_limit", "restart", "secrets")
                .doesNotContainKeys("ports", "networks");
        assertThat(services.get("database").get("image").toString()).doesNotContain("latest");
        assertThat(text).contains("# options : --cluster\n").doesNotContain("POSTGRES_PASSWORD:");
    }

    @Example
    void aNodeOfManyConfigurationsHasAHeapForThem() {
        List<Configured> many =
                IntStream.range(0, 1000).mapToObj(i -> configured("c" + i)).toList();
        Map<String, Object> node = services(
                        ComposeFile.of(many, Layout.CLUSTER, true, new ComposeFile.Ports(0, 8146), "1000:1000"))
                .get("app-node-1");
        assertThat(node.get("entrypoint").toString())
                .contains("-Xmx253m", "jmxremote.port")
                .startsWith("[java, @/app/docker/java.options");
        assertThat(node).containsEntry("mem_limit", "634m").doesNotContainKey("networks");
    }

    @Example
    void theFileOfTheTopFolderIsTheConfigurationDefault() {
        ContainerNeeds needs = new ContainerNeeds(Set.of(), Set.of("secrets/key"), null);
        String text = text(List.of(new Configured("default", Path.of("config.yml"), needs)), false, false);
        assertThat(mounts(text, "app-default"))
                .containsEntry("/app/configs/default.yml", "./config.yml")
                .containsEntry("/app/configs/secrets/key", "./secrets/key");
    }

    @Example
    void aSecretThatTwoConfigurationsShareIsMountedOnce() {
        String text = text(List.of(configured("lea", "/keys/a"), configured("noe", "/keys/a")), true, false);
        assertThat(text.split("source: \"/keys/a\"", -1)).hasSize(2);
    }

    @Property(tries = 200)
    void anySecretFileIsMountedWhereTheProgramLooksForIt(@ForAll("paths") String path) {
        String text = text(List.of(configured("lea", path), NOE), false, false);
        boolean absolute = path.startsWith("/");
        String target = absolute ? path : "/app/configs/" + path;
        assertThat(mounts(text, "app-lea"))
                .containsEntry(Path.of(target).normalize().toString(), absolute ? path : "./configs/" + path)
                .hasSize(5);
        assertThat(mounts(text, "app-noe")).hasSize(4);
        // compose would take a lone dollar for a variable of its own
        assertThat(List.of(text.replace("$$", "").replace("${MONCAMPUS_", "").split("\n")))
                .noneMatch(line -> line.contains("$"));
    }

    @Provide
    Arbitrary<String> paths() {
        Arbitrary<String> part = Arbitraries.strings()
                .withChars("ab é\"'\\$#:{}[],&*!|>%@`~-")
                .ofMinLength(1)
                .ofMaxLength(8)
                .map(text -> "k" + text + "k");
        return part.list()
                .ofMinSize(1)
                .ofMaxSize(3)
                .flatMap(parts ->
                        Arbitraries.of("", "/").map(start -> start + String.join("/", new ArrayList<>(parts))));
    }
}
