package fr.moncampus.ecal.ops;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import fr.moncampus.ecal.memory.MemoryPlace;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MemoryEnvironmentTest {
    private static final String URL = "jdbc:postgresql://base:5432/ecal";

    @TempDir
    private Path folder;

    private final Map<String, String> environment = new HashMap<>();

    @Test
    void whoSaysNothingHasAFileInTheDataFolder() {
        assertThat(place()).isEqualTo(MemoryPlace.in(folder));
        environment.put("MEMORY_URL", " ");
        assertThat(place().isShared()).isFalse();
    }

    @Test
    void theDatabaseIsSharedAndItsPasswordMayStandInAFile() throws Exception {
        environment.putAll(Map.of("MEMORY_URL", URL, "MEMORY_USER", "ecal", "MEMORY_PASSWORD", "geheim "));
        MemoryPlace place = place();
        assertThat(place).isEqualTo(new MemoryPlace(folder, URL, "ecal", "geheim "));

        environment.remove("MEMORY_PASSWORD");
        environment.put(
                "MEMORY_PASSWORD_FILE",
                Files.writeString(folder.resolve("secret"), "geheim \n").toString());
        assertThat(place()).isEqualTo(place);
    }

    @Test
    void nothingThatIsPrintedHoldsThePassword() {
        MemoryPlace place = new MemoryPlace(folder, URL + "?user=ecal&password=geheim", "ecal", "geheim");
        assertThat(place.toString()).isEqualTo(URL);
    }

    @Test
    void whatCannotBeMeantSoIsSaid() {
        environment.put("MEMORY_URL", "postgres://base/ecal");
        assertThatThrownBy(this::place).hasMessageContaining("jdbc:postgresql:");

        environment.putAll(Map.of("MEMORY_URL", URL, "MEMORY_PASSWORD", "a", "MEMORY_PASSWORD_FILE", "b"));
        assertThatThrownBy(this::place).hasMessageContaining("deux fois");

        environment.remove("MEMORY_PASSWORD");
        assertThatThrownBy(this::place).hasMessageContaining("MEMORY_PASSWORD_FILE");
    }

    private MemoryPlace place() {
        return MemoryEnvironment.place(folder, environment::get);
    }
}
