package fr.moncampus.ecal.config;

import fr.moncampus.ecal.config.Configuration.Calendar;
import fr.moncampus.ecal.config.Configuration.Ends;
import fr.moncampus.ecal.config.Configuration.Keys;
import fr.moncampus.ecal.config.Configuration.School;
import java.net.URI;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

/** What one file says of its source and target: the keys of MonCampus and ECAL, which are ours, and those that other ones declare. */
final class EndsReader {
    interface AddressReader {
        URI read(Asked key, KeyValues.Parser<URI> parser);
    }

    private final KeyValues values;
    private final Connectors connectors;
    private final AddressReader addresses;
    private final Map<String, Secret> secrets = new HashMap<>();
    private Map<String, String> parameters;
    private String source;
    private String target;
    private School school;
    private Calendar calendar;

    EndsReader(KeyValues values, Connectors connectors, AddressReader addresses) {
        this.values = values;
        this.connectors = connectors;
        this.addresses = addresses;
    }

    private List<Asked> declared = List.of();

    void read() {
        source = values.read(Key.SOURCE, text -> text);
        target = values.read(Key.TARGET, text -> text);
        declared = Stream.of(
                        connectors.asked(Connector.Role.SOURCE, source),
                        connectors.asked(Connector.Role.TARGET, target))
                .flatMap(List::stream)
                .toList();
        Set<String> asked = new HashSet<>();
        declared.forEach(key -> {
            asked.add(key.key());
            if (key.secret()) {
                asked.add(key.fileKey());
            }
        });
        parameters = values.parameters(asked, declaredByAny());
        if (isOf(Key.MONCAMPUS_URL)) {
            school = school();
        }
        if (isOf(Key.ECAL_URL)) {
            calendar = calendar();
        }
        declared.forEach(this::keep);
    }

    /** The keys that name a file which holds a secret: ours, and those of this source and target. */
    List<String> secretFiles() {
        return Stream.concat(Arrays.stream(Key.values()).map(Asked::of), declared.stream())
                .filter(Asked::secret)
                .map(Asked::fileKey)
                .toList();
    }

    private Set<String> declaredByAny() {
        Set<String> names = new HashSet<>();
        connectors
                .all()
                .forEach(each -> connectors.keys(each).forEach(key -> {
                    names.add(key.name());
                    names.add(Asked.of(key).fileKey());
                }));
        return names;
    }

    /** Whether this configuration uses what a key of ours belongs to. */
    private boolean isOf(Key key) {
        return key.connector().equals(source) || key.connector().equals(target);
    }

    private School school() {
        String username = values.read(Key.MONCAMPUS_USERNAME, text -> text);
        Secret password = values.read(Key.MONCAMPUS_PASSWORD, Secret::new);
        URI timetable = addresses.read(Asked.of(Key.MONCAMPUS_URL), Addresses::origin);
        URI cas = addresses.read(Asked.of(Key.MONCAMPUS_CAS_URL), Addresses::page);
        return new School(timetable, cas, username, password);
    }

    private Calendar calendar() {
        Secret apiKey = values.read(Key.ECAL_API_KEY, Secret::new);
        Secret apiSecret = values.read(Key.ECAL_API_SECRET, Secret::new);
        String id = values.read(Key.ECAL_CALENDAR_ID, Values::calendarId);
        return new Calendar(addresses.read(Asked.of(Key.ECAL_URL), Addresses::base), apiKey, apiSecret, id);
    }

    private void keep(Asked key) {
        if (!key.required() && !values.has(key)) {
            return; // the template has its default
        }
        String value = Connector.isAddress(key.key()) ? address(key) : values.read(key, text -> text);
        if (value == null) {
            return;
        }
        if (key.secret()) {
            secrets.put(key.key(), new Secret(value));
        } else {
            parameters.put(key.key(), value);
        }
    }

    private String address(Asked key) {
        URI address = addresses.read(key, Addresses::feed);
        return address == null ? null : address.toString();
    }

    /** The original's keys of the days have MonCampus' name. */
    Key first() {
        return school == null ? Key.START_DATE : Key.MONCAMPUS_START_DATE;
    }

    Key last() {
        return school == null ? Key.END_DATE : Key.MONCAMPUS_END_DATE;
    }

    /** @param configuration its name, which stands for what no key says */
    Ends of(String configuration) {
        Map<String, String> all = new HashMap<>(parameters);
        secrets.forEach((key, secret) -> all.put(key, secret.reveal()));
        return new Ends(
                source,
                target,
                school,
                calendar,
                new Keys(
                        Map.copyOf(parameters),
                        Map.copyOf(secrets),
                        identity(connectors.sources().get(source), all, configuration),
                        identity(connectors.targets().get(target), all, configuration)));
    }

    private String identity(Connector connector, Map<String, String> all, String configuration) {
        String identity = connector == null ? "" : connector.identity(connectors.standard()::contains, all);
        return identity.isEmpty() ? configuration : identity;
    }
}
