package fr.moncampus.ecal.ics;

import com.github.mangstadt.vinnie.VObjectProperty;
import java.util.List;

/**
 * A complete feed, its lines read and its events apart.
 *
 * @param properties of the calendar itself
 */
record Feed(List<VObjectProperty> properties, List<Entry> entries) {
    /** Null when there is none. */
    String property(String name) {
        return properties.stream()
                .filter(property -> property.getName().equalsIgnoreCase(name))
                .map(VObjectProperty::getValue)
                .findFirst()
                .orElse(null);
    }
}
