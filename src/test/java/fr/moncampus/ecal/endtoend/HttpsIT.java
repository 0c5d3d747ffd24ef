package fr.moncampus.ecal.endtoend;

import static fr.moncampus.ecal.endtoend.Workplace.counts;
import static org.assertj.core.api.Assertions.assertThat;

import fr.moncampus.ecal.Certificate;
import fr.moncampus.ecal.endtoend.Program.Outcome;
import fr.moncampus.ecal.endtoend.Workplace.Person;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** As the real services are reached: by TLS. The shared routes and their one client serve several persons at once. */
class HttpsIT {
    private final Workplace workplace = new Workplace();
    private final AtomicInteger seen = new AtomicInteger();
    private Certificate certificate;
    private Gate gate;

    @BeforeEach
    void open(@TempDir Path folder) throws Exception {
        certificate = Certificate.make(folder);
        gate = new Gate((method, path, status) -> seen.incrementAndGet(), certificate.context());
    }

    @AfterEach
    void close() {
        workplace.close();
        gate.close();
    }

    @Test
    void severalPersonsAreSyncedThroughTls() {
        certificate.trust().forEach(workplace::property);
        Person alice = person("alice", 12);
        Person bob = person("bob", 7);

        Outcome first = workplace.sync();

        assertThat(first.exit()).as("%s", first).isZero();
        assertThat(counts(first.json("alice"))).isEqualTo(Map.of("created", 12));
        assertThat(counts(first.json("bob"))).isEqualTo(Map.of("created", 7));
        for (Person person : List.of(alice, bob)) {
            assertThat(Courses.calendar(person)).isEqualTo(Courses.wanted(person));
            assertThat(person.logins()).isOne();
        }
        assertThat((long) seen.get())
                .as("nothing went past TLS")
                .isEqualTo(alice.sandbox().log().total() + bob.sandbox().log().total());

        Outcome second = workplace.sync();
        assertThat(counts(second.json("alice"))).isEqualTo(Map.of("unchanged", 12));
        assertThat(counts(second.json("bob"))).isEqualTo(Map.of("unchanged", 7));
    }

    @Test
    void aCertificateThatNobodyVouchesForGetsNoPassword() {
        Person alice = person("alice", 3);

        Outcome sync = workplace.sync();

        assertThat(sync.exit()).as("%s", sync).isEqualTo(3);
        assertThat(sync.err()).contains("certificat");
        assertThat(alice.sandbox().log().total()).isZero();
    }

    private Person person(String name, int courses) {
        Person person = workplace.person(name, courses);
        for (String key : List.of("moncampus_url", "moncampus_cas_url", "ecal_url")) {
            person.with(key, gate.through(person.keys().get(key)));
        }
        return person;
    }
}
