package fr.moncampus.ecal.memory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Nobody but the owner reads what the program keeps. */
class PrivateFileTest {
    @TempDir
    private Path folder;

    @Test
    void aFileIsItsOwnersEvenIfItWasThereForAll() throws IOException {
        Path fresh = folder.resolve("fresh");
        Path open = Files.writeString(folder.resolve("open"), "content");
        permit(open, "rw-r--r--");

        PrivateFile.make(fresh);
        PrivateFile.make(open);
        PrivateFile.make(open);

        assertThat(permissions(fresh)).isEqualTo("rw-------");
        assertThat(permissions(open)).isEqualTo("rw-------");
        assertThat(open).hasContent("content");
    }

    /** A folder that stands where the file should be is told of by whoever writes, not spoilt. */
    @Test
    void whatIsNoFileIsLeftAsItIs() throws IOException {
        Path other = Files.createDirectory(folder.resolve("other"));
        permit(other, "rwxr-xr-x");

        PrivateFile.make(other);

        assertThat(permissions(other)).isEqualTo("rwxr-xr-x");
    }

    @Test
    void aFolderIsItsOwnersUnlessItHoldsFilesOfOthers() throws IOException {
        Path empty = Files.createDirectory(folder.resolve("empty"));
        permit(empty, "rwxrwxr-x");
        Path full = Files.createDirectory(folder.resolve("full"));
        Files.writeString(full.resolve("photo"), "");
        permit(full, "rwxrwxr-x");

        PrivateFile.makeFolder(folder.resolve("a/new"));
        PrivateFile.makeFolder(empty);
        PrivateFile.makeFolder(full);

        assertThat(permissions(folder.resolve("a/new"))).isEqualTo("rwx------");
        assertThat(permissions(empty)).isEqualTo("rwx------");
        assertThat(permissions(full)).isEqualTo("rwxrwxr-x");
    }

    @Test
    void whatItsOwnerMayNotDoHeMayNotDoAfterwards() throws IOException {
        Path locked = Files.createDirectory(folder.resolve("locked"));
        permit(locked, "r-xr-x---");

        PrivateFile.makeFolder(locked);

        assertThat(permissions(locked)).isEqualTo("r-x------");
        permit(locked, "rwx------");
    }

    @Test
    void whereAFileStandsThereIsNoFolder() throws IOException {
        Path file = Files.writeString(folder.resolve("file"), "");

        assertThatThrownBy(() -> PrivateFile.makeFolder(file)).isInstanceOf(IOException.class);
    }

    /** Of Windows, or of a memory card. */
    @Test
    void aFileSystemWithoutPermissionsDoesAsWell() throws IOException {
        try (FileSystem cards = FileSystems.newFileSystem(folder.resolve("card.zip"), Map.of("create", "true"))) {
            Path data = cards.getPath("/data");
            PrivateFile.makeFolder(data);
            PrivateFile.make(data.resolve("file"));
            PrivateFile.make(data.resolve("file"));

            assertThat(data.resolve("file")).isEmptyFile();
        }
    }

    private static void permit(Path path, String permissions) throws IOException {
        Files.setPosixFilePermissions(path, PosixFilePermissions.fromString(permissions));
    }

    private static String permissions(Path path) throws IOException {
        return PosixFilePermissions.toString(Files.getPosixFilePermissions(path));
    }
}
