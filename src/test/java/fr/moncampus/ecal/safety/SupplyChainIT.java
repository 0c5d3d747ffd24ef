package fr.moncampus.ecal.safety;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The bill of materials in the package names what the package holds. */
class SupplyChainIT {
    private static final Path PACKAGE = Path.of("target", "moncampus-ecal");

    @Test
    void everyLibraryThatIsShippedIsInTheBillWithItsHash() throws IOException {
        JsonNode bill = new ObjectMapper().readTree(PACKAGE.resolve("sbom.json").toFile());
        assertThat(bill.path("bomFormat").asText()).isEqualTo("CycloneDX");
        Set<String> named = new HashSet<>();
        for (JsonNode component : bill.path("components")) {
            assertThat(component.path("hashes").isEmpty())
                    .as(component.path("purl").asText())
                    .isFalse();
            named.add(component.path("name").asText() + "-"
                    + component.path("version").asText() + ".jar");
        }
        try (Stream<Path> libraries = Files.list(PACKAGE.resolve("lib"))) {
            // the one folder beside them is SQLite's native code, out of its jar
            assertThat(libraries
                            .filter(Files::isRegularFile)
                            .map(library -> library.getFileName().toString()))
                    .isNotEmpty()
                    .allMatch(named::contains);
        }
    }
}
