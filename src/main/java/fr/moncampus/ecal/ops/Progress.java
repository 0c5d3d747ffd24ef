package fr.moncampus.ecal.ops;

import fr.moncampus.ecal.run.Engine;
import fr.moncampus.ecal.run.Run;
import java.io.PrintStream;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/** Shows how far a long run is: a bar on a terminal, a line now and then elsewhere; nothing for a run that is over in a moment. */
public final class Progress {
    private static final int WIDTH = 30;
    private static final int WORTH_SHOWING = 20;
    private final Engine engine;
    private final PrintStream out;
    private final boolean terminal;
    private final ScheduledExecutorService ticker = Executors.newSingleThreadScheduledExecutor(task -> {
        Thread thread = new Thread(task, "progress");
        thread.setDaemon(true);
        return thread;
    });
    private int shown = -1;

    private Progress(Engine engine, PrintStream out, boolean terminal) {
        this.engine = engine;
        this.out = out;
        this.terminal = terminal;
    }

    /** Shows the progress of a run while it goes on. */
    public static Run during(Engine engine, PrintStream out, Supplier<Run> run) {
        Progress progress = new Progress(engine, out, Terminal.isThere());
        progress.ticker.scheduleAtFixedRate(progress::show, 200, 200, TimeUnit.MILLISECONDS);
        try {
            return run.get();
        } finally {
            progress.end();
        }
    }

    private synchronized void show() {
        engine.running().stream()
                .filter(run -> run.planned() >= WORTH_SHOWING)
                .findFirst()
                .ifPresent(this::show);
    }

    private void show(Run run) {
        int done = run.done().size();
        int total = run.planned();
        int step = terminal ? done : done * 10 / total;
        if (step == shown) {
            return;
        }
        shown = step;
        if (terminal) {
            int filled = WIDTH * done / total;
            out.print("\r  [" + "█".repeat(filled) + "·".repeat(WIDTH - filled) + "] " + done + "/" + total + " ");
        } else {
            out.println("  " + done + "/" + total + " écritures");
        }
        out.flush();
    }

    private void end() {
        ticker.shutdownNow();
        synchronized (this) {
            if (terminal && shown >= 0) {
                out.print("\r" + " ".repeat(WIDTH + 20) + "\r");
                out.flush();
            }
        }
    }
}
