package fr.moncampus.ecal.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import fr.moncampus.ecal.endtoend.Program.Outcome;
import fr.moncampus.ecal.endtoend.Workplace.Person;
import fr.moncampus.ecal.sandbox.Effect;
import fr.moncampus.ecal.sandbox.Fault;
import fr.moncampus.ecal.sandbox.Server;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Ctrl-C while somebody does not answer. */
class InterruptionIT {
    private final Workplace workplace = new Workplace();

    @AfterEach
    void close() {
        workplace.close();
    }

    @ParameterizedTest
    @CsvSource({"sync,TIMETABLE", "sync,ECAL", "plan,TIMETABLE", "plan,ECAL"})
    void aReadThatHangsIsBrokenOffAndTheResultSaysSo(String command, Server server) {
        Person person = workplace.person("lea", 3);
        person.sandbox()
                .faults()
                .add(Fault.on(server, Effect.delay(Duration.ofSeconds(50))).always());
        Program program = workplace.start(command, "--format", "json");
        program.until(() -> !person.sandbox().log().requests(server).isEmpty());
        long asked = System.nanoTime();

        Outcome ended = program.terminate().await();

        assertThat(ended.exit()).as("%s", ended).isEqualTo(130);
        assertThat(Duration.ofNanos(System.nanoTime() - asked)).as("%s", ended).isLessThan(Duration.ofSeconds(15));
        JsonNode line = ended.json("lea");
        assertThat(line.at("/error/kind").asText()).as("%s", ended).isEqualTo("interrupted");
        assertThat(workplace.errors(person)).isEmpty();
    }
}
