package fr.moncampus.ecal.ops;

import fr.moncampus.ecal.config.ContainerNeeds;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/** The text of docker-compose.yml. The same configurations and options give the same bytes. */
final class ComposeFile {
    /**
     * @param file  from the project's folder
     * @param needs what its container has to be given
     */
    record Configured(String name, Path file, ContainerNeeds needs) {}

    /** In data/, shared by all containers: a password that one of them was refused is not tried by another. No configuration has such a name. */
    static final String LOGINS = ".logins";

    private static final int FIRST_HEALTH_PORT = 18_080;
    private static final int FIRST_JMX_PORT = 19_010;
    /** Inside of each container. */
    private static final int PAGE_PORT = 8046;

    private static final int MEMORY = 384;
    /** Several configurations in one process share what a JVM needs, and each adds its routes. */
    private static final int MEMORY_OF_ANOTHER = 32;

    private final boolean single;
    private final boolean watch;
    private final int page;
    private final String user;
    private final StringBuilder text = new StringBuilder();

    private ComposeFile(boolean single, boolean watch, int page, String user) {
        this.single = single;
        this.watch = watch;
        this.page = page;
        this.user = user;
    }

    /**
     * @param single all in one container
     * @param watch  health, metrics and JMX on ports of this machine
     * @param page   the first container's page is on this port of this machine, the next one's on the next; 0: no pages
     * @param user   who runs in the containers, {@code uid:gid}
     */
    static String of(Collection<Configured> configurations, boolean single, boolean watch, int page, String user) {
        Map<String, Configured> sorted = new TreeMap<>();
        configurations.forEach(configured -> sorted.put(configured.name(), configured));
        return new ComposeFile(single, watch, page, user).write(List.copyOf(sorted.values()));
    }

    private String write(List<Configured> all) {
        line("# Généré par ./manage.sh generate-compose : ne le modifiez pas, « ./manage.sh start » le récrit.");
        line("# options :" + (single ? " --single" : "") + (watch ? " --watch" : "")
                + (page == PAGE_PORT ? "" : " --page-port=" + page));
        line("name: moncampus-ecal");
        line("services:");
        if (single) {
            service(0, "", all);
            return text.toString();
        }
        for (int number = 0; number < all.size(); number++) {
            service(number, "-" + all.get(number).name(), List.of(all.get(number)));
        }
        if (watch) {
            // each in its own network: JMX asks for no password
            line("networks:");
            all.forEach(configured -> line("  " + quoted(configured.name()) + ": {}"));
        }
        return text.toString();
    }

    private void service(int number, String suffix, List<Configured> configurations) {
        line("  app" + suffix + ":");
        line("    container_name: moncampus-ecal" + suffix);
        line("    image: \"${MONCAMPUS_IMAGE:-moncampus-ecal:latest}\"");
        line("    build: .");
        line("    user: " + quoted(user));
        line("    init: true");
        line("    restart: unless-stopped");
        line("    # a little more than the program takes to finish the change in flight");
        line("    stop_grace_period: 40s");
        line("    mem_limit: " + (MEMORY + MEMORY_OF_ANOTHER * (configurations.size() - 1)) + "m");
        line("    cap_drop: [ALL]");
        line("    security_opt: [\"no-new-privileges:true\"]");
        line("    logging:");
        line("      driver: json-file");
        line("      options: {max-size: 5m, max-file: \"3\"}");
        ports(number);
        if (watch) {
            watched(FIRST_JMX_PORT + number);
        }
        String name = configurations.get(0).name();
        if (watch && !single) {
            line("    networks: [" + quoted(name) + "]");
        }
        environment(name, configurations);
        volumes(single ? "./data" : "./data/" + name, configurations);
    }

    /** JMX hands out its own address, so its port is the same inside and outside. */
    private void ports(int number) {
        List<String> ports = new ArrayList<>();
        if (watch) {
            int jmx = FIRST_JMX_PORT + number;
            ports.add("\"127.0.0.1:%d:8080\"".formatted(FIRST_HEALTH_PORT + number));
            ports.add("\"127.0.0.1:%d:%d\"".formatted(jmx, jmx));
        }
        if (page != 0) {
            // manage.sh asks for any free port when this one is taken
            ports.add("\"${PAGE_PUBLISHED_HOST:-127.0.0.1}:${MONCAMPUS_PAGE_PORT-%d}:%d\""
                    .formatted(page + number, PAGE_PORT));
        }
        if (!ports.isEmpty()) {
            line("    ports: [" + String.join(", ", ports) + "]");
        }
    }

