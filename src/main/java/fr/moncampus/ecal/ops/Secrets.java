package fr.moncampus.ecal.ops;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Contents of files as Kubernetes keeps them, in as many Secrets as they need: one holds a mebibyte, and {@code kubectl apply} keeps a copy of
 * it, in Base64, in an annotation that holds a quarter of that.
 */
final class Secrets {
    /** Of names and values, before Base64. */
    static final int MAX_BYTES = 128 * 1024;

    private static final int MAX_CONFIG_MAP_BYTES = 1024 * 1024;

    private final Map<String, Map<String, byte[]>> parts = new LinkedHashMap<>();
    /** Of files whose names no key could have, by key. */
    private final Map<String, String> paths = new TreeMap<>();

    private Secrets() {}

    /** Each under the name that it has. */
    static Secrets split(String name, Map<String, byte[]> contents) {
        Secrets secrets = new Secrets();
        Map<String, byte[]> part = null;
        int bytes = 0;
        for (Map.Entry<String, byte[]> each : contents.entrySet()) {
            int size = each.getKey().length() + each.getValue().length;
            if (part == null || bytes + size > MAX_BYTES) {
                part = new TreeMap<>();
                bytes = 0;
                secrets.parts.put(name + "-" + (secrets.parts.size() + 1), part);
            }
            part.put(each.getKey(), each.getValue());
            bytes += size;
        }
        return secrets;
    }

    /** @param contents by absolute path in the container */
    static Secrets ofPaths(String name, Map<String, byte[]> contents) {
        Map<String, byte[]> byKey = new TreeMap<>();
        Map<String, String> paths = new TreeMap<>();
        contents.forEach((path, value) -> {
            String key = "file-" + sum(path.getBytes(StandardCharsets.UTF_8)).substring(0, 16);
            byKey.put(key, value);
            paths.put(key, path);
        });
        Secrets secrets = split(name, byKey);
        secrets.paths.putAll(paths);
        return secrets;
    }

    List<String> names() {
        return List.copyOf(parts.keySet());
    }

    List<Map<String, Object>> objects() {
        List<Map<String, Object>> objects = new ArrayList<>();
        parts.forEach((name, contents) -> objects.add(secret(name, contents)));
        return objects;
    }

    /** What belongs into the folder of the configurations, by the name of the Secret. */
    Map<String, List<Object>> beside() {
        Map<String, List<Object>> beside = new LinkedHashMap<>();
        parts.forEach((name, contents) -> contents.keySet().forEach(key -> {
            String path = paths.get(key);
            if (path.startsWith(Manifests.CONFIGS)) {
                beside.computeIfAbsent(name, none -> new ArrayList<>())
                        .add(Manifests.map("key", key, "path", path.substring(Manifests.CONFIGS.length())));
            }
        }));
        return beside;
    }

    /** The paths of all others, by key. */
    Map<String, String> elsewhere() {
        Map<String, String> elsewhere = new TreeMap<>(paths);
        elsewhere.values().removeIf(path -> path.startsWith(Manifests.CONFIGS));
        return elsewhere;
    }

    Map<String, byte[]> contents() {
        Map<String, byte[]> contents = new TreeMap<>();
        parts.values().forEach(contents::putAll);
        return contents;
    }

    static Map<String, Object> secret(String name, Map<String, byte[]> contents) {
        Map<String, Object> data = new TreeMap<>();
        contents.forEach((key, value) -> data.put(key, Base64.getEncoder().encodeToString(value)));
        return Manifests.map(
                "apiVersion", "v1",
                "kind", "Secret",
                "metadata", Manifests.metadata(name),
                "type", "Opaque",
                "data", data);
    }

    static Map<String, Object> configMap(String name, Map<String, byte[]> contents) {
        if (contents.values().stream().mapToInt(each -> each.length).sum() > MAX_CONFIG_MAP_BYTES) {
            throw new WrongSettingException("les routes dépassent 1 Mo, ce que Kubernetes garde en un objet.");
        }
        Map<String, Object> data = new TreeMap<>();
        contents.forEach((key, value) -> data.put(key, new String(value, StandardCharsets.UTF_8)));
        return Manifests.map(
                "apiVersion", "v1", "kind", "ConfigMap", "metadata", Manifests.metadata(name), "data", data);
    }

    /** Of names and contents. */
    @SafeVarargs
    static String checksum(Map<String, byte[]>... all) {
        StringBuilder sums = new StringBuilder();
        for (Map<String, byte[]> each : all) {
            each.forEach((name, value) ->
                    sums.append(name).append(' ').append(sum(value)).append('\n'));
            sums.append('\n');
        }
        return sum(sums.toString().getBytes(StandardCharsets.UTF_8)).substring(0, 32);
    }

    private static String sum(byte[] bytes) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
