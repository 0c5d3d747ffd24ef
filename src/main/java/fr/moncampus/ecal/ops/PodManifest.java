package fr.moncampus.ecal.ops;

import static fr.moncampus.ecal.ops.Manifests.map;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** How a process runs in Kubernetes: an ordinary user without rights, on a file system that it cannot write to. */
final class PodManifest {
    /** In the image. */
    private static final int USER = 10_001;
    /** 0440 */
    private static final int OWNER_AND_GROUP_READ = 0440;

    /** For error files, and what libraries unpack. */
    private static final String MAX_DATA = "256Mi";

    private final Manifests.Settings settings;

    PodManifest(Manifests.Settings settings) {
        this.settings = settings;
    }

    Map<String, Object> spec(String name, int members, Secrets configurations, Secrets files) {
        return map(
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
                                map("matchLabels", Manifests.labels(name)))),
                "containers", List.of(container(NodeSize.of(members), files)),
                "volumes", volumes(configurations, files));
    }

    private Map<String, Object> container(NodeSize size, Secrets files) {
        List<Object> mounts = new ArrayList<>(List.of(
                mount("configs", Manifests.CONFIGS.replaceFirst("/$", "")),
                mount("routes", "/app/routes"),
                mount("memory", "/run/secrets/memory"),
                map("name", "data", "mountPath", "/app/data"),
                map("name", "tmp", "mountPath", "/tmp")));
        files.elsewhere()
                .forEach((key, path) ->
                        mounts.add(map("name", "files", "mountPath", path, "subPath", key, "readOnly", true)));
        Map<String, Object> container = map(
                "name", Manifests.NAME,
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
                "ports", List.of(map("name", "health", "containerPort", Manifests.HEALTH_PORT)),
                // thousands of configurations take their time to begin
                "startupProbe", probe("live", 2, 150),
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
            container.put("envFrom", List.of(map("secretRef", map("name", Manifests.VARIABLES))));
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
        return map("secretKeyRef", map("name", Manifests.MEMORY, "key", key));
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
                map("name", "routes", "configMap", map("name", Manifests.ROUTES)),
                map(
                        "name",
                        "memory",
                        "secret",
                        map("secretName", Manifests.MEMORY, "defaultMode", OWNER_AND_GROUP_READ)),
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

    private static Map<String, Object> mount(String name, String path) {
        return map("name", name, "mountPath", path, "readOnly", true);
    }
}
