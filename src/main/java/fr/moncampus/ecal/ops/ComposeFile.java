package fr.moncampus.ecal.ops;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;

/** The text of docker-compose.yml. The same configurations and options give the same bytes. */
final class ComposeFile {
    /** What a container holds. */
    enum Layout {
        /** One configuration. */
        EACH,
        /** All of them, in one container. */
        SINGLE,
        /** All of them, in each of two containers, which share the work by a database. */
        CLUSTER
    }

    /** In data/, shared by all containers: a password that one of them was refused is not tried by another. No configuration has such a name. */
    static final String LOGINS = ".logins";

    /** Of the first container, on this machine; the next one's is the next. 0: none. @param feed only of containers with a feed */
    record Ports(int page, int feed) {}

    private static final int FIRST_HEALTH_PORT = 18_080;
    private static final int FIRST_JMX_PORT = 19_010;
    /** Inside of each container. */
    private static final int PAGE_PORT = 8046;

    private static final int FEED_PORT = 8146;

    private static final int MEMORY = 384;
    /** Several configurations in one process share what a JVM needs, and each adds its routes. */
    private static final int MEMORY_OF_ANOTHER = 32;

    private static final int NODES = 2;
    private static final String DATABASE = "database";
    /** In data/, made by manage.sh; the files of a container's secrets are the host's. */
    static final String DATABASE_PASSWORD = "database-password";

    private final Layout layout;
    private final boolean watch;
    private final Ports ports;
    private final String user;
    private final StringBuilder text = new StringBuilder();

    private ComposeFile(Layout layout, boolean watch, Ports ports, String user) {
        this.layout = layout;
        this.watch = watch;
        this.ports = ports;
        this.user = user;
    }

    /**
     * @param watch  health, metrics and JMX on ports of this machine
     * @param user   who runs in the containers, {@code uid:gid}
     */
    static String of(Collection<Configured> configurations, Layout layout, boolean watch, Ports ports, String user) {
        Map<String, Configured> sorted = new TreeMap<>();
        configurations.forEach(configured -> sorted.put(configured.name(), configured));
        return new ComposeFile(layout, watch, ports, user).write(List.copyOf(sorted.values()));
    }

    private String write(List<Configured> all) {
        line("# Généré par ./manage.sh generate-compose : ne le modifiez pas, « ./manage.sh start » le récrit.");
        line("# options :" + option() + (watch ? " --watch" : "")
                + (ports.page() == PAGE_PORT ? "" : " --page-port=" + ports.page())
                + (ports.feed() == FEED_PORT ? "" : " --feed-port=" + ports.feed()));
        line("name: moncampus-ecal");
        line("services:");
        if (layout == Layout.SINGLE) {
            service(0, "", "./data", all);
            return text.toString();
        }
        if (layout == Layout.CLUSTER) {
            cluster(all);
            return text.toString();
        }
        for (int number = 0; number < all.size(); number++) {
            String name = all.get(number).name();
            service(number, "-" + name, "./data/" + name, List.of(all.get(number)));
        }
        if (watch) {
            // each in its own network: JMX asks for no password
            line("networks:");
            all.forEach(configured -> line("  " + quoted(configured.name()) + ": {}"));
        }
        return text.toString();
    }

    private String option() {
        return layout == Layout.EACH ? "" : " --" + layout.name().toLowerCase(Locale.ROOT);
    }

    private void cluster(List<Configured> all) {
        for (int number = 0; number < NODES; number++) {
            String node = "node-" + (number + 1);
            service(number, "-" + node, "./data/" + node, all);
        }
        // nothing of it is published: who is in the network still needs the password
        line("  " + DATABASE + ":");
        line("    image: \"${MONCAMPUS_POSTGRES_IMAGE:-postgres:17}\"");
        shared();
        line("    # PostgreSQL ends its transactions on SIGINT, without waiting for connections to end");
        line("    stop_signal: SIGINT");
        line("    mem_limit: 512m");
        line("    shm_size: 128m");
        line("    environment:");
        line("      POSTGRES_USER: ecal");
        line("      POSTGRES_DB: moncampus");
        line("      POSTGRES_PASSWORD_FILE: /run/secrets/" + DATABASE_PASSWORD);
        line("    secrets: [" + DATABASE_PASSWORD + "]");
        line("    healthcheck:");
        line("      # by TCP: while the database is made, it listens on a socket only");
        line("      test: [CMD, pg_isready, -q, -h, 127.0.0.1, -U, ecal, -d, moncampus]");
        line("      interval: 5s");
        line("      timeout: 5s");
        line("      retries: 12");
        line("    volumes:");
        line(volume("./data/" + DATABASE, "/var/lib/postgresql/data", false));
        line("secrets:");
        line("  " + DATABASE_PASSWORD + ":");
        line("    file: ./data/" + DATABASE_PASSWORD);
    }

    /** What every container is allowed, and no more. */
    private void shared() {
        line("    user: " + quoted(user));
        line("    init: true");
        line("    restart: unless-stopped");
        line("    cap_drop: [ALL]");
        line("    security_opt: [\"no-new-privileges:true\"]");
        line("    logging:");
        line("      driver: json-file");
        line("      options: {max-size: 5m, max-file: \"3\"}");
    }

    /** Megabytes. */
    private int memory(int configurations) {
        return layout == Layout.CLUSTER
                ? NodeSize.of(configurations).memory()
                : MEMORY + MEMORY_OF_ANOTHER * (configurations - 1);
    }

