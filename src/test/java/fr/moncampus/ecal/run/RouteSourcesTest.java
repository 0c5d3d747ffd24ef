package fr.moncampus.ecal.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.main.Main;
import org.apache.camel.model.RouteDefinition;
import org.apache.camel.support.ResourceHelper;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RouteSourcesTest {
    @Test
    void aFolderThatIsMissingStartsNothing(@TempDir Path folder) {
        assertThatThrownBy(() -> new RouteSources(folder.resolve("missing")).afterConfigure(null))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("missing");
    }

    @Test
    void itsRoutesAreReadAndNoOtherFile(@TempDir Path folder) throws Exception {
        Path odd = Files.createDirectory(folder.resolve("été + 100 %20?"));
        Files.writeString(
                odd.resolve("one.camel.yaml"), "- route: { id: été, from: { uri: 'direct:a', steps: [{ log: x }] } }");
        Files.writeString(odd.resolve("one.camel.yaml~"), "neither");
        Files.writeString(odd.resolve("values.yaml"), "nor");
        ReadMain main = new ReadMain();

        new RouteSources(odd).afterConfigure(main);

        assertThat(main.context.getRouteDefinitions())
                .extracting(RouteDefinition::getRouteId)
                .containsExactly("été");
    }

    @Test
    void theirTextIsUtf8(@TempDir Path folder) throws Exception {
        assertThat(RouteSources.utf8().loadResource(ResourceHelper.fromString("x", "été")))
                .isEqualTo("été");
    }

    /** Only holds a context. */
    private static final class ReadMain extends Main {
        private final DefaultCamelContext context = new DefaultCamelContext();

        ReadMain() {
            camelContext = context;
        }
    }
}
