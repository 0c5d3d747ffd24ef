package fr.moncampus.ecal.ops;

import fr.moncampus.ecal.memory.MemoryPlace;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.function.UnaryOperator;

/** Where the memory is, as the environment says: {@code MEMORY_URL}, {@code MEMORY_USER}, {@code MEMORY_PASSWORD} or {@code MEMORY_PASSWORD_FILE}. */
final class MemoryEnvironment {
    private MemoryEnvironment() {}

    /** @throws WrongSettingException when it cannot mean that */
    static MemoryPlace place(Path data, UnaryOperator<String> environment) {
        String url = value("MEMORY_URL", environment);
        if (url == null) {
            return MemoryPlace.in(data);
        }
        if (!url.startsWith(MemoryPlace.POSTGRESQL)) {
            throw new WrongSettingException(
                    "MEMORY_URL doit commencer par jdbc:postgresql:, par exemple jdbc:postgresql://base:5432/moncampus. "
                            + "Sans MEMORY_URL, la mémoire est un fichier du dossier des données.");
        }
        return new MemoryPlace(data, url, value("MEMORY_USER", environment), password(environment));
    }

    private static String password(UnaryOperator<String> environment) {
        String file = value("MEMORY_PASSWORD_FILE", environment);
        if (file == null) {
            return environment.apply("MEMORY_PASSWORD");
        }
        if (value("MEMORY_PASSWORD", environment) != null) {
            throw new WrongSettingException(
                    "MEMORY_PASSWORD et MEMORY_PASSWORD_FILE disent deux fois la même chose : gardez l'un des deux.");
        }
        try {
            return Files.readString(Path.of(file)).replaceFirst("[\\r\\n]+$", "");
        } catch (IOException | InvalidPathException e) {
            throw new WrongSettingException("MEMORY_PASSWORD_FILE : le fichier " + file
                    + " ne peut pas être lu. Vérifiez son chemin et ses droits.");
        }
    }

    private static String value(String name, UnaryOperator<String> environment) {
        String value = environment.apply(name);
        return value == null || value.isBlank() ? null : value.strip();
    }
}
