package fr.moncampus.ecal.run;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RouteSourcesTest {
    @Test
    void aFolderThatIsMissingStartsNothing(@TempDir Path folder) {
        assertThatThrownBy(() -> new RouteSources(folder.resolve("missing")).afterConfigure(null))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("missing");
    }
}
