package fr.moncampus.ecal.config;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** Every key of a configuration file. configs/README.md lists them for people, and a test compares the two. */
public enum Key {
    MONCAMPUS_USERNAME(Need.REQUIRED, null),
    MONCAMPUS_PASSWORD(Need.SECRET, null),
    MONCAMPUS_START_DATE(Need.REQUIRED, null),
    MONCAMPUS_END_DATE(Need.REQUIRED, null),
    ECAL_API_KEY(Need.SECRET, null),
    ECAL_API_SECRET(Need.SECRET, null),
    ECAL_CALENDAR_ID(Need.REQUIRED, null),
    SOURCE(Need.OPTIONAL, "moncampus"),
    TARGET(Need.OPTIONAL, "ecal"),
    START_DATE(Need.OPTIONAL, "-P7D"),
    END_DATE(Need.OPTIONAL, "P365D"),
    /** Its default depends on the data folder, which this package does not know. */
    ERROR_FILE_PATH(Need.OPTIONAL, "<data>/errors_<nom>.txt"),
    INSTANCE_NAME(Need.OPTIONAL, "<nom>"),
    MONCAMPUS_URL(Need.OPTIONAL, "https://ws-edt-igs.wigorservices.net"),
    MONCAMPUS_CAS_URL(Need.OPTIONAL, "https://cas-p.wigorservices.net/cas/login"),
    ECAL_URL(Need.OPTIONAL, "https://api.ecal.com/apiv2"),
    ALLOW_HTTP(Need.OPTIONAL, "false"),
    SCHEDULE(Need.OPTIONAL, "0 46 6-18 * * ?"),
    TIME_ZONE(Need.OPTIONAL, "Europe/Paris"),
    ALERT(Need.OPTIONAL, "15M"),
    TEAMS_LINK(Need.OPTIONAL, "true"),
    ECAL_CONCURRENCY(Need.OPTIONAL, "4"),
    ONLY(Need.OPTIONAL, "tous"),
    HIDE(Need.OPTIONAL, "aucun"),
    RENAME(Need.OPTIONAL, "aucun"),
    TITLE(Need.OPTIONAL, "{cours}"),
    DELETE_AFTER(Need.OPTIONAL, Rules.DEFAULT.deleteAfter().toString()),
    MAX_DELETES(Need.OPTIONAL, String.valueOf(Rules.DEFAULT.maxDeletes())),
    MAX_DELETE_RATIO(Need.OPTIONAL, String.valueOf(Rules.DEFAULT.maxDeleteRatio())),
    CANCELLED(Need.OPTIONAL, "remove"),
    SETTLE(Need.OPTIONAL, Rules.DEFAULT.settle().toString()),
    /** The address is a secret: anyone who knows it can read the topic and write to it. */
    NOTIFY_URL(Need.OPTIONAL_SECRET, "aucune"),
    EVENING(Need.OPTIONAL, "aucune");

    /** The end of a key that names a file which holds the value. */
    static final String FILE_SUFFIX = "_file";

    private static final int MIN_PART = 6;

    private enum Need {
        REQUIRED,
        SECRET,
        OPTIONAL,
        OPTIONAL_SECRET
    }

    private final Need need;
    private final String defaultValue;

    Key(Need need, String defaultValue) {
        this.need = need;
        this.defaultValue = defaultValue;
    }

    /** As it is written in a file. */
    public String key() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** The source or target that it belongs to; null when it is of any configuration. */
    public String connector() {
        return name().startsWith("MONCAMPUS_") ? "moncampus" : name().startsWith("ECAL_") ? "ecal" : null;
    }

    /** Null when the key is required. */
    public String defaultValue() {
        return defaultValue;
    }

    public boolean isRequired() {
        return need == Need.REQUIRED || need == Need.SECRET;
    }

    /** A value that may also stand in a file of its own, named by {@code <key>_file}. */
    public boolean isSecret() {
        return need == Need.SECRET || need == Need.OPTIONAL_SECRET;
    }

    /** Whether it may have a list below it, or more keys. */
    static boolean isMany(String key) {
        return List.of(ONLY, HIDE, RENAME).stream().anyMatch(many -> many.key().equals(key));
    }

    String fileKey() {
        return key() + FILE_SUFFIX;
    }

    /** Every key that a file may hold, the {@code _file} ones included. */
    static List<String> all() {
        List<String> all = new ArrayList<>(Arrays.stream(values()).map(Key::key).toList());
        Arrays.stream(values()).filter(Key::isSecret).map(Key::fileKey).forEach(all::add);
        return all;
    }

    /** The known key that somebody meant by this unknown one: misspelt, without its prefix, or cut short. */
    static Optional<String> meantBy(String unknown) {
        Optional<String> close = Suggestion.closest(unknown, all());
        return close.isPresent() || unknown.length() < MIN_PART
                ? close
                : partOfOne(unknown.toLowerCase(Locale.ROOT).replace('-', '_'));
    }

    private static Optional<String> partOfOne(String part) {
        List<String> whole = Arrays.stream(values())
                .map(Key::key)
                .filter(key -> key.endsWith("_" + part) || key.startsWith(part))
                .toList();
        return whole.size() == 1 ? Optional.of(whole.get(0)) : Optional.empty();
    }
}
