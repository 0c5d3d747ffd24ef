package fr.moncampus.ecal.run;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.Set;
import java.util.function.BooleanSupplier;

/** At most one sync of a configuration at a time, whatever started it: a file in the data folder, locked. */
public final class RunLock implements AutoCloseable {
    private static final long POLL_MILLIS = 100;
    private final FileChannel channel;

    private RunLock(FileChannel channel) {
        this.channel = channel;
    }

    /**
     * @param waiting asked again and again: false ends the wait early
     * @return null when another process or thread still holds the lock then
     * @throws IOException when the file cannot be made or locked at all
     */
    public static RunLock take(Path file, Duration patience, BooleanSupplier waiting)
            throws IOException, InterruptedException {
        FileChannel channel = open(file);
        long deadline = System.nanoTime() + patience.toNanos();
        try {
            while (!locked(channel)) {
                if (System.nanoTime() >= deadline || !waiting.getAsBoolean()) {
                    channel.close();
                    return null;
                }
                Thread.sleep(POLL_MILLIS);
            }
            return new RunLock(channel);
        } catch (IOException | InterruptedException e) {
            channel.close();
            throw e;
        }
    }

    private static FileChannel open(Path file) throws IOException {
        Set<StandardOpenOption> options = Set.of(StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        return file.getFileSystem().supportedFileAttributeViews().contains("posix")
                ? FileChannel.open(
                        file,
                        options,
                        PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")))
                : FileChannel.open(file, options);
    }

    private static boolean locked(FileChannel channel) throws IOException {
        try {
            FileLock lock = channel.tryLock();
            return lock != null;
        } catch (OverlappingFileLockException e) {
            return false; // another thread of this process holds it
        }
    }

    @Override
    public void close() {
        try {
            channel.close();
        } catch (IOException e) {
            // the lock is gone with the process at the latest
        }
    }
}
