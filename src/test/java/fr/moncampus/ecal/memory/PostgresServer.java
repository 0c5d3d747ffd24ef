package fr.moncampus.ecal.memory;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.UserPrincipal;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;

/** A PostgreSQL of the tests' own, on loopback, as long as this process lives; every test has a database to itself. */
public final class PostgresServer implements AutoCloseable {
    public static final String USER = "ecal";
    public static final String PASSWORD = "geheim";
    /** Debian's; PostgreSQL will not run as root. */
    private static final String SERVERS_USER = "postgres";

    private static final int ATTEMPTS = 5;
    private static final AtomicInteger DATABASES = new AtomicInteger();
    private static PostgresServer shared;

    private final Path programs;
    private final Path folder;
    private int port;

    private PostgresServer(Path programs) throws IOException {
        this.programs = programs;
        this.folder = Files.createTempDirectory("ecal-postgresql");
    }

    /** The test that asks is skipped, and says why, where there is none. */
    public static synchronized PostgresServer shared() {
        if (shared == null) {
            shared = own();
            Runtime.getRuntime().addShutdownHook(new Thread(shared::close));
        }
        return shared;
    }

    /** One that may be stopped. The test that asks is skipped, and says why, where there is none. */
    public static PostgresServer own() {
        Optional<Path> programs = programs();
        Assumptions.assumeTrue(programs.isPresent(), "PostgreSQL is not installed (Debian's package: postgresql)");
        try {
            PostgresServer server = new PostgresServer(programs.get());
            server.create();
            server.start();
            return server;
        } catch (IOException | InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    private static Optional<Path> programs() {
        try (Stream<Path> versions = Files.isDirectory(Path.of("/usr/lib/postgresql"))
                ? Files.list(Path.of("/usr/lib/postgresql"))
                : Stream.empty()) {
            return versions.map(each -> each.resolve("bin"))
                    .filter(each -> Files.isExecutable(each.resolve("initdb")))
                    .max(Comparator.naturalOrder());
        } catch (IOException e) {
            return Optional.empty();
        }
    }

    private void create() throws IOException, InterruptedException {
        if (isRoot()) {
            UserPrincipal user =
                    folder.getFileSystem().getUserPrincipalLookupService().lookupPrincipalByName(SERVERS_USER);
            Files.setOwner(folder, user);
        }
        Path password = Files.writeString(folder.resolve("password"), PASSWORD);
        run(
                "initdb",
                "-D",
                data(),
                "-U",
                USER,
                "-A",
                "scram-sha-256",
                "--pwfile",
                password.toString(),
                "-E",
                "UTF8",
                "--locale=C.UTF-8");
    }

    /** On the port it had before, if it had one. */
    public void start() throws IOException, InterruptedException {
        for (int attempt = 1; ; attempt++) {
            int wanted = port == 0 ? freePort() : port;
            try {
                run(
                        "pg_ctl",
                        "start",
                        "-w",
                        "-D",
                        data(),
                        "-l",
                        folder.resolve("log").toString(),
                        "-o",
                        "-c listen_addresses=127.0.0.1 -c port=" + wanted + " -c unix_socket_directories= -c fsync=off"
                                + " -c max_connections=200");
                port = wanted;
                return;
            } catch (IllegalStateException e) {
                if (attempt == ATTEMPTS || port != 0) {
                    throw e;
                }
            }
        }
    }

    /** At once, as after a power cut. */
    public void kill() throws IOException, InterruptedException {
        run("pg_ctl", "stop", "-w", "-m", "immediate", "-D", data());
    }

    public int port() {
        return port;
    }

    /** A memory of its own, empty. @param folder for what stays on this machine */
    public MemoryPlace newPlace(Path folder) {
        String name = "test" + DATABASES.incrementAndGet();
        execute("postgres", "CREATE DATABASE " + name);
        return place(folder, name, port);
    }

    /** The same database, by another port. */
    public static MemoryPlace by(MemoryPlace place, int port) {
        return place(place.folder(), place.url().replaceFirst(".*/", ""), port);
    }

    private static MemoryPlace place(Path folder, String name, int port) {
        return new MemoryPlace(folder, "jdbc:postgresql://127.0.0.1:" + port + "/" + name, USER, PASSWORD);
    }

    public static Connection connect(MemoryPlace place) throws SQLException {
        return DriverManager.getConnection(place.url(), place.user(), place.password());
    }

    private void execute(String database, String sql) {
        try (Connection connection = connect(place(folder, database, port));
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    private String data() {
        return folder.resolve("data").toString();
    }

    private void run(String program, String... arguments) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>();
        if (isRoot()) {
            command.addAll(List.of("setpriv", "--reuid", SERVERS_USER, "--regid", SERVERS_USER, "--clear-groups"));
        }
        command.add(programs.resolve(program).toString());
        command.addAll(List.of(arguments));
        Path said = Files.createTempFile("ecal-postgresql", ".txt");
        Process process = new ProcessBuilder(command)
                .directory(Path.of("/").toFile())
                .redirectErrorStream(true)
                .redirectOutput(said.toFile())
                .start();
        boolean ended = process.waitFor(60, TimeUnit.SECONDS);
        String words = Files.readString(said);
        Files.delete(said);
        if (!ended || process.exitValue() != 0) {
            throw new IllegalStateException(String.join(" ", command) + ": " + words);
        }
    }

    private static boolean isRoot() {
        return "root".equals(System.getProperty("user.name"));
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }

    @Override
    public void close() {
        try {
            run("pg_ctl", "stop", "-m", "immediate", "-D", data());
        } catch (IOException | InterruptedException | IllegalStateException e) {
            // it is stopped already
        }
        try (Stream<Path> files = Files.walk(folder)) {
            assertThat(files.sorted(Comparator.reverseOrder())).allSatisfy(Files::delete);
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }
}
