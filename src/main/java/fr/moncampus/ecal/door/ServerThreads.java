package fr.moncampus.ecal.door;

import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import java.util.concurrent.TimeUnit;
import org.apache.camel.CamelContext;
import org.apache.camel.support.service.ServiceSupport;

/** One Vert.x for all servers of a process: a request now and then needs few threads, each of which holds memory of its own. */
public final class ServerThreads extends ServiceSupport {
    private static final String NAME = "vertx";
    private final Vertx vertx;

    private ServerThreads(Vertx vertx) {
        this.vertx = vertx;
    }

    /** Before the first server: Camel's servers look for it in the registry. It ends with the context. */
    public static Vertx prepare(CamelContext context) throws Exception {
        Vertx vertx = context.getRegistry().lookupByNameAndType(NAME, Vertx.class);
        if (vertx == null) {
            vertx = Vertx.vertx(new VertxOptions()
                    .setEventLoopPoolSize(1)
                    .setWorkerPoolSize(2)
                    .setInternalBlockingPoolSize(1));
            context.getRegistry().bind(NAME, Vertx.class, vertx);
            context.addService(new ServerThreads(vertx));
        }
        return vertx;
    }

    @Override
    protected void doStop() throws Exception {
        vertx.close().toCompletionStage().toCompletableFuture().get(10, TimeUnit.SECONDS);
    }
}
