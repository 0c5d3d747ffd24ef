package fr.moncampus.ecal.ops;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.introspect.Annotated;
import com.fasterxml.jackson.databind.introspect.JacksonAnnotationIntrospector;
import com.fasterxml.jackson.databind.node.ObjectNode;
import fr.moncampus.ecal.memory.MemoryPlace;
import fr.moncampus.ecal.ops.Manifests.Deployed;
import fr.moncampus.ecal.ops.Manifests.Settings;
import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.Namespace;
import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicy;
import io.fabric8.kubernetes.api.model.policy.v1.PodDisruptionBudget;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Assumptions;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;

/** What is written is what Kubernetes knows, and what a pod then finds. */
class ManifestsTest {
    private static final int MEBIBYTE = 1024 * 1024;
    /** Of all annotations of an object together. */
    private static final int MAX_ANNOTATIONS = 256 * 1024;

    private static final String PASSWORD = "zq-geheim";
    private static final MemoryPlace MEMORY =
            new MemoryPlace(Path.of("data"), "jdbc:postgresql://base.example:5433/m", "ecal", PASSWORD);

    /** Kubernetes' own types, in which a field that it does not know is an error: a model would take it as one more. */
    private static final ObjectMapper STRICT = new ObjectMapper()
            .enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
            .setAnnotationIntrospector(new JacksonAnnotationIntrospector() {
                private static final long serialVersionUID = 1L;

                @Override
                public Boolean hasAnySetter(Annotated annotated) {
                    return false;
                }
            });

    private static final Map<String, Class<?>> TYPES = Map.of(
            "v1 Namespace", Namespace.class,
            "v1 Secret", Secret.class,
            "v1 ConfigMap", ConfigMap.class,
            "apps/v1 Deployment", Deployment.class,
            "policy/v1 PodDisruptionBudget", PodDisruptionBudget.class,
            "networking.k8s.io/v1 NetworkPolicy", NetworkPolicy.class);

    @Property(tries = 100)
    void everyFieldIsOneOfKubernetesAndKeepsItsValue(
            @ForAll("configurations") List<Deployed> configurations, @ForAll @IntRange(min = 1, max = 5) int groups)
            throws IOException {
        for (JsonNode object : objects(Manifests.of(configurations, settings(groups)))) {
            assertThat(read(STRICT.writeValueAsString(typed(object)))).isEqualTo(read(object.toString()));
        }
    }

    @Example
    void aMisspeltFieldIsNoticed() throws IOException {
        ObjectNode deployment = (ObjectNode) deployments(Manifests.of(List.of(configuration("lea")), settings(1)))
                .get(0);
        ObjectNode container = (ObjectNode) deployment.at("/spec/template/spec/containers/0");
        container.set("readinesProbe", container.remove("readinessProbe"));
        assertThatThrownBy(() -> typed(deployment))
                .isInstanceOf(JsonMappingException.class)
                .hasMessageContaining("readinesProbe");
        container.set("readinessProbe", container.remove("readinesProbe"));
        ((ObjectNode) deployment.get("spec")).put("replicas", "two");
        assertThatThrownBy(() -> typed(deployment)).isInstanceOf(JsonMappingException.class);
    }

    /** As the kubelet mounts it. */
    @Property(tries = 100)
    void eachPodFindsTheFilesOfItsGroupAndEachConfigurationIsInOneGroup(
            @ForAll("configurations") List<Deployed> configurations, @ForAll @IntRange(min = 1, max = 5) int groups)
            throws IOException {
        Map<String, List<Map<String, Object>>> files = Manifests.of(configurations, settings(groups));
        Map<String, String> found = new TreeMap<>();
        int mounted = 0;
        for (JsonNode deployment : deployments(files)) {
            Map<String, String> here = mountedFiles(deployment, secrets(files));
            mounted += here.keySet().stream()
                    .filter(path -> path.matches("/app/configs/[^/]+\\.yml"))
                    .count();
            found.putAll(here);
        }
        Map<String, String> wanted = new TreeMap<>();
        configurations.forEach(each -> {
            wanted.put("/app/configs/" + each.name() + ".yml", text(each.contents()));
            each.secrets().forEach((path, contents) -> wanted.put(path, text(contents)));
        });
        assertThat(found).isEqualTo(wanted);
        assertThat(mounted).isEqualTo(configurations.size());
    }

