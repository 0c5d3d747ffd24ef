package fr.moncampus.ecal.door;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.ServerSocket;

/** A port that is to be opened. Vert.x says in the log only that it could not have it, so it is tried before. */
public final class Port {
    private static final int MAX_PORT = 65_535;

    private Port() {}

    /** @throws IllegalArgumentException when it is none; the message is for the user */
    public static int number(String variable, String text, int example) {
        if (!text.matches("\\d{1,5}") || Integer.parseInt(text) > MAX_PORT) {
            throw new IllegalArgumentException(variable + " n'est pas un numéro de port : écrivez un nombre entre 0 et "
                    + MAX_PORT + ", par exemple " + example + ".");
        }
        return Integer.parseInt(text);
    }

    /** @throws IOException when it cannot be had; {@link #trouble} has words for it */
    public static void tryOut(String host, int port) throws IOException {
        try (ServerSocket trial = new ServerSocket()) {
            trial.bind(new InetSocketAddress(host, port));
        }
    }

    /**
     * Why it cannot be had, and what to do about it.
     *
     * @param what      the port is for, with its article
     * @param variables what the names of its variables begin with
     */
    public static String trouble(String what, String variables, String host, int port, Exception cause) {
        String message = String.valueOf(cause.getMessage());
        if (message.contains("in use")) {
            return "le port " + what + " " + port + " (" + host
                    + ") est déjà pris, par un autre programme ou un autre « run » ; donnez-en un autre : " + variables
                    + "_PORT=" + (port % MAX_PORT + 1);
        }
        if (message.contains("denied")) {
            return "le port " + what + " " + port
                    + " est réservé à l'administrateur ; donnez-en un au-dessus de 1024 : " + variables + "_PORT=8080";
        }
        return variables + "_HOST=" + host + " n'est pas une adresse de cette machine ; donnez-en une, par exemple "
                + variables + "_HOST=127.0.0.1";
    }
}
