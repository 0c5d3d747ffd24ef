package fr.moncampus.ecal.door;

import io.vertx.core.Handler;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpMethod;
import io.vertx.ext.web.RoutingContext;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.HashMap;
import java.util.Map;

/** A fixed list of files from the class path, which anybody may have: styles and scripts. No path of a request is ever looked up. */
public final class Files implements Handler<RoutingContext> {
    private static final Map<String, String> TYPES = Map.of(
            "css", "text/css; charset=utf-8",
            "js", "text/javascript; charset=utf-8",
            "svg", "image/svg+xml");

    private record File(String type, Buffer content) {}

    private final Map<String, File> files = new HashMap<>();

    /** @param resources of this class's loader, by the path under which each is served */
    public Files(Map<String, String> resources) {
        resources.forEach((path, resource) -> files.put(path, read(resource)));
    }

    private static File read(String resource) {
        try (InputStream in = Files.class.getResourceAsStream(resource)) {
            return new File(
                    TYPES.get(resource.substring(resource.lastIndexOf('.') + 1)), Buffer.buffer(in.readAllBytes()));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void handle(RoutingContext context) {
        File file = files.get(context.normalizedPath());
        if (file == null || context.request().method().equals(HttpMethod.POST)) {
            context.next();
        } else {
            context.response()
                    .putHeader("Content-Type", file.type())
                    // long enough for a visit, short enough for an update
                    .putHeader("Cache-Control", "private, max-age=600")
                    .end(file.content());
        }
    }
}