    private void service(int number, String suffix, String data, List<Configured> configurations) {
        line("  app" + suffix + ":");
        line("    container_name: moncampus-ecal" + suffix);
        line("    image: \"${MONCAMPUS_IMAGE:-moncampus-ecal:latest}\"");
        line("    build: .");
        shared();
        line("    # a little more than the program takes to finish the change in flight");
        line("    stop_grace_period: 40s");
        line("    mem_limit: " + memory(configurations.size()) + "m");
        boolean feed = ports.feed() != 0 && configurations.stream().anyMatch(Configured::servesFeed);
        ports(number, feed);
        List<String> options = new ArrayList<>();
        if (layout == Layout.CLUSTER) {
            options.add("-Xmx" + NodeSize.of(configurations.size()).heap() + "m");
        }
        if (watch) {
            options.addAll(watched(FIRST_JMX_PORT + number));
        }
        entrypoint(options);
        String name = configurations.get(0).name();
        if (watch && layout == Layout.EACH) {
            line("    networks: [" + quoted(name) + "]");
        }
        environment(name, configurations, feed ? feedPublished(number) : null);
        if (layout == Layout.CLUSTER) {
            line("    secrets: [" + DATABASE_PASSWORD + "]");
            line("    depends_on:");
            line("      " + DATABASE + ": {condition: service_healthy}");
        }
        volumes(data, configurations);
    }

    /** JMX hands out its own address, so its port is the same inside and outside. */
    private void ports(int number, boolean feed) {
        List<String> published = new ArrayList<>();
        if (watch) {
            int jmx = FIRST_JMX_PORT + number;
            published.add("\"127.0.0.1:%d:8080\"".formatted(FIRST_HEALTH_PORT + number));
            published.add("\"127.0.0.1:%d:%d\"".formatted(jmx, jmx));
        }
        if (ports.page() != 0) {
            // manage.sh asks for any free port when this one is taken
            published.add("\"${PAGE_PUBLISHED_HOST:-127.0.0.1}:${MONCAMPUS_PAGE_PORT-%d}:%d\""
                    .formatted(ports.page() + number, PAGE_PORT));
        }
        if (feed) {
            // phones know the port: no other one will do
            published.add("\"" + feedPublished(number) + ":" + FEED_PORT + "\"");
        }
        if (!published.isEmpty()) {
            line("    ports: [" + String.join(", ", published) + "]");
        }
    }

    private String feedPublished(int number) {
        return "${FEED_PUBLISHED_HOST:-127.0.0.1}:" + (ports.feed() + number);
    }

    private static List<String> watched(int jmx) {
        return List.of(
                "-Dcom.sun.management.jmxremote.port=" + jmx,
                "-Dcom.sun.management.jmxremote.rmi.port=" + jmx,
                "-Dcom.sun.management.jmxremote.local.only=false",
                "-Dcom.sun.management.jmxremote.authenticate=false",
                "-Dcom.sun.management.jmxremote.ssl=false",
                "-Djava.rmi.server.hostname=127.0.0.1",
                "-Dcamel.main.jmx-enabled=true",
                "-Dcamel.main.jmx-management-m-beans-level=Default");
    }

    /** The image's own, with more options; it is left as it is when there are none. */
    private void entrypoint(List<String> options) {
        if (options.isEmpty()) {
            return;
        }
        line("    entrypoint:");
        Stream.of(
                        Stream.of("java", "\"@/app/docker/java.options\""),
                        options.stream(),
                        Stream.of("-jar", "/app/moncampus-ecal.jar"))
                .flatMap(each -> each)
                .forEach(argument -> line("      - " + argument));
        line("    # compose forgets the image's command when the entrypoint is another");
        line("    command: [run]");
    }

    /** Variables that values come from are passed on by name, with the values that they have at the start. @param feed where one is published; null: there is none */
    private void environment(String name, List<Configured> configurations, String feed) {
        line("    environment:");
        if (layout != Layout.EACH) {
            line("      CONFIGS_DIR: /app/configs");
        } else {
            line("      CONFIG_FILE: " + quoted("/app/configs/" + name + ".yml"));
            line("      INSTANCE_NAME: " + quoted(name));
            line("      LOGINS_DIR: /app/logins");
        }
        if (layout == Layout.CLUSTER) {
            line("      MEMORY_URL: jdbc:postgresql://" + DATABASE + ":5432/moncampus");
            line("      MEMORY_USER: ecal");
            line("      MEMORY_PASSWORD_FILE: /run/secrets/" + DATABASE_PASSWORD);
        }
        if (watch) {
            line("      MANAGEMENT_HOST: 0.0.0.0");
        }
        if (ports.page() != 0) {
            line("      PAGE_PORT: \"" + PAGE_PORT + "\"");
            line("      PAGE_HOST: 0.0.0.0");
            line(
                    "      # where the engine publishes it: on 127.0.0.1 no password is needed, elsewhere it is (docs/page.md)");
            line("      PAGE_PUBLISHED_HOST: \"${PAGE_PUBLISHED_HOST:-127.0.0.1}\"");
            line("      PAGE_NAMES: \"${PAGE_NAMES:-}\"");
        }
        if (feed != null) {
            line("      FEED_PORT: \"" + FEED_PORT + "\"");
            line("      FEED_HOST: 0.0.0.0");
            line("      # where the engine publishes it, for the address that feed-address prints");
            line("      FEED_PUBLISHED: \"" + feed + "\"");
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
        if (layout == Layout.EACH) {
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
