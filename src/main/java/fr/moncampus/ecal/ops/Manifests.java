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

    static final String NAME = "moncampus-ecal";
    static final String MEMORY = NAME + "-memory";
    static final String VARIABLES = NAME + "-variables";
    static final String ROUTES = NAME + "-routes";
    static final int HEALTH_PORT = 8080;
    private static final int DNS_PORT = 53;
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
                                        new PodManifest(settings).spec(name, members, configurations, files))));
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

    static Map<String, Object> metadata(String name) {
        return map("name", name, "labels", labels(name));
    }

    static Map<String, Object> labels(String name) {
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
