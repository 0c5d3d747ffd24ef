package fr.moncampus.ecal.ops;

import fr.moncampus.ecal.memory.MemoryPlace;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/** What Kubernetes is asked for: objects by the file that they stand in. The same configurations and options give the same objects. */
final class Manifests {
    /** @param contents  of the file, and of the files that it takes secrets from by their paths in the container */
    record Deployed(String name, byte[] contents, Map<String, byte[]> secrets, Set<Integer> ports) {}

    /**
     * @param groups    how many processes, each of them twice, share the configurations
     * @param image     with a tag or a digest
     * @param routes    texts by the names of their files
     * @param variables that the configurations take values from
     */
    record Settings(
            int groups, String image, MemoryPlace memory, Map<String, byte[]> routes, Map<String, String> variables) {}

    static final String CONFIGS = "/app/configs/";

    private static final String NAME = "moncampus-ecal";
    private static final String MEMORY = NAME + "-memory";
    private static final String VARIABLES = NAME + "-variables";
    private static final String ROUTES = NAME + "-routes";
    /** In the image. */
    private static final int USER = 10_001;
    /** 0440 */
    private static final int OWNER_AND_GROUP_READ = 0440;

    private static final int HEALTH_PORT = 8080;
    private static final int DNS_PORT = 53;
    /** Of the compressed pages of a tmpfs there are few: nothing but error files, and what libraries unpack. */
    private static final String MAX_DATA = "256Mi";

    private final Settings settings;
    private final Map<String, List<Map<String, Object>>> files = new TreeMap<>();

    private Manifests(Settings settings) {
        this.settings = settings;
    }

    /** By file, kustomization.yaml included. */
    static Map<String, List<Map<String, Object>>> of(Collection<Deployed> configurations, Settings settings) {
        Map<String, Deployed> sorted = new TreeMap<>();
        configurations.forEach(each -> sorted.put(each.name(), each));
        return new Manifests(settings).write(List.copyOf(sorted.values()));
    }

    private Map<String, List<Map<String, Object>>> write(List<Deployed> all) {
        files.put("namespace.yaml", List.of(namespace()));
        Map<String, byte[]> memory =
                new TreeMap<>(Map.of("url", bytes(settings.memory().url())));
        if (settings.memory().user() != null) {
            memory.put("user", bytes(settings.memory().user()));
        }
        if (settings.memory().password() != null) {
            memory.put("password", bytes(settings.memory().password()));
        }
        files.put("memory.yaml", List.of(Secrets.secret(MEMORY, memory)));
        files.put("routes.yaml", List.of(Secrets.configMap(ROUTES, settings.routes())));
        files.put("network.yaml", List.of(networkPolicy(all)));
        if (!settings.variables().isEmpty()) {
            Map<String, byte[]> values = new TreeMap<>();
            settings.variables().forEach((name, value) -> values.put(name, bytes(value)));
            files.put("variables.yaml", List.of(Secrets.secret(VARIABLES, values)));
        }
        groups(all).forEach((number, members) -> files.put("group-" + number + ".yaml", group(number, members)));
        files.put("kustomization.yaml", List.of(kustomization()));
        return files;
    }

    /** A configuration stays where it is when others come and go; its name says where. */
    private Map<Integer, List<Deployed>> groups(List<Deployed> all) {
        Map<Integer, List<Deployed>> groups = new TreeMap<>();
        all.forEach(each -> groups.computeIfAbsent(
                        1 + Math.floorMod(each.name().hashCode(), settings.groups()), number -> new ArrayList<>())
                .add(each));
        return groups;
    }

    private Map<String, Object> kustomization() {
        return map(
                "apiVersion",
                "kustomize.config.k8s.io/v1beta1",
                "kind",
                "Kustomization",
                "namespace",
                NAME,
                "resources",
                List.copyOf(files.keySet()));
    }

    private static Map<String, Object> namespace() {
        return map(
                "apiVersion", "v1",
                "kind", "Namespace",
                "metadata", map("name", NAME, "labels", map("pod-security.kubernetes.io/enforce", "restricted")));
    }

