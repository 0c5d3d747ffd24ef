package fr.moncampus.ecal.http;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;

/** Reads an answer's body whole, but neither more bytes nor longer than allowed: an endless answer ends in a clear error. */
public final class CappedBody {
    public static final int MAX_BYTES = 20 * 1024 * 1024;
    public static final Duration MAX_TIME = Duration.ofSeconds(60);

    private CappedBody() {
    }

    /**
     * @param stream null gives an empty body; it is closed in any case
     * @throws TooLarge when there is more, or when it takes longer
     */
    public static byte[] read(InputStream stream) throws IOException {
        return read(stream, MAX_BYTES, MAX_TIME);
    }

    static byte[] read(InputStream stream, int maxBytes, Duration maxTime) throws IOException {
        if (stream == null) {
            return new byte[0];
        }
        long deadline = System.nanoTime() + maxTime.toNanos();
        try (stream) {
            ByteArrayOutputStream body = new ByteArrayOutputStream(8192);
            byte[] chunk = new byte[8192];
            for (int n = stream.read(chunk); n >= 0; n = stream.read(chunk)) {
                body.write(chunk, 0, n);
                if (body.size() > maxBytes) {
                    throw new TooLarge("réponse de plus de " + maxBytes / (1024 * 1024) + " Mo");
                }
                if (System.nanoTime() > deadline) {
                    throw new TooLarge("réponse qui dure plus de " + maxTime.toSeconds() + " s");
                }
            }
            return body.toByteArray();
        }
    }

    /** The answer was cut off because it passed a cap. */
    public static final class TooLarge extends IOException {
        private static final long serialVersionUID = 1L;

        TooLarge(String message) {
            super(message);
        }
    }
}
