package fr.moncampus.ecal.memory;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Where the memory is: the SQLite file of a data folder, or a PostgreSQL database that several machines share.
 *
 * @param folder of the file; with PostgreSQL, of what stays on this machine
 * @param url    {@code jdbc:postgresql:…}; null for the file
 */
public record MemoryPlace(Path folder, String url, String user, String password) {
    public static final String POSTGRESQL = "jdbc:postgresql:";

    private static final Pattern PORT = Pattern.compile(":(\\d{1,5})$");
    private static final int DEFAULT_PORT = 5432;

    public static MemoryPlace in(Path folder) {
        return new MemoryPlace(folder, null, null, null);
    }

    public boolean isShared() {
        return url != null;
    }

    /** False when there is nothing to read yet; a database that cannot be reached is said when it is opened. */
    public boolean exists() {
        return isShared() || Files.exists(folder.resolve(Database.FILE));
    }

    /** Of the servers that the address names. */
    public Set<Integer> ports() {
        Set<Integer> ports = new TreeSet<>();
        String hosts = url.replaceFirst("^[^/]*//", "").replaceFirst("[/?].*$", "");
        for (String host : hosts.split(",")) {
            Matcher port = PORT.matcher(host);
            ports.add(port.find() ? Integer.parseInt(port.group(1)) : DEFAULT_PORT);
        }
        return ports;
    }

    /** For messages: parameters may hold a password. */
    String address() {
        return url.replaceFirst("\\?.*$", "").replaceFirst("//[^/@]*@", "//");
    }

    @Override
    public String toString() {
        return isShared() ? address() : folder.resolve(Database.FILE).toString();
    }
}