    @Example
    void aSecretOfManyConfigurationsIsSplitSoThatKubernetesAndKubectlTakeIt() throws IOException {
        byte[] large = new byte[1000];
        List<Deployed> many = IntStream.range(0, 1500)
                .mapToObj(i -> new Deployed("c" + i, large, Map.of(), Set.of()))
                .toList();
        Map<String, List<Map<String, Object>>> files = Manifests.of(many, settings(1));
        Map<String, Map<String, String>> secrets = secrets(files);
        assertThat(secrets).hasSizeGreaterThan(10);
        for (JsonNode object : objects(files)) {
            int bytes = object.toString().length();
            assertThat(bytes).isLessThan(MEBIBYTE).isLessThan(MAX_ANNOTATIONS);
        }
        assertThat(mountedFiles(deployments(files).get(0), secrets)).hasSize(1500);
    }

    @Example
    void aGroupIsTwoProcessesOfWhichOneStaysWithoutAnyRight() throws IOException {
        Map<String, List<Map<String, Object>>> files =
                Manifests.of(List.of(configuration("lea"), configuration("noe")), settings(1));
        Deployment deployment = (Deployment) typed(deployments(files).get(0));
        var pod = deployment.getSpec().getTemplate().getSpec();
        var container = pod.getContainers().get(0);

        assertThat(deployment.getSpec().getReplicas()).isEqualTo(2);
        assertThat(deployment.getSpec().getSelector().getMatchLabels())
                .isEqualTo(deployment.getSpec().getTemplate().getMetadata().getLabels());
        assertThat(pod.getAutomountServiceAccountToken()).isFalse();
        assertThat(pod.getSecurityContext().getRunAsNonRoot()).isTrue();
        assertThat(container.getSecurityContext().getReadOnlyRootFilesystem()).isTrue();
        assertThat(container.getSecurityContext().getCapabilities().getDrop()).containsExactly("ALL");
        assertThat(container.getImage()).isEqualTo("registry.example/moncampus-ecal:1.0");
        assertThat(container.getLivenessProbe().getHttpGet().getPath()).isEqualTo("/observe/health/live");
        assertThat(container.getReadinessProbe().getHttpGet().getPath()).isEqualTo("/observe/health/ready");
        assertThat(container.getResources().getLimits()).containsKey("memory");
        assertThat(container.getResources().getRequests()).containsKeys("memory", "cpu");

        PodDisruptionBudget budget =
                (PodDisruptionBudget) typed(ofKind(files, "PodDisruptionBudget").get(0));
        assertThat(budget.getSpec().getMinAvailable().getIntVal()).isEqualTo(1);
        assertThat(budget.getSpec().getSelector().getMatchLabels())
                .isEqualTo(deployment.getSpec().getSelector().getMatchLabels());
    }

    @Example
    void thePolicyLetsOutWhatTheConfigurationsAskAndNothingElse() throws IOException {
        Deployed odd = new Deployed("odd", new byte[0], Map.of(), Set.of(443, 8443));
        NetworkPolicy policy = (NetworkPolicy) typed(
                ofKind(Manifests.of(List.of(odd), settings(1)), "NetworkPolicy").get(0));
        assertThat(policy.getSpec().getPolicyTypes()).containsExactlyInAnyOrder("Ingress", "Egress");
        assertThat(policy.getSpec().getEgress().stream()
                        .flatMap(rule -> rule.getPorts().stream())
                        .map(port -> port.getProtocol() + port.getPort().getIntVal()))
                .containsExactlyInAnyOrder("UDP53", "TCP53", "TCP443", "TCP8443", "TCP5433");
    }

    @Example
    void noPasswordStandsOutsideOfASecret() throws IOException {
        for (JsonNode object : objects(Manifests.of(List.of(configuration("lea")), settings(1)))) {
            String all = object.toString();
            String hidden = Base64.getEncoder().encodeToString(PASSWORD.getBytes(StandardCharsets.UTF_8));
            assertThat(all).doesNotContain(PASSWORD);
            assertThat(all.contains(hidden))
                    .isEqualTo(object.at("/metadata/name").asText().endsWith("-memory"));
        }
    }

