package fr.moncampus.ecal.memory;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.MalformedURLException;
import java.net.URL;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.sqlite.SQLiteJDBCLoader;
import org.sqlite.util.OSInfo;

/** Where the driver is told to look for SQLite's native code; in this process it has its own long since. */
class NativeLibraryTest {
    private static final List<String> PROPERTIES =
            List.of("org.sqlite.lib.path", "org.sqlite.lib.name", "org.sqlite.tmpdir");
    private final Map<String, String> before = new HashMap<>();

    @TempDir
    private Path folder;

    @BeforeEach
    void nothingIsSaid() throws Exception {
        SQLiteJDBCLoader.initialize();
        PROPERTIES.forEach(name -> before.put(name, System.getProperty(name)));
        PROPERTIES.forEach(System::clearProperty);
    }

    @AfterEach
    void asItWas() {
        before.forEach((name, value) -> {
            if (value == null) {
                System.clearProperty(name);
            } else {
                System.setProperty(name, value);
            }
        });
    }

    @Test
    void theOneBesideTheProgramIsTakenAndNothingIsUnpacked() throws IOException {
        Path library = ship();

        NativeLibrary.prepare(jar());

        assertThat(PROPERTIES)
                .extracting(System::getProperty)
                .containsExactly(
                        library.getParent().toString(),
                        library.getFileName().toString(),
                        library.getParent().toString());
    }

    @Test
    void whoNamesAnotherHasThatOne() throws IOException {
        ship();
        System.setProperty("org.sqlite.lib.path", "/opt/sqlite");

        NativeLibrary.prepare(jar());

        assertThat(PROPERTIES).extracting(System::getProperty).containsExactly("/opt/sqlite", null, null);
    }

    @Test
    void whereNoneIsShippedTheDriverHasItsOwnWay() throws IOException {
        NativeLibrary.prepare(jar());
        NativeLibrary.prepare(null);

        assertThat(PROPERTIES).extracting(System::getProperty).containsOnlyNulls();
    }

    @ParameterizedTest
    @ValueSource(strings = {"http://127.0.0.1/program.jar", "file:/a b/program.jar", "jar:file:/a.jar!/b.jar"})
    void aProgramThatIsNoFileHasNoneBesideIt(String program) throws MalformedURLException {
        NativeLibrary.prepare(new URL(program));

        assertThat(PROPERTIES).extracting(System::getProperty).containsOnlyNulls();
    }

    private URL jar() throws MalformedURLException {
        return folder.resolve("moncampus-ecal.jar").toUri().toURL();
    }

    private Path ship() throws IOException {
        Path its = folder.resolve("lib/org/sqlite/native").resolve(OSInfo.getNativeLibFolderPathForCurrentOS());
        return Files.writeString(
                Files.createDirectories(its).resolve(System.mapLibraryName("sqlitejdbc")), "native code");
    }
}
