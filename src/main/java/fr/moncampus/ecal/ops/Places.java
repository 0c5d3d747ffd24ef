package fr.moncampus.ecal.ops;

import fr.moncampus.ecal.App;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/** Where the program's own files are. */
public final class Places {
    private Places() {}

    /** @param given null or empty for {@code routes/} beside the jar, or in the working folder when there is no jar */
    public static Path routes(Path given) {
        if (given != null && !given.toString().isBlank()) {
            return given;
        }
        return beside("routes").orElse(Path.of("routes"));
    }

    /** A file or folder beside the jar; empty when there is none, or no jar. */
    static Optional<Path> beside(String name) {
        try {
            Path program = Path.of(App.class
                    .getProtectionDomain()
                    .getCodeSource()
                    .getLocation()
                    .toURI());
            return Optional.of(program.resolveSibling(name))
                    .filter(beside -> Files.isRegularFile(program) && Files.exists(beside));
        } catch (URISyntaxException e) {
            return Optional.empty();
        }
    }
}
