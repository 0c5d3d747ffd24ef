package fr.moncampus.ecal.watch;

import fr.moncampus.ecal.door.Port;
import java.util.function.UnaryOperator;

/**
 * Where health, metrics and the Camel console are served, and whether the {@code camel} command line sees this process.
 *
 * @param port        null for nowhere; 0 for any free one
 * @param commandLine its connector writes a file of some 130 kB under the user's home at each look, which is for nobody in a container
 */
public record Management(String host, Integer port, boolean commandLine) {
    /** @throws IllegalArgumentException when MANAGEMENT_PORT is no port; the message is for the user */
    public static Management of(UnaryOperator<String> environment) {
        String host = environment.apply("MANAGEMENT_HOST");
        String port = environment.apply("MANAGEMENT_PORT");
        boolean commandLine = !"false".equals(environment.apply("CAMEL_CLI"));
        return new Management(
                host == null || host.isBlank() ? "127.0.0.1" : host.strip(),
                port == null || port.isBlank() ? null : Port.number("MANAGEMENT_PORT", port.strip(), 8080),
                commandLine);
    }

    Management withoutPort() {
        return new Management(host, null, commandLine);
    }

    /** Why nothing is served, and what to do about it. */
    String cannotServe(Exception cause) {
        return Port.trouble("de surveillance", "MANAGEMENT", host, port, cause)
                + ". Les synchronisations continuent, sans pages de santé ni de mesures.";
    }
}
