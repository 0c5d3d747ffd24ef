package fr.moncampus.ecal.ops;

import fr.moncampus.ecal.memory.PrivateFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFileAttributeView;
import java.nio.file.attribute.PosixFileAttributes;

/**
 * A new configuration in a private folder beside the others until it is known to be valid. Otherwise nothing of it
 * remains.
 */
final class Draft implements AutoCloseable {
    private final Path folder;
    private final Path file;

    private Draft(Path folder, String name) {
        this.folder = folder;
        this.file = folder.resolve(name + ".yml");
    }

    /** @param configs the folder of the configurations, made when there is none */
    static Draft write(Path configs, Answers answers) throws IOException {
        Files.createDirectories(configs);
        Draft draft = new Draft(Files.createTempDirectory(configs, ".new."), answers.name());
        // Ctrl-C during the check leaves nothing either
        draft.folder.toFile().deleteOnExit();
        draft.file.toFile().deleteOnExit();
        PrivateFile.make(draft.file);
        Files.writeString(draft.file, answers.text());
        return draft;
    }

    Path file() {
        return file;
    }

    /** Messages about the draft, changed to name the final file. */
    String inPlace(String text) {
        return text.replace(file.toString(), target().toString());
    }

    private Path target() {
        return folder.resolveSibling(file.getFileName());
    }

    /** @return the file in its place, as people call it */
    String keep() throws IOException {
        shareOwner();
        Files.move(file, target());
        Path configs = target().toAbsolutePath().normalize().getParent();
        return configs.getFileName().resolve(file.getFileName()).toString();
    }

    /** Files that root writes into a user's folder belong to that user. */
    private void shareOwner() throws IOException {
        PosixFileAttributeView mine = Files.getFileAttributeView(file, PosixFileAttributeView.class);
        if (mine != null) {
            PosixFileAttributes configs =
                    Files.readAttributes(target().toAbsolutePath().getParent(), PosixFileAttributes.class);
            if (!mine.getOwner().equals(configs.owner())) {
                mine.setOwner(configs.owner());
                mine.setGroup(configs.group());
            }
        }
    }

    @Override
    public void close() throws IOException {
        Files.deleteIfExists(file);
        Files.deleteIfExists(folder);
    }
}
