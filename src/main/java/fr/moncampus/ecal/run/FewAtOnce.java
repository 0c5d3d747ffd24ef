package fr.moncampus.ecal.run;

import java.util.ArrayDeque;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.AbstractExecutorService;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;

/** Runs tasks of one configuration on a shared pool, a limited number at once. It never shuts the pool down. */
final class FewAtOnce extends AbstractExecutorService {
    private final Executor pool;
    private final int most;
    private final Queue<Runnable> waiting = new ArrayDeque<>();
    private int working;

    FewAtOnce(Executor pool, int most) {
        this.pool = pool;
        this.most = most;
    }

    @Override
    public void execute(Runnable task) {
        synchronized (waiting) {
            waiting.add(task);
            if (working == most) {
                return;
            }
            working++;
        }
        boolean begun = false;
        try {
            pool.execute(this::work);
            begun = true;
        } finally {
            if (!begun) {
                withdraw(task);
            }
        }
    }

    private void withdraw(Runnable task) {
        synchronized (waiting) {
            waiting.remove(task);
            working--;
        }
    }

    private void work() {
        Runnable task;
        synchronized (waiting) {
            task = waiting.poll();
        }
        try {
            if (task != null) {
                task.run();
            }
        } finally {
            goOn();
        }
    }

    /** Back to the end of the pool's queue: a configuration with much to do does not keep the others waiting. */
    private void goOn() {
        synchronized (waiting) {
            if (waiting.isEmpty()) {
                working--;
                return;
            }
        }
        pool.execute(this::work);
    }

    @Override
    public void shutdown() {
        // the pool belongs to all
    }

    @Override
    public List<Runnable> shutdownNow() {
        return List.of();
    }

    @Override
    public boolean isShutdown() {
        return false;
    }

    @Override
    public boolean isTerminated() {
        return false;
    }

    @Override
    public boolean awaitTermination(long timeout, TimeUnit unit) {
        return true;
    }
}
