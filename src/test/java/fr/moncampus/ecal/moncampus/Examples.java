package fr.moncampus.ecal.moncampus;

import fr.moncampus.ecal.config.Configuration;
import fr.moncampus.ecal.config.DayRule;
import fr.moncampus.ecal.config.Rules;
import fr.moncampus.ecal.config.Secret;
import java.net.URI;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.ZoneId;

final class Examples {
    private Examples() {}

    static Configuration configuration(URI timetable, URI cas, String password) {
        return new Configuration(
                "test",
                Path.of("test.yml"),
                "test",
                new Configuration.Ends(
                        new Configuration.School(timetable, cas, "prenom.nom", new Secret(password)),
                        new Configuration.Calendar(
                                URI.create("http://127.0.0.1"),
                                new Secret("key"),
                                new Secret("secret"),
                                "64229d018723a1000e07dc9f")),
                new Configuration.Days(
                        new DayRule.Fixed(LocalDate.of(2026, 9, 1)), new DayRule.Fixed(LocalDate.of(2027, 6, 30))),
                new Configuration.Events(4, "15M", true),
                new Configuration.Schedule("0 0 6 * * ?", ZoneId.of("Europe/Paris")),
                Rules.DEFAULT,
                null,
                null);
    }
}
