package fr.moncampus.ecal.config;

/**
 * A key whose value is asked for: one of ours, or one that a source or a target declares.
 *
 * @param secret       never shown, and may stand in a file of its own
 * @param oneLine      a value that goes into a request, where control characters would do harm
 * @param defaultValue null when there is none
 * @param description  for a user who lacks it; null for none
 */
public record Asked(
        String key, boolean secret, boolean required, boolean oneLine, String defaultValue, String description) {

    static Asked of(Key key) {
        boolean oneLine = key.isSecret() || key == Key.MONCAMPUS_USERNAME;
        return new Asked(key.key(), key.isSecret(), key.isRequired(), oneLine, key.defaultValue(), null);
    }

    static Asked of(Template.Parameter key) {
        return new Asked(
                key.name(), Connector.isSecret(key), key.required(), true, key.defaultValue(), key.description());
    }

    String fileKey() {
        return key + Key.FILE_SUFFIX;
    }
}
