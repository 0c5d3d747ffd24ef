package fr.moncampus.ecal.ops;

import fr.moncampus.ecal.config.Finding;
import fr.moncampus.ecal.config.RouteFiles;
import fr.moncampus.ecal.config.RouteSchema;
import fr.moncampus.ecal.http.Text;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;

/** Camel does not take the routes of the folder. Only then is the schema asked, which takes a second, for the place of the mistake. */
final class BadRoutes extends Exception {
    private static final long serialVersionUID = 1L;

    private BadRoutes(String message) {
        super(message);
    }

    static BadRoutes explain(Path routes, Exception cause) {
        List<Finding> mistakes = new RouteSchema()
                .check(RouteFiles.read(routes)).stream()
                        .filter(Finding::isError)
                        .toList();
        return new BadRoutes(
                mistakes.isEmpty()
                        ? "les routes de " + routes + " ne démarrent pas : " + Text.line(cause.getMessage(), 500)
                        : mistakes.stream().map(Finding::toString).collect(Collectors.joining("\nerreur : ")));
    }
}
