package fr.moncampus.ecal.ops;

import fr.moncampus.ecal.App;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Where the program's own files are. */
final class Places {
    private Places() {}

    /** @param given null or empty for {@code routes/} beside the jar, or in the working folder when there is no jar */
    static Path routes(Path given) {
        if (given != null && !given.toString().isBlank()) {
            return given;
        }
        try {
            Path program = Path.of(App.class
                    .getProtectionDomain()
                    .getCodeSource()
                    .getLocation()
                    .toURI());
            Path beside = program.resolveSibling("routes");
            if (Files.isRegularFile(program) && Files.isDirectory(beside)) {
                return beside;
            }
        } catch (URISyntaxException e) {
            // then it is the working folder's
        }
        return Path.of("routes");
    }
}