    private void watched(int jmx) {
        line("    entrypoint:");
        List.of(
                        "java",
                        "\"@/app/docker/java.options\"",
                        "-Dcom.sun.management.jmxremote.port=" + jmx,
                        "-Dcom.sun.management.jmxremote.rmi.port=" + jmx,
                        "-Dcom.sun.management.jmxremote.local.only=false",
                        "-Dcom.sun.management.jmxremote.authenticate=false",
                        "-Dcom.sun.management.jmxremote.ssl=false",
                        "-Djava.rmi.server.hostname=127.0.0.1",
                        "-Dcamel.main.jmx-enabled=true",
                        "-Dcamel.main.jmx-management-m-beans-level=Default",
                        "-jar",
                        "/app/moncampus-ecal.jar")
                .forEach(argument -> line("      - " + argument));
        line("    # compose forgets the image's command when the entrypoint is another");
        line("    command: [run]");
    }

    /** Variables that values come from are passed on by name, with the values that they have at the start. */
    private void environment(String name, List<Configured> configurations) {
        line("    environment:");
        if (single) {
            line("      CONFIGS_DIR: /app/configs");
        } else {
            line("      CONFIG_FILE: " + quoted("/app/configs/" + name + ".yml"));
            line("      INSTANCE_NAME: " + quoted(name));
            line("      LOGINS_DIR: /app/logins");
        }
        if (watch) {
            line("      MANAGEMENT_HOST: 0.0.0.0");
        }
        if (page != 0) {
            line("      PAGE_PORT: \"" + PAGE_PORT + "\"");
            line("      PAGE_HOST: 0.0.0.0");
            line(
                    "      # where the engine publishes it: on 127.0.0.1 no password is needed, elsewhere it is (docs/page.md)");
            line("      PAGE_PUBLISHED_HOST: \"${PAGE_PUBLISHED_HOST:-127.0.0.1}\"");
            line("      PAGE_NAMES: \"${PAGE_NAMES:-}\"");
        }
        Set<String> variables = new TreeSet<>();
        configurations.forEach(configured -> variables.addAll(configured.needs().variables()));
        variables.forEach(variable -> line("      " + variable + ":"));
    }

    /** Two configurations may share a secret: the same line stands once. */
    private void volumes(String data, List<Configured> configurations) {
        Set<String> volumes = new LinkedHashSet<>();
        volumes.add(volume("\"${MONCAMPUS_ROUTES:-./routes}\"", "/app/routes", true));
        volumes.add(volume(quoted(data), "/app/data", false));
        if (!single) {
            volumes.add(volume(quoted("./data/" + LOGINS), "/app/logins", false));
        }
        for (Configured configured : configurations) {
            String target = "/app/configs/" + configured.name() + ".yml";
            volumes.add(volume(quoted("./" + configured.file()), target, true));
            for (String secret : configured.needs().secrets()) {
                Path source = configured.file().resolveSibling(secret);
                volumes.add(volume(
                        quoted(source.isAbsolute() ? secret : "./" + source),
                        Path.of(target).resolveSibling(secret).normalize().toString(),
                        true));
            }
        }
        line("    volumes:");
        volumes.forEach(this::line);
    }

    /** A source that is not there is an error, never a new folder of root's. */
    private static String volume(String source, String target, boolean readOnly) {
        return "      - {type: bind, source: %s, target: %s, read_only: %s, bind: {create_host_path: false}}"
                .formatted(source, quoted(target), readOnly);
    }

    /** Text quoted so that YAML, and compose after it, read it unchanged. */
    private static String quoted(String value) {
        return '"' + value.replace("\\", "\\\\").replace("\"", "\\\"").replace("$", "$$") + '"';
    }

    private void line(String line) {
        text.append(line).append('\n');
    }
}