    @Example
    void onlyAGroupWhoseFilesChangedGetsNewPods() throws IOException {
        List<Deployed> before = List.of(configuration("a"), configuration("b"));
        List<Deployed> after = List.of(
                configuration("a"), new Deployed("b", "other".getBytes(StandardCharsets.UTF_8), Map.of(), Set.of(443)));
        List<JsonNode> first = deployments(Manifests.of(before, settings(2)));
        List<JsonNode> second = deployments(Manifests.of(after, settings(2)));

        assertThat(first).hasSize(2);
        assertThat(first.stream().filter(second::contains)).hasSize(1);
        assertThat(deployments(Manifests.of(List.of(before.get(1), before.get(0)), settings(2))))
                .isEqualTo(first);
    }

    @Example
    void theFolderIsPrivateIsWrittenAnewAndHoldsNothingOfOthers() throws IOException {
        Path folder = Files.createTempDirectory("k8s").resolve("out");
        List<Deployed> all = List.of(configuration("a"), configuration("b"));
        new ManifestFolder(folder).write(Manifests.of(all, settings(2)));
        assertThat(folder.resolve("group-2.yaml")).exists();
        new ManifestFolder(folder).write(Manifests.of(all, settings(1)));

        assertThat(folder.resolve("group-2.yaml")).doesNotExist();
        try (Stream<Path> files = Files.list(folder)) {
            assertThat(files)
                    .allSatisfy(file -> assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                            .isEqualTo("rw-------"));
        }
        Files.writeString(folder.resolve("mine.yaml"), "a: b\n");
        assertThatThrownBy(() -> new ManifestFolder(folder).write(Manifests.of(all, settings(1))))
                .isInstanceOf(WrongSettingException.class)
                .hasMessageContaining("mine.yaml");
        assertThat(folder.resolve("group-1.yaml")).exists();
    }

    @Example
    void kustomizeTakesThem() throws IOException, InterruptedException {
        Assumptions.assumeTrue(
                Stream.of(System.getenv("PATH").split(":"))
                        .anyMatch(path -> Files.isExecutable(Path.of(path, "kubectl"))),
                "kubectl is not installed");
        Path folder = Files.createTempDirectory("k8s");
        new ManifestFolder(folder)
                .write(Manifests.of(List.of(configuration("lea"), configuration("noe")), settings(2)));
        Path out = folder.resolveSibling(folder.getFileName() + ".out");
        int code = new ProcessBuilder("kubectl", "kustomize", folder.toString())
                .redirectErrorStream(true)
                .redirectOutput(out.toFile())
                .start()
                .waitFor();
        String said = Files.readString(out);
        assertThat(code).as(said).isZero();
        List<Object> documents = new ArrayList<>();
        new Load(LoadSettings.builder().build()).loadAllFromString(said).forEach(documents::add);
        List<JsonNode> built = documents.stream()
                .map(each -> STRICT.<JsonNode>valueToTree(each))
                .toList();
        for (JsonNode object : built) {
            typed(object);
        }
        assertThat(built.stream().map(each -> each.get("kind").asText()).collect(Collectors.toSet()))
                .containsExactlyInAnyOrder(
                        "Namespace", "Secret", "ConfigMap", "Deployment", "PodDisruptionBudget", "NetworkPolicy");
        assertThat(built)
                .filteredOn(each -> !each.get("kind").asText().equals("Namespace"))
                .allSatisfy(each ->
                        assertThat(each.at("/metadata/namespace").asText()).isEqualTo("moncampus-ecal"));
    }

    private static Settings settings(int groups) {
        return new Settings(
                groups,
                "registry.example/moncampus-ecal:1.0",
                MEMORY,
                Map.of("sync.camel.yaml", "- route:\n    id: é\n".getBytes(StandardCharsets.UTF_8)),
                Map.of("KEY", "value"));
    }

    private static Deployed configuration(String name) {
        return new Deployed(name, ("a: " + name + "\n").getBytes(StandardCharsets.UTF_8), Map.of(), Set.of(443));
    }

