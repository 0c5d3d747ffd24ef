package fr.moncampus.ecal.config;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayDeque;
import java.util.Deque;

/** {@code error_file_path}: a file that can be written, tried out without leaving anything behind. */
final class ErrorFile {
    private ErrorFile() {}

    static Path check(String text) throws InvalidFileException {
        if (text.chars().anyMatch(Character::isISOControl)) {
            throw new InvalidFileException(
                    "le chemin contient un caractère de contrôle", "choisissez un chemin sans ce caractère");
        }
        try {
            Path file = Path.of(text);
            tryOut(file.toAbsolutePath());
            return file;
        } catch (IOException | InvalidPathException e) {
            throw new InvalidFileException(
                    "le fichier « %s » ne peut pas être écrit".formatted(Values.quoted(text)),
                    "donnez un chemin dans un dossier où ce programme a le droit d'écrire, ou enlevez cette ligne");
        }
    }

    private static void tryOut(Path file) throws IOException {
        if (Files.isRegularFile(file)) {
            Files.newOutputStream(file, StandardOpenOption.APPEND).close();
            return;
        }
        if (Files.exists(file) || file.getParent() == null) {
            throw new IOException("not a file");
        }
        Deque<Path> made = new ArrayDeque<>();
        try {
            makeFolders(file.getParent(), made);
            made.push(Files.createTempFile(file.getParent(), ".", ".tmp"));
        } finally {
            made.forEach(ErrorFile::remove);
        }
    }

    private static void remove(Path path) {
        try {
            Files.deleteIfExists(path);
        } catch (IOException e) {
            // a folder that another run has begun to use meanwhile stays
        }
    }

    private static void makeFolders(Path folder, Deque<Path> made) throws IOException {
        Deque<Path> missing = new ArrayDeque<>();
        for (Path path = folder; path != null && !Files.isDirectory(path); path = path.getParent()) {
            missing.push(path);
        }
        for (Path path : missing) {
            made.push(Files.createDirectory(path));
        }
    }
}
