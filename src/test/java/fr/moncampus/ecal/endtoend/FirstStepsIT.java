package fr.moncampus.ecal.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import fr.moncampus.ecal.endtoend.Program.Outcome;
import fr.moncampus.ecal.endtoend.Workplace.Person;
import java.io.IOException;
import java.nio.file.Files;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What README shows first. */
class FirstStepsIT {
    private final Workplace workplace = new Workplace();

    @AfterEach
    void close() {
        workplace.close();
    }

    @Test
    void theDemonstrationEndsWithThreeKindsOfCalendarInStepWithThreeSchools() {
        Outcome demo = workplace.run("demo");

        assertThat(demo.exit()).as("%s", demo).isZero();
        assertThat(demo.out())
                .contains("noe : 120 créés", "zoe : 120 créés", "zoe : 1 modifié", "zoe : 1 supprimé")
                .contains("noe : 2 modifiés", "~ ANNULÉ – ")
                .endsWith("Les trois calendriers disent ce que disent leurs écoles.\n");
    }

    @Test
    void aStudentWithoutAnAccountComesFromALinkToALink() throws IOException {
        Person lea = workplace.person("lea", 3);
        String link = lea.sandbox().feedUrl(lea.keys().get("moncampus_username"));
        Files.delete(lea.file());

        Outcome added = workplace
                .start("add-config", "lea", "--source", "ics", "--target", "feed", "--secret-file", "ics_url=-")
                .type(link)
                .await();
        assertThat(added.exit()).as("%s", added).isZero();
        assertThat(added.toString()).doesNotContain(link);

        assertThat(workplace.sync().json("lea").get("created").asInt()).isEqualTo(3);
        Outcome address = workplace.run("feed-address", "lea");
        assertThat(address.exit()).as("%s", address).isZero();
        assertThat(address.out()).containsPattern("/[A-Za-z0-9_-]{22,}\\.ics");
    }
}
