package fr.moncampus.ecal.ops;

import fr.moncampus.ecal.log.Logging;
import fr.moncampus.ecal.run.Engine;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * SIGTERM or Ctrl-C: the change in flight is finished, the rest is left for the next run.
 * The process ends when everything is closed, or after a while in any case.
 */
public final class Interruption implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger("moncampus-ecal");
    private static final long GRACE_SECONDS = 25;
    private final CountDownLatch asked = new CountDownLatch(1);
    private final CountDownLatch closed = new CountDownLatch(1);
    private final Thread hook;
    private volatile Engine engine;

    private Interruption(int exitCode) {
        hook = new Thread(
                () -> {
                    asked.countDown();
                    if (engine == null) {
                        LOG.info("arrêt demandé pendant le démarrage");
                        // what starts now may fail because the process ends, which needs no report
                        Logging.silenceOthers();
                    } else {
                        engine.finishEarly();
                    }
                    awaitClosed();
                    Logging.end();
                    // the JVM's own code would be that of the signal
                    Runtime.getRuntime().halt(exitCode);
                },
                "interruption");
        Runtime.getRuntime().addShutdownHook(hook);
    }

    /** For a command that ends by itself: 130, as shells say it. */
    public static Interruption ofCommand() {
        return new Interruption(130);
    }

    /** For the scheduler, which only ever ends this way: 0. */
    static Interruption ofScheduler() {
        return new Interruption(0);
    }

    /** To be closed before this is. */
    public Engine watch(Engine started) {
        engine = started;
        return started;
    }

    boolean isAsked() {
        return asked.getCount() == 0;
    }

    /** Blocks until the process is asked to end. */
    public void await() throws InterruptedException {
        asked.await();
    }

    private void awaitClosed() {
        try {
            closed.await(GRACE_SECONDS, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public void close() {
        closed.countDown();
        if (isAsked()) {
            awaitHook();
        } else {
            removeHook();
        }
    }

    /** The hook ends the process: what comes after the command must not run. */
    private void awaitHook() {
        try {
            hook.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void removeHook() {
        try {
            Runtime.getRuntime().removeShutdownHook(hook);
        } catch (IllegalStateException e) {
            // the process has begun to end this very moment: the hook does the rest
        }
    }
}
