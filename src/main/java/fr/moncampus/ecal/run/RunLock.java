package fr.moncampus.ecal.run;

import fr.moncampus.ecal.memory.HeldLock;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.function.BooleanSupplier;

/**
 * At most one sync of a configuration at a time, whatever started it: a file in the data folder, locked.
 * <p>
 * POSIX takes a file's locks from a process as soon as it closes any descriptor of that file, even one opened elsewhere. So all threads of
 * this process share one descriptor, from the first that wants the lock to the last that has it or waits for it.
 */
public final class RunLock implements HeldLock {
    private static final long POLL_MILLIS = 100;
    /** By the real path, whatever links lead to it. */
    private static final Map<Path, Shared> IN_USE = new HashMap<>();

    private final Shared shared;
    private final FileLock lock;
    private boolean closed;

    private RunLock(Shared shared, FileLock lock) {
        this.shared = shared;
        this.lock = lock;
    }

    /**
     * @param waiting asked again and again: false ends the wait early
     * @return null when another process or thread still holds the lock then
     * @throws IOException when the file cannot be made or locked at all
     */
    public static RunLock take(Path file, Duration patience, BooleanSupplier waiting)
            throws IOException, InterruptedException {
        long deadline = System.nanoTime() + patience.toNanos();
        Shared shared = enter(file);
        RunLock taken = null;
        try {
            taken = shared.tryTake();
            while (taken == null && System.nanoTime() < deadline && waiting.getAsBoolean()) {
                Thread.sleep(POLL_MILLIS);
                taken = shared.tryTake();
            }
            return taken;
        } finally {
            if (taken == null) {
                release(shared);
            }
        }
    }

    private static Shared enter(Path file) throws IOException {
        synchronized (IN_USE) {
            make(file);
            Path real = file.toRealPath();
            Shared shared = IN_USE.get(real);
            if (shared == null) {
                shared = new Shared(real, FileChannel.open(real, StandardOpenOption.WRITE));
                IN_USE.put(real, shared);
            }
            shared.users++;
            return shared;
        }
    }

    private static void release(Shared shared) {
        synchronized (IN_USE) {
            if (--shared.users == 0) {
                IN_USE.remove(shared.path);
                shared.close();
            }
        }
    }

    /** Opens nothing that is there already: what is opened has to be closed. */
    private static void make(Path file) throws IOException {
        FileAttribute<?>[] ownersOnly =
                file.getFileSystem().supportedFileAttributeViews().contains("posix")
                        ? new FileAttribute<?>[] {
                            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"))
                        }
                        : new FileAttribute<?>[0];
        try {
            Files.createFile(file, ownersOnly);
        } catch (FileAlreadyExistsException e) {
            // by an earlier run
        }
    }

    /** The system takes it from nobody who lives. */
    @Override
    public void check() {
        // it is held
    }

    @Override
    public void close() {
        synchronized (shared) {
            if (closed) {
                return; // somebody else may hold it by now
            }
            closed = true;
            shared.release(lock);
        }
        release(shared);
    }

    /** The one descriptor of a file that is locked or waited for. */
    private static final class Shared {
        private final Path path;
        private final FileChannel channel;
        /** Who holds the lock or waits for it, counted under the lock of {@link #IN_USE}. */
        private int users;

        private boolean held;

        private Shared(Path path, FileChannel channel) {
            this.path = path;
            this.channel = channel;
        }

        private synchronized RunLock tryTake() throws IOException {
            if (held) {
                return null;
            }
            try {
                FileLock lock = channel.tryLock();
                held = lock != null;
                return held ? new RunLock(this, lock) : null;
            } catch (OverlappingFileLockException e) {
                return null; // another part of this JVM, such as an embedding program, has locked it
            }
        }

        private synchronized void release(FileLock lock) {
            held = false;
            try {
                lock.release();
            } catch (IOException e) {
                // the lock is gone with the descriptor at the latest
            }
        }

        private void close() {
            try {
                channel.close();
            } catch (IOException e) {
                // the lock is gone with the process at the latest
            }
        }
    }
}