    @Provide
    Arbitrary<List<Deployed>> configurations() {
        Arbitrary<String> names = Arbitraries.strings()
                .withChars("abcdefgXYZ0123._-")
                .ofMinLength(1)
                .ofMaxLength(20)
                .map(text -> "n" + text);
        Arbitrary<byte[]> contents =
                Arbitraries.strings().ofMaxLength(200).map(text -> text.getBytes(StandardCharsets.UTF_8));
        Arbitrary<Map<String, byte[]>> secrets = Arbitraries.maps(
                        Arbitraries.of("/app/configs/secrets/key", "/app/configs/é key", "/run/keys/a", "/app/other"),
                        Arbitraries.just("the same wherever it is named".getBytes(StandardCharsets.UTF_8)))
                .ofMaxSize(3);
        return Combinators.combine(names, contents, secrets)
                .as((name, text, files) -> new Deployed(name, text, files, Set.of(443)))
                .list()
                .uniqueElements(Deployed::name)
                .ofMinSize(1)
                .ofMaxSize(12);
    }

    /** Read back from the text. */
    private static List<JsonNode> objects(Map<String, List<Map<String, Object>>> files) {
        List<JsonNode> objects = new ArrayList<>();
        files.forEach((file, written) -> {
            if (!file.equals("kustomization.yaml")) {
                new Load(LoadSettings.builder().build())
                        .loadAllFromString(ManifestFolder.text(written))
                        .forEach(object -> objects.add(STRICT.valueToTree(object)));
            }
        });
        return objects;
    }

    /** Numbers of one kind, so that they compare. */
    private static JsonNode read(String json) throws IOException {
        return STRICT.readTree(json);
    }

    private static Object typed(JsonNode object) throws IOException {
        return STRICT.treeToValue(
                object,
                TYPES.get(object.get("apiVersion").asText() + " "
                        + object.get("kind").asText()));
    }

    private static List<JsonNode> ofKind(Map<String, List<Map<String, Object>>> files, String kind) {
        return objects(files).stream()
                .filter(object -> object.get("kind").asText().equals(kind))
                .toList();
    }

    private static List<JsonNode> deployments(Map<String, List<Map<String, Object>>> files) {
        return ofKind(files, "Deployment");
    }

    /** What each holds, decoded. */
    private static Map<String, Map<String, String>> secrets(Map<String, List<Map<String, Object>>> files)
            throws IOException {
        Map<String, Map<String, String>> secrets = new HashMap<>();
        for (JsonNode object : ofKind(files, "Secret")) {
            Secret secret = (Secret) typed(object);
            Map<String, String> contents = new HashMap<>();
            secret.getData()
                    .forEach((key, value) ->
                            contents.put(key, text(Base64.getDecoder().decode(value))));
            secrets.put(secret.getMetadata().getName(), contents);
        }
        return secrets;
    }

    private static Map<String, String> mountedFiles(JsonNode object, Map<String, Map<String, String>> secrets)
            throws IOException {
        var pod = ((Deployment) typed(object)).getSpec().getTemplate().getSpec();
        Map<String, Map<String, String>> volumes = new HashMap<>();
        pod.getVolumes().stream()
                .filter(volume -> volume.getProjected() != null)
                .forEach(volume -> {
                    Map<String, String> contents = new HashMap<>();
                    volume.getProjected().getSources().forEach(source -> {
                        Map<String, String> secret =
                                secrets.get(source.getSecret().getName());
                        if (source.getSecret().getItems().isEmpty()) {
                            contents.putAll(secret);
                        } else {
                            source.getSecret()
                                    .getItems()
                                    .forEach(item -> contents.put(item.getPath(), secret.get(item.getKey())));
                        }
                    });
                    volumes.put(volume.getName(), contents);
                });
        Map<String, String> found = new TreeMap<>();
        pod.getContainers().get(0).getVolumeMounts().forEach(mount -> {
            Map<String, String> volume = volumes.getOrDefault(mount.getName(), Map.of());
            if (mount.getSubPath() != null) {
                found.put(mount.getMountPath(), volume.get(mount.getSubPath()));
            } else {
                volume.forEach((path, contents) -> found.put(mount.getMountPath() + "/" + path, contents));
            }
        });
        return found;
    }

    private static String text(byte[] bytes) {
        return new String(bytes, StandardCharsets.UTF_8);
    }
}
