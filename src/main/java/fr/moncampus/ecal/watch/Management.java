package fr.moncampus.ecal.watch;

import java.util.function.UnaryOperator;

/**
 * Where health, metrics and the Camel console are served, and whether the {@code camel} command line sees this process.
 *
 * @param port        null for nowhere; 0 for any free one
 * @param commandLine its connector writes a file of some 130 kB under the user's home at each look, which is for nobody in a container
 */
public record Management(String host, Integer port, boolean commandLine) {
    private static final int HIGHEST_PORT = 65_535;

    /** @throws IllegalArgumentException when MANAGEMENT_PORT is no port; the message is for the user */
    public static Management of(UnaryOperator<String> environment) {
        String host = environment.apply("MANAGEMENT_HOST");
        String port = environment.apply("MANAGEMENT_PORT");
        boolean commandLine = !"false".equals(environment.apply("CAMEL_CLI"));
        return new Management(host == null || host.isBlank() ? "127.0.0.1" : host.strip(), port == null || port.isBlank() ? null : port(port.strip()), commandLine);
    }

    private static int port(String text) {
        if (!text.matches("\\d{1,5}") || Integer.parseInt(text) > HIGHEST_PORT) {
            throw new IllegalArgumentException("MANAGEMENT_PORT n'est pas un numéro de port : écrivez un nombre entre 0 et " + HIGHEST_PORT + ", par exemple 8080.");
        }
        return Integer.parseInt(text);
    }
}
