package fr.moncampus.ecal.sandbox;

import java.util.Base64;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;

/**
 * One login form that was handed out.
 *
 * @param execution opaque, 5.5 kB, with characters that a form has to encode
 * @param service   null when the form was asked for without one
 * @param session   the cookie that must come back when CAS keeps the state itself
 * @param token     a hidden input that must come back when the form has more inputs
 */
record Flow(String execution, String service, String session, String token) {

    /** The flows that can still be submitted. */
    static final class Store {
        private static final String SHAPE = "[0-9a-f-]{36}_[A-Za-z0-9+/]{5000,}={0,2}";
        private final Map<String, Flow> flows = new ConcurrentHashMap<>();
        private final Random random = new Random();

        Flow begin(String service) {
            byte[] state = new byte[4_099];
            random.nextBytes(state);
            Flow flow =
                    new Flow(UUID.randomUUID() + "_" + Base64.getEncoder().encodeToString(state), service, id(), id());
            flows.put(flow.execution(), flow);
            return flow;
        }

        boolean isWellFormed(String execution) {
            return execution.matches(SHAPE);
        }

        /** Null for a flow that never was, or is spent. */
        Flow take(String execution, boolean once) {
            return once ? flows.remove(execution) : flows.get(execution);
        }

        void forget() {
            flows.clear();
        }

        private static String id() {
            return UUID.randomUUID().toString().replace("-", "").toUpperCase(Locale.ROOT);
        }
    }
}
