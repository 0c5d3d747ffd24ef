package fr.moncampus.ecal.ops;

import fr.moncampus.ecal.config.Finding;
import fr.moncampus.ecal.config.RouteCheck;
import fr.moncampus.ecal.config.RouteFiles;
import fr.moncampus.ecal.config.RouteParameters;
import fr.moncampus.ecal.http.Text;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/** Camel does not take the routes of the folder. Only then is each file looked at alone, for the place of the mistake. */
final class BadRoutesException extends Exception {
    private static final long serialVersionUID = 1L;

    private final transient List<Finding> findings;

    private BadRoutesException(String message, List<Finding> findings) {
        super(message);
        this.findings = findings;
    }

    static BadRoutesException explain(Path routes, Exception cause) {
        RouteFiles files = RouteFiles.read(routes);
        String said = String.valueOf(cause.getMessage());
        List<Finding> findings = new ArrayList<>(RouteCheck.check(files));
        // an unknown placeholder is known from Camel's message only, which does not say where it is
        findings.addAll(
                RouteParameters.checkPlaceholders(files, name -> !said.contains("key [" + name + "] not found")));
        return new BadRoutesException(
                findings.isEmpty()
                        ? "les routes de " + routes + " ne démarrent pas : " + Text.line(said, 500)
                        : findings.stream().map(Finding::toString).collect(Collectors.joining("\nerreur : ")),
                findings);
    }

    /** Those that have a place in a file; else the message says what Camel says. */
    List<Finding> findings() {
        return findings;
    }
}
