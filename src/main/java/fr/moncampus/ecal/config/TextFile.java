package fr.moncampus.ecal.config;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/** Reads a small UTF-8 file, and says in a user's words why it cannot. */
final class TextFile {
    private static final char BYTE_ORDER_MARK = '\uFEFF';

    private TextFile() {}

    /** @param limit the most bytes that are read */
    static String read(Path file, int limit) throws InvalidFileException {
        return decode(bytes(file, limit));
    }

    private static byte[] bytes(Path file, int limit) throws InvalidFileException {
        if (Files.notExists(file)) {
            throw new InvalidFileException("le fichier n'existe pas", "vérifiez le nom et le dossier");
        }
        if (Files.isDirectory(file)) {
            throw new InvalidFileException("c'est un dossier, pas un fichier", "donnez le chemin d'un fichier");
        }
        byte[] bytes;
        try (InputStream in = Files.newInputStream(file)) {
            bytes = in.readNBytes(limit + 1);
        } catch (IOException e) {
            throw new InvalidFileException("le fichier ne peut pas être lu", "vérifiez ses droits d'accès");
        }
        if (bytes.length > limit) {
            throw new InvalidFileException(
                    "le fichier dépasse %d ko".formatted(limit / 1024), "vérifiez que c'est le bon fichier");
        }
        return bytes;
    }

    private static String decode(byte[] bytes) throws InvalidFileException {
        ByteBuffer in = ByteBuffer.wrap(bytes);
        CharBuffer out = CharBuffer.allocate(bytes.length + 1);
        boolean broken = StandardCharsets.UTF_8
                .newDecoder()
                .onMalformedInput(CodingErrorAction.REPORT)
                .decode(in, out, true)
                .isError();
        String text = out.flip().toString();
        if (broken) {
            throw new InvalidFileException(
                    end(text), "le fichier n'est pas en UTF-8", "enregistrez-le en UTF-8 dans votre éditeur");
        }
        return !text.isEmpty() && text.charAt(0) == BYTE_ORDER_MARK ? text.substring(1) : text;
    }

    private static Position end(String text) {
        int line = 1 + (int) text.chars().filter(c -> c == '\n').count();
        String last = text.substring(text.lastIndexOf('\n') + 1);
        return new Position(line, last.codePointCount(0, last.length()) + 1);
    }
}