    private List<Map<String, Object>> group(int number, List<Deployed> members) {
        String name = NAME + "-group-" + number;
        Map<String, byte[]> texts = new TreeMap<>();
        Map<String, byte[]> secrets = new TreeMap<>();
        members.forEach(each -> {
            texts.put(each.name() + ".yml", each.contents());
            secrets.putAll(each.secrets());
        });
        Secrets configurations = Secrets.split(name + "-configs", texts);
        Secrets files = Secrets.ofPaths(name + "-files", secrets);
        List<Map<String, Object>> objects = new ArrayList<>(configurations.objects());
        objects.addAll(files.objects());
        objects.add(deployment(name, members.size(), configurations, files));
        objects.add(map(
                "apiVersion",
                "policy/v1",
                "kind",
                "PodDisruptionBudget",
                "metadata",
                metadata(name),
                "spec",
                map("minAvailable", 1, "selector", map("matchLabels", labels(name)))));
        return objects;
    }

    private Map<String, Object> deployment(String name, int members, Secrets configurations, Secrets files) {
        // a pod reads its configurations when it starts: others mean other pods, one after the other
        String checksum = Secrets.checksum(
                configurations.contents(), files.contents(), settings.routes(), memoryContents(), variableContents());
        Map<String, Object> pod = map(
                "automountServiceAccountToken", false,
                "enableServiceLinks", false,
                // a little more than the program takes to finish the change in flight
                "terminationGracePeriodSeconds", 40,
                "securityContext",
                        map(
                                "runAsNonRoot", true,
                                "runAsUser", USER,
                                "runAsGroup", USER,
                                "fsGroup", USER,
                                "seccompProfile", map("type", "RuntimeDefault")),
                "topologySpreadConstraints",
                        List.of(map(
                                "maxSkew",
                                1,
                                "topologyKey",
                                "kubernetes.io/hostname",
                                "whenUnsatisfiable",
                                "ScheduleAnyway",
                                "labelSelector",
                                map("matchLabels", labels(name)))),
                "containers", List.of(container(NodeSize.of(members), files)),
                "volumes", volumes(configurations, files));
        return map(
                "apiVersion",
                "apps/v1",
                "kind",
                "Deployment",
                "metadata",
                metadata(name),
                "spec",
                map(
                        "replicas", 2,
                        "revisionHistoryLimit", 3,
                        "selector", map("matchLabels", labels(name)),
                        "strategy",
                                map("type", "RollingUpdate", "rollingUpdate", map("maxSurge", 1, "maxUnavailable", 0)),
                        "template",
                                map(
                                        "metadata",
                                        map(
                                                "labels", labels(name),
                                                "annotations", map(NAME + "/checksum", checksum)),
                                        "spec",
                                        pod)));
    }

    private Map<String, Object> container(NodeSize size, Secrets files) {
        List<Object> mounts = new ArrayList<>(List.of(
                mount("configs", CONFIGS.replaceFirst("/$", "")),
                mount("routes", "/app/routes"),
                mount("memory", "/run/secrets/memory"),
                map("name", "data", "mountPath", "/app/data"),
                map("name", "tmp", "mountPath", "/tmp")));
        files.elsewhere()
                .forEach((key, path) ->
                        mounts.add(map("name", "files", "mountPath", path, "subPath", key, "readOnly", true)));
        Map<String, Object> container = map(
                "name", NAME,
                "image", settings.image(),
                "imagePullPolicy", "IfNotPresent",
                "command",
                        List.of(
                                "java",
                                "@/app/docker/java.options",
                                "-Xmx" + size.heap() + "m",
                                "-jar",
                                "/app/moncampus-ecal.jar"),
                "args", List.of("run"),
                "env", environment(),
                "ports", List.of(map("name", "health", "containerPort", HEALTH_PORT)),
                "startupProbe", probe("live", 2, 60),
                "livenessProbe", probe("live", 10, 3),
                "readinessProbe", probe("ready", 5, 3),
                "resources",
                        map(
                                "requests", map("cpu", "100m", "memory", size.memory() + "Mi"),
                                "limits", map("memory", size.memory() + "Mi")),
                "securityContext",
                        map(
                                "allowPrivilegeEscalation", false,
                                "readOnlyRootFilesystem", true,
                                "capabilities", map("drop", List.of("ALL"))),
                "volumeMounts", mounts);
        if (!settings.variables().isEmpty()) {
            container.put("envFrom", List.of(map("secretRef", map("name", VARIABLES))));
        }
        return container;
    }

    private List<Object> environment() {
        List<Object> environment = new ArrayList<>(List.of(
                map("name", "MANAGEMENT_HOST", "value", "0.0.0.0"),
                map("name", "MEMORY_URL", "valueFrom", fromMemory("url"))));
        if (settings.memory().user() != null) {
            environment.add(map("name", "MEMORY_USER", "valueFrom", fromMemory("user")));
        }
        if (settings.memory().password() != null) {
            environment.add(map("name", "MEMORY_PASSWORD_FILE", "value", "/run/secrets/memory/password"));
        }
        return environment;
    }

