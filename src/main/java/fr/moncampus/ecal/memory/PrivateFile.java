package fr.moncampus.ecal.memory;

import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Set;
import java.util.stream.Stream;

/** Files of the data folder: readable by their owner only, from the first byte on. */
public final class PrivateFile {
    private static final Set<PosixFilePermission> OWNER_ONLY = PosixFilePermissions.fromString("rw-------");

    private PrivateFile() {}

    /** Creates the folder if it does not exist; it is private unless it holds files of others. */
    public static void makeFolder(Path folder) throws IOException {
        boolean isNew = !Files.isDirectory(folder);
        Files.createDirectories(folder);
        boolean posix = folder.getFileSystem().supportedFileAttributeViews().contains("posix");
        if (posix && (isNew || isEmpty(folder))) {
            Set<PosixFilePermission> owners = Files.getPosixFilePermissions(folder);
            owners.retainAll(PosixFilePermissions.fromString("rwx------"));
            try {
                Files.setPosixFilePermissions(folder, owners);
            } catch (FileSystemException e) {
                // somebody else's, such as a volume that a group may write in: who made it says who sees it
                if (!Files.isWritable(folder)) {
                    throw e;
                }
            }
        }
    }

    private static boolean isEmpty(Path folder) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.findAny().isEmpty();
        }
    }

    /** Creates the file if it does not exist, and makes it private if it is not. */
    public static void make(Path file) throws IOException {
        boolean posix = file.getFileSystem().supportedFileAttributeViews().contains("posix");
        try {
            if (posix) {
                Files.createFile(file, PosixFilePermissions.asFileAttribute(OWNER_ONLY));
            } else {
                Files.createFile(file);
            }
        } catch (FileAlreadyExistsException e) {
            if (posix
                    && Files.isRegularFile(file)
                    && !Files.getPosixFilePermissions(file).equals(OWNER_ONLY)) {
                Files.setPosixFilePermissions(file, OWNER_ONLY);
            }
        }
    }
}
