package fr.moncampus.ecal.config;

import java.nio.file.InvalidPathException;
import java.nio.file.Path;

/** A file that holds nothing but a secret, named by a {@code <key>_file} line. */
final class SecretFile {
    private static final int MAX_BYTES = 64 * 1024;

    private SecretFile() {}

    /**
     * The file's text without the line breaks at its end.
     *
     * @param configuration the file that names it; a relative path starts from its folder
     */
    static String read(Path configuration, String named) throws InvalidFileException {
        if (named.isBlank()) {
            throw new InvalidFileException(
                    "le chemin du fichier manque", "écrivez le chemin d'un fichier qui ne contient que cette valeur");
        }
        String secret;
        try {
            secret = TextFile.read(configuration.toAbsolutePath().resolveSibling(named.strip()), MAX_BYTES);
        } catch (InvalidFileException mistake) {
            throw new InvalidFileException(
                    "le fichier nommé ici ne donne pas de valeur : " + mistake.getMessage(), mistake.fix());
        } catch (InvalidPathException e) {
            throw new InvalidFileException(
                    "ce n'est pas un chemin de fichier",
                    "écrivez le chemin d'un fichier qui ne contient que cette valeur");
        }
        if (secret.isBlank()) {
            throw new InvalidFileException("le fichier nommé ici est vide", "écrivez-y la valeur, et rien d'autre");
        }
        return secret.replaceFirst("[\\r\\n]+$", "");
    }
}
