package fr.moncampus.ecal.ops;

import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.OutputStream;

/** Standard output that notices failed writes, which a PrintStream hides. */
final class Output extends FilterOutputStream {
    private volatile IOException trouble;

    Output(OutputStream out) {
        super(out);
    }

    @Override
    public void write(int b) throws IOException {
        write(new byte[] {(byte) b}, 0, 1);
    }

    @Override
    public void write(byte[] bytes, int offset, int length) throws IOException {
        try {
            out.write(bytes, offset, length);
        } catch (IOException e) {
            trouble = e;
            throw e;
        }
    }

    /** A result that was not written is a failure; a closed pipe is not: its reader has seen what it wanted. */
    int verdict(int exitCode) {
        System.out.flush();
        IOException e = trouble;
        if (e == null || String.valueOf(e.getMessage()).contains("pipe")) {
            return exitCode;
        }
        System.err.println("erreur : le résultat n'a pas pu être écrit sur la sortie standard (" + e.getMessage()
                + ") : vérifiez la place sur le disque et les droits, puis relancez la commande.");
        return Math.max(exitCode, 1);
    }
}
