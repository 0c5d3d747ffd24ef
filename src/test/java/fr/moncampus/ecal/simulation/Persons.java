package fr.moncampus.ecal.simulation;

import fr.moncampus.ecal.config.Configuration;
import fr.moncampus.ecal.config.DayRule;
import fr.moncampus.ecal.config.Rules;
import fr.moncampus.ecal.config.Secret;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Period;
import java.time.ZoneId;
import java.util.HexFormat;

/** Two persons who write into one calendar with one key. */
final class Persons {
    static final String PASSWORD = "pass";
    static final String CALENDAR = "64229d018723a1000e07dc9f";
    static final Period BEFORE = Period.ofDays(2);
    static final Period AFTER = Period.ofDays(14);

    private Persons() {}

    static Configuration configuration(String name, URI school, URI ecal) {
        return configuration(name, school, ecal, Rules.DEFAULT);
    }

    static Configuration configuration(String name, URI school, URI ecal, Rules rules) {
        return new Configuration(
                name,
                Path.of(name + ".yml"),
                name,
                new Configuration.Ends(
                        new Configuration.School(
                                school, school.resolve("/cas/login"), username(name), new Secret(PASSWORD)),
                        new Configuration.Calendar(
                                ecal, new Secret("simulated-key"), new Secret("simulated-secret"), CALENDAR)),
                new Configuration.Days(new DayRule.Relative(BEFORE.negated()), new DayRule.Relative(AFTER)),
                new Configuration.Events(1, "15M", true),
                new Configuration.Schedule("0 46 6-18 * * ?", ZoneId.of("Europe/Paris")),
                rules,
                null,
                null);
    }

    private static String username(String name) {
        return "Prenom." + name;
    }

    /** The hash in the references, as the rule of ownership says it. */
    static String owner(String name, URI school) {
        try {
            String identity = username(name).strip().toLowerCase() + "@" + school.getHost() + "|" + CALENDAR;
            return HexFormat.of()
                    .formatHex(
                            MessageDigest.getInstance("SHA-256").digest(identity.getBytes(StandardCharsets.UTF_8)),
                            0,
                            4);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
