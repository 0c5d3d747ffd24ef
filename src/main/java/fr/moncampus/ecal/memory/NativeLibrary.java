package fr.moncampus.ecal.memory;

import java.net.URISyntaxException;
import java.net.URL;
import java.nio.file.FileSystemNotFoundException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.CodeSource;
import java.util.stream.Stream;
import org.sqlite.SQLiteJDBCLoader;
import org.sqlite.util.OSInfo;

/**
 * SQLite's native code, beside the program: the driver would unpack it into the temporary folder at every start, where it may not be
 * executed, or where two starts at once get in each other's way. Where there is none for this platform, the driver does it its own way.
 */
final class NativeLibrary {
    private NativeLibrary() {}

    static void prepare() {
        CodeSource source = NativeLibrary.class.getProtectionDomain().getCodeSource();
        prepare(source == null ? null : source.getLocation());
    }

    /** @param program its jar; null when it has none */
    static synchronized void prepare(URL program) {
        Path file = System.getProperty("org.sqlite.lib.path") == null && program != null ? beside(program) : null;
        if (file == null) {
            return;
        }
        String folder = file.getParent().toString();
        System.setProperty("org.sqlite.lib.path", folder);
        System.setProperty("org.sqlite.lib.name", file.getFileName().toString());
        // the driver looks for copies it unpacked earlier, and prints a stack trace when it may not read that folder
        System.setProperty("org.sqlite.tmpdir", folder);
        try {
            // by the driver, and only if it has none yet: two copies in one process crash it
            SQLiteJDBCLoader.initialize();
        } catch (Exception | LinkageError e) {
            // then the driver unpacks its own copy
            Stream.of("path", "name").forEach(each -> System.clearProperty("org.sqlite.lib." + each));
            System.clearProperty("org.sqlite.tmpdir");
        }
    }

    private static Path beside(URL program) {
        try {
            Path file = Path.of(program.toURI())
                    .resolveSibling("lib/org/sqlite/native")
                    .resolve(OSInfo.getNativeLibFolderPathForCurrentOS())
                    .resolve(System.mapLibraryName("sqlitejdbc"))
                    .toAbsolutePath();
            return Files.isReadable(file) ? file : null;
        } catch (URISyntaxException | IllegalArgumentException | FileSystemNotFoundException e) {
            return null;
        }
    }
}
