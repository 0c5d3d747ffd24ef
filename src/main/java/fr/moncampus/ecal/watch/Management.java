package fr.moncampus.ecal.watch;

import java.util.function.UnaryOperator;

/**
 * Where health, metrics and the Camel console are served, and whether the {@code camel} command line sees this process.
 *
 * @param port        null for nowhere; 0 for any free one
 * @param commandLine its connector writes a file of some 130 kB under the user's home at each look, which is for nobody in a container
 */
public record Management(String host, Integer port, boolean commandLine) {
    private static final int MAX_PORT = 65_535;

    /** @throws IllegalArgumentException when MANAGEMENT_PORT is no port; the message is for the user */
    public static Management of(UnaryOperator<String> environment) {
        String host = environment.apply("MANAGEMENT_HOST");
        String port = environment.apply("MANAGEMENT_PORT");
        boolean commandLine = !"false".equals(environment.apply("CAMEL_CLI"));
        return new Management(
                host == null || host.isBlank() ? "127.0.0.1" : host.strip(),
                port == null || port.isBlank() ? null : port(port.strip()),
                commandLine);
    }

    Management withoutPort() {
        return new Management(host, null, commandLine);
    }

    /** Why nothing is served, and what to do about it. */
    String cannotServe(Exception cause) {
        String message = String.valueOf(cause.getMessage());
        String why;
        if (message.contains("in use")) {
            why = "le port de surveillance " + port + " (" + host
                    + ") est déjà pris, par un autre programme ou un autre « run » ; donnez-en un autre : MANAGEMENT_PORT="
                    + (port % MAX_PORT + 1);
        } else if (message.contains("denied")) {
            why = "le port de surveillance " + port
                    + " est réservé à l'administrateur ; donnez-en un au-dessus de 1024 : MANAGEMENT_PORT=8080";
        } else {
            why = "MANAGEMENT_HOST=" + host
                    + " n'est pas une adresse de cette machine ; donnez-en une, par exemple MANAGEMENT_HOST=127.0.0.1";
        }
        return why + ". Les synchronisations continuent, sans pages de santé ni de mesures.";
    }

    private static int port(String text) {
        if (!text.matches("\\d{1,5}") || Integer.parseInt(text) > MAX_PORT) {
            throw new IllegalArgumentException(
                    "MANAGEMENT_PORT n'est pas un numéro de port : écrivez un nombre entre 0 et " + MAX_PORT
                            + ", par exemple 8080.");
        }
        return Integer.parseInt(text);
    }
}
