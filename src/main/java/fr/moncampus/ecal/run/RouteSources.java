package fr.moncampus.ecal.run;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.apache.camel.dsl.support.SourceLoader;
import org.apache.camel.main.BaseMainSupport;
import org.apache.camel.main.MainListenerSupport;
import org.apache.camel.spi.Resource;
import org.apache.camel.support.PluginHelper;
import org.apache.camel.support.ResourceSupport;

/** The {@code *.camel.yaml} files of a folder, whatever its path is called: Camel's own patterns give a meaning to signs like + and %. */
final class RouteSources extends MainListenerSupport {
    private final Path folder;

    RouteSources(Path folder) {
        this.folder = folder;
    }

    /** Routes are UTF-8, whatever the machine's charset: Camel's own loader reads them in that. */
    static SourceLoader utf8() {
        return resource -> {
            try (InputStream stream = resource.getInputStream()) {
                return new String(stream.readAllBytes(), StandardCharsets.UTF_8);
            }
        };
    }

    @Override
    public void afterConfigure(BaseMainSupport main) {
        try (Stream<Path> files = Files.list(folder)) {
            List<Resource> resources = new ArrayList<>();
            files.filter(file -> file.getFileName().toString().endsWith(".camel.yaml"))
                    .sorted()
                    .forEach(file -> resources.add(new RouteFile(file)));
            PluginHelper.getRoutesLoader(main.getCamelContext()).loadRoutes(resources);
        } catch (Exception e) {
            throw e instanceof RuntimeException unchecked ? unchecked : new IllegalStateException(e);
        }
    }

    private static final class RouteFile extends ResourceSupport {
        private final Path file;

        RouteFile(Path file) {
            super("file", "file:" + file);
            this.file = file;
        }

        @Override
        public boolean exists() {
            return Files.isRegularFile(file);
        }

        @Override
        public InputStream getInputStream() throws IOException {
            return Files.newInputStream(file);
        }
    }
}
