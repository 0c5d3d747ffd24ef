package fr.moncampus.ecal.sandbox;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** How every {@link Switch} stands; can be changed at any time, also while requests are being answered. */
public final class Switches {
    private final Map<Switch, String> changed = new ConcurrentHashMap<>();

    public void set(Switch which, String value) {
        if (!which.takes(value)) {
            String expected = which.isNumber() ? "a number" : String.join(", ", which.choices());
            throw new IllegalArgumentException(which.label() + " takes " + expected + ", not " + value);
        }
        changed.put(which, value);
    }

    public void set(Switch which, int value) {
        set(which, Integer.toString(value));
    }

    public String get(Switch which) {
        return changed.getOrDefault(which, which.standard());
    }

    public void reset() {
        changed.clear();
    }

    boolean is(Switch which, String value) {
        assert which.takes(value) : which + " is never " + value;
        return get(which).equals(value);
    }

    int number(Switch which) {
        return Integer.parseInt(get(which));
    }

    Map<String, String> all() {
        Map<String, String> all = new LinkedHashMap<>();
        for (Switch each : Switch.values()) {
            all.put(each.label(), get(each));
        }
        return all;
    }
}