    private static Map<String, Object> fromMemory(String key) {
        return map("secretKeyRef", map("name", MEMORY, "key", key));
    }

    private static Map<String, Object> probe(String page, int seconds, int failures) {
        return map(
                "httpGet",
                map("path", "/observe/health/" + page, "port", "health"),
                "periodSeconds",
                seconds,
                "timeoutSeconds",
                5,
                "failureThreshold",
                failures);
    }

    private static List<Object> volumes(Secrets configurations, Secrets files) {
        List<Object> sources = new ArrayList<>();
        configurations.names().forEach(name -> sources.add(map("secret", map("name", name))));
        files.beside().forEach((name, items) -> sources.add(map("secret", map("name", name, "items", items))));
        List<Object> volumes = new ArrayList<>(List.of(
                map("name", "configs", "projected", map("defaultMode", OWNER_AND_GROUP_READ, "sources", sources)),
                map("name", "routes", "configMap", map("name", ROUTES)),
                map("name", "memory", "secret", map("secretName", MEMORY, "defaultMode", OWNER_AND_GROUP_READ)),
                // error files, which stay on the node that ran; all else is in the database
                map("name", "data", "emptyDir", map("sizeLimit", MAX_DATA)),
                map("name", "tmp", "emptyDir", map("sizeLimit", MAX_DATA))));
        if (!files.elsewhere().isEmpty()) {
            List<Object> parts = new ArrayList<>();
            files.names().forEach(name -> parts.add(map("secret", map("name", name))));
            volumes.add(map("name", "files", "projected", map("defaultMode", OWNER_AND_GROUP_READ, "sources", parts)));
        }
        return volumes;
    }

    /** In: health and metrics, from the same namespace; the kubelet is always let in. Out: names, the database, and the servers' ports. */
    private Map<String, Object> networkPolicy(List<Deployed> all) {
        Set<Integer> ports = new TreeSet<>(settings.memory().ports());
        all.forEach(each -> ports.addAll(each.ports()));
        List<Object> servers = new ArrayList<>();
        ports.forEach(port -> servers.add(map("protocol", "TCP", "port", port)));
        return map(
                "apiVersion",
                "networking.k8s.io/v1",
                "kind",
                "NetworkPolicy",
                "metadata",
                metadata(NAME),
                "spec",
                map(
                        "podSelector", map("matchLabels", map("app.kubernetes.io/name", NAME)),
                        "policyTypes", List.of("Ingress", "Egress"),
                        "ingress",
                                List.of(map(
                                        "from", List.of(map("podSelector", map())),
                                        "ports", List.of(map("protocol", "TCP", "port", HEALTH_PORT)))),
                        "egress",
                                List.of(
                                        map(
                                                "ports",
                                                List.of(
                                                        map("protocol", "UDP", "port", DNS_PORT),
                                                        map("protocol", "TCP", "port", DNS_PORT))),
                                        map("ports", servers))));
    }

    private Map<String, byte[]> memoryContents() {
        Map<String, byte[]> contents = new TreeMap<>();
        contents.put("url", bytes(settings.memory().url()));
        contents.put("user", bytes(String.valueOf(settings.memory().user())));
        contents.put("password", bytes(String.valueOf(settings.memory().password())));
        return contents;
    }

    private Map<String, byte[]> variableContents() {
        Map<String, byte[]> contents = new TreeMap<>();
        settings.variables().forEach((name, value) -> contents.put(name, bytes(value)));
        return contents;
    }

    private static Map<String, Object> mount(String name, String path) {
        return map("name", name, "mountPath", path, "readOnly", true);
    }

    static Map<String, Object> metadata(String name) {
        return map("name", name, "labels", labels(name));
    }

    private static Map<String, Object> labels(String name) {
        return map("app.kubernetes.io/name", NAME, "app.kubernetes.io/instance", name);
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    /** Keys and values in turn, which keep their order. */
    static Map<String, Object> map(Object... pairs) {
        Map<String, Object> map = new LinkedHashMap<>();
        for (int i = 0; i < pairs.length; i += 2) {
            map.put((String) pairs[i], pairs[i + 1]);
        }
        return map;
    }
}
