package fr.moncampus.ecal.page;

import fr.moncampus.ecal.door.Door;
import fr.moncampus.ecal.door.DoorSettings;
import fr.moncampus.ecal.door.Files;
import fr.moncampus.ecal.door.PasswordFile;
import fr.moncampus.ecal.door.Port;
import fr.moncampus.ecal.door.ServerThreads;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import java.util.function.LongSupplier;
import org.apache.camel.CamelContext;
import org.apache.camel.component.platform.http.vertx.VertxPlatformHttpRouter;
import org.apache.camel.component.platform.http.vertx.VertxPlatformHttpServer;
import org.apache.camel.component.platform.http.vertx.VertxPlatformHttpServerConfiguration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The page's port. Whatever keeps it from being opened costs the page, one line of the log, and nothing else. */
public final class PageServer {
    private static final Logger LOG = LoggerFactory.getLogger("moncampus-ecal");
    /** Of a form: the largest has a name and a checksum. */
    private static final long MAX_BODY = 64 * 1024L;

    /** By the path under which each is served; more than these is never read. */
    private static final Map<String, String> FILES =
            Map.of("/door.css", "/door/door.css", "/page.css", "/page/page.css", "/page.js", "/page/page.js");

    private final DoorSettings settings;
    private final PasswordFile password;
    private final LongSupplier nanos;
    private VertxPlatformHttpServer server;

    /**
     * @param data  where the password is
     * @param nanos a monotonic clock
     */
    public PageServer(DoorSettings settings, Path data, LongSupplier nanos) {
        this.settings = settings;
        this.password = PasswordFile.in(data);
        this.nanos = nanos;
    }

    /**
     * Once the context runs, and after any other server: Camel's routes find the page's by its kind.
     *
     * @param routes adds them, as soon as there is a server for them
     */
    public void begin(CamelContext context, Runnable routes) throws Exception {
        if (settings.port() == null || !mayOpen()) {
            return;
        }
        ServerThreads.prepare(context);
        VertxPlatformHttpServerConfiguration configuration = new VertxPlatformHttpServerConfiguration();
        configuration.setBindHost(settings.host());
        configuration.setBindPort(settings.port());
        configuration.setMaxBodySize(MAX_BODY);
        configuration.getBodyHandler().setHandleFileUploads(false);
        server = new VertxPlatformHttpServer(configuration);
        context.addService(server);
        new Door(settings, password, new Files(FILES), nanos)
                .guard(VertxPlatformHttpRouter.lookup(
                        context, VertxPlatformHttpRouter.getRouterNameFromPort(settings.port())));
        routes.run();
        if (settings.publishedHost() == null) {
            LOG.info("page : {}", address());
        }
    }

    /** Where a browser on this machine finds it; null when it is not served. */
    public String address() {
        return server == null
                ? null
                : "http://" + (settings.host().equals("0.0.0.0") ? "127.0.0.1" : settings.host()) + ":"
                        + server.getPort() + "/";
    }

    private boolean mayOpen() {
        if (!settings.isOnLoopback() && password.stored().isEmpty()) {
            LOG.warn(
                    "la page n'est pas servie sur {} sans mot de passe : donnez-en un par « ./manage.sh page-password », puis"
                            + " redémarrez. Les synchronisations continuent, sans la page.",
                    settings.publishedHost() == null ? settings.host() : settings.publishedHost());
            return false;
        }
        try {
            Port.tryOut(settings.host(), settings.port());
            return true;
        } catch (IOException e) {
            LOG.warn(
                    "{}. Les synchronisations continuent, sans la page.",
                    Port.trouble("de la page", "PAGE", settings.host(), settings.port(), e));
            return false;
        }
    }
}
