package fr.moncampus.ecal.door;

import java.security.SecureRandom;
import java.time.Duration;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.LongSupplier;

/** Browsers that have logged in. A session ends when it has not been used for long, when the password changes, and with the process. */
final class Sessions {
    static final Duration IDLE = Duration.ofDays(30);
    static final int MAX_SESSIONS = 32;
    private static final SecureRandom RANDOM = new SecureRandom();

    private record Session(String password, long usedAt) {}

    private final LongSupplier nanos;
    /** The one that was used longest ago comes first. */
    private final Map<String, Session> sessions = new LinkedHashMap<>(16, 0.75f, true) {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Session> eldest) {
            return size() > MAX_SESSIONS;
        }
    };

    /** @param nanos a monotonic clock */
    Sessions(LongSupplier nanos) {
        this.nanos = nanos;
    }

    /**
     * @param password as it is stored
     * @return the secret that the browser keeps
     */
    synchronized String open(String password) {
        byte[] bytes = new byte[32];
        RANDOM.nextBytes(bytes);
        String token = Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
        sessions.put(token, new Session(password, nanos.getAsLong()));
        return token;
    }

    /** Using it makes it last longer. */
    synchronized boolean isOpen(String token, String password) {
        Session session = sessions.get(token);
        long now = nanos.getAsLong();
        if (session == null || !session.password().equals(password) || now - session.usedAt() > IDLE.toNanos()) {
            sessions.remove(token);
            return false;
        }
        sessions.put(token, new Session(password, now));
        return true;
    }

    synchronized void close(String token) {
        sessions.remove(token);
    }
}
