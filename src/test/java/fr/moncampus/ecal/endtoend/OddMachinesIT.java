package fr.moncampus.ecal.endtoend;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import fr.moncampus.ecal.endtoend.Program.Outcome;
import fr.moncampus.ecal.endtoend.Workplace.Person;
import fr.moncampus.ecal.sandbox.Effect;
import fr.moncampus.ecal.sandbox.Fault;
import fr.moncampus.ecal.sandbox.Server;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Machines as users have them: odd folders, old locales, full disks, variables that happen to be there. */
class OddMachinesIT {
    private final Workplace workplace = new Workplace();

    @AfterEach
    void close() {
        workplace.close();
    }

    @Test
    void foldersMayBeCalledAnything() throws Exception {
        Path odd = Files.createDirectories(workplace.folder().resolve("é+a,b?c%d%41#e{{f}}&g h"));
        copy(Path.of("routes"), odd.resolve("routes"));
        Path errors = odd.resolve("mes erreurs?{{x}}.txt");
        Person lea = workplace.person("lea", 2).with("error_file_path", errors.toString());
        Path data = odd.resolve("data");
        workplace.environment("ROUTES_DIR", odd.resolve("routes").toString()).environment("DATA_DIR", data.toString());

        Outcome first = workplace.sync();
        assertThat(first.exit()).as("%s", first).isZero();
        assertThat(lea.events()).hasSize(2);
        assertThat(data.resolve("moncampus-ecal.db")).isNotEmptyFile();

        lea.sandbox()
                .faults()
                .add(Fault.on(Server.TIMETABLE, Effect.status(503)).always());
        assertThat(workplace.sync().exit()).isEqualTo(3);
        assertThat(errors).content().contains("| lea | passage ");
        assertThat(workplace.run("errors").out()).contains("| lea | passage ");
    }

    @ParameterizedTest
    @ValueSource(strings = {"ISO-8859-1", "windows-1252", "US-ASCII"})
    void textIsUtf8WhateverTheMachineSays(String charset) {
        workplace.person("lea", 1);
        workplace.environment("LC_ALL", "POSIX").property("file.encoding=" + charset);

        assertThat(workplace.run("--help").out()).contains("Garde l'emploi du temps MonCampus à jour");
        Outcome outcome = workplace.run("plan");
        assertThat(outcome.exit()).as("%s", outcome).isZero();
        assertThat(outcome.out()).contains("1 à créer");
    }

    @Test
    void manyStartsAtOnceWithoutAUsableTemporaryFolderPrintNoTrace() {
        workplace.person("lea", 1);
        workplace.property("java.io.tmpdir=" + workplace.folder().resolve("nowhere"));
        assertThat(workplace.sync().exit()).isZero();

        List<Program> programs = IntStream.range(0, 8)
                .mapToObj(i -> workplace.start("status", "--format", "json"))
                .toList();

        for (Program program : programs) {
            Outcome outcome = program.await();
            assertThat(outcome.exit()).as("%s", outcome).isZero();
            assertThat(outcome.err()).isEmpty();
        }
    }

    @Test
    void variablesOfTheMachineChangeNoSetting() {
        Person lea = workplace.person("lea", 2);
        for (String name : List.of("RETRY_ATTEMPTS", "RETRY_DELAY", "CONFIG", "SCHEDULE", "TIME_ZONE", "ECAL_URL")) {
            workplace.environment(name, "rien");
        }

        assertThat(workplace.sync().exit()).isZero();
        assertThat(lea.events()).hasSize(2);
    }

    @Test
    void aResultThatCannotBeWrittenIsNoSuccess() {
        assumeThat(Path.of("/dev/full")).exists();
        Person lea = workplace.person("lea", 2);

        Outcome outcome = workplace.into(Path.of("/dev/full"), "sync");

        assertThat(outcome.exit()).as("%s", outcome).isEqualTo(1);
        assertThat(outcome.err()).contains("sortie standard");
        assertThat(lea.events()).hasSize(2);
    }

    private static void copy(Path from, Path to) throws Exception {
        Files.createDirectories(to);
        try (Stream<Path> files = Files.list(from)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                Files.copy(file, to.resolve(file.getFileName()));
            }
        }
    }
}
