package fr.moncampus.ecal.endtoend;

import static fr.moncampus.ecal.endtoend.Workplace.counts;
import static org.assertj.core.api.Assertions.assertThat;

import fr.moncampus.ecal.endtoend.Program.Outcome;
import fr.moncampus.ecal.endtoend.Workplace.Person;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.jar.Attributes;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Wrong usage and wrong configurations: exit 2, in French, before anything runs. */
class UsageIT {
    private final Workplace workplace = new Workplace();

    @AfterEach
    void close() {
        workplace.close();
    }

    @Test
    void everyCommandHelpsInFrench() {
        Map<String, Program> programs = new LinkedHashMap<>();
        programs.put("", workplace.start("--help"));
        for (String command : List.of(
                "add-config",
                "run",
                "sync",
                "plan",
                "approve",
                "adopt",
                "check",
                "status",
                "errors",
                "sandbox",
                "demo")) {
            programs.put(command, workplace.start(command, "--help"));
        }
        programs.forEach((command, program) -> {
            Outcome help = program.await();
            assertThat(help.exit()).as("%s: %s", command, help).isZero();
            assertThat(help.out())
                    .as(command)
                    .contains("Usage : moncampus-ecal", "Options :")
                    .doesNotContainIgnoringCase("show this help", "parameters:");
            assertThat(help.err()).as(command).isEmpty();
        });
    }

    /** What the scheduler loads, and what the JVM keeps ready for it. */
    @Test
    void neitherTheProgramsJarNorItsClassPathHoldsTheSandbox() throws IOException {
        try (JarFile jar = new JarFile(Program.JAR.toFile())) {
            assertThat(jar.stream().map(JarEntry::getName))
                    .filteredOn(name -> name.endsWith(".class"))
                    .anyMatch(name -> name.startsWith("fr/moncampus/ecal/ops/"))
                    .noneMatch(name -> name.matches("fr/moncampus/ecal/(sandbox|demo)/.*"));
            assertThat(jar.getManifest().getMainAttributes().getValue(Attributes.Name.CLASS_PATH))
                    .contains("lib/camel-main")
                    .doesNotContain("moncampus");
        }
    }

    @Test
    void wrongUsageIsExit2AndLeavesStandardOutputEmpty() {
        workplace.person("lea", 1);
        workplace.person("noe", 1);
        Map<List<String>, String> mistakes = new LinkedHashMap<>();
        mistakes.put(List.of(), "commande");
        mistakes.put(List.of("snyc"), "snyc");
        mistakes.put(List.of("sync", "--wibble"), "--wibble");
        mistakes.put(List.of("sync", "--format", "xml"), "xml");
        mistakes.put(List.of("errors", "--lines", "-5"), "« -5 » n'est pas une valeur possible pour --lines");
        mistakes.put(List.of("sync", "laea"), "lea, noe");
        mistakes.put(List.of("approve"), "CONFIG");
        mistakes.put(List.of("adopt", "lea", "xyz"), "8 chiffres");
        mistakes.put(List.of("sync", "--configs", "nulle part"), "aucune configuration");
        mistakes.put(List.of("run", "personne"), "lea, noe");
        mistakes.put(List.of("sync", "--routes", "nulle part"), "route");
        Map<List<String>, Program> programs = new LinkedHashMap<>();
        mistakes.keySet()
                .forEach(arguments -> programs.put(arguments, workplace.start(arguments.toArray(String[]::new))));
        programs.forEach((arguments, program) -> {
            Outcome outcome = program.await();
            assertThat(outcome.exit()).as("%s: %s", arguments, outcome).isEqualTo(2);
            assertThat(outcome.err())
                    .as("%s", arguments)
                    .containsIgnoringCase(mistakes.get(arguments))
                    .doesNotContain("Exception");
            assertThat(outcome.out()).as("%s", arguments).isEmpty();
        });
    }

    @Test
    void aBadConfigurationStopsNoOtherAndTheHighestCodeCounts() throws Exception {
        Person good = workplace.person("good", 3);
        Person refused = workplace.person("refused", 3).with("moncampus_password", "faux");
        workplace
                .person("bad", 3)
                .with("moncampus_end_date", "demain")
                .with("schedule", "toutes les heures")
                .with("moncampus_pasword", "x");
        workplace.person("placeholder", 3).with("moncampus_username", "votre_username_moncampus");
        Person twin = workplace.person("twin", 3);
        Person brother = workplace
                .person("brother", 3)
                .with("moncampus_username", " Prenom.TWIN ")
                .with("moncampus_url", twin.keys().get("moncampus_url"))
                .with("ecal_calendar_id", twin.keys().get("ecal_calendar_id"));

        Outcome outcome = workplace.sync();

        assertThat(outcome.exit()).as("%s", outcome).isEqualTo(3);
        assertThat(counts(outcome.json("good"))).isEqualTo(Map.of("created", 3));
        assertThat(good.events()).hasSize(3);
        assertThat(outcome.json("refused").at("/error/kind").asText()).isEqualTo("moncampus");
        for (String name : List.of("bad", "placeholder", "twin", "brother")) {
            assertThat(outcome.json(name).at("/error/kind").asText()).as(name).isEqualTo("configuration");
            assertThat(outcome.err()).contains(name + ".yml:");
        }
        assertThat(outcome.err())
                .as("all at once, with line and column")
                .containsPattern("bad\\.yml:4:\\d+: .*demain")
                .containsPattern("bad\\.yml:\\d+:\\d+: .*toutes les heures")
                .contains("moncampus_password")
                .containsPattern("placeholder\\.yml:1:\\d+: .*moncampus_username");
        assertThat(refused.logins()).isEqualTo(1);
        assertThat(twin.sandbox().log().total() + brother.sandbox().log().total())
                .as("one voice a calendar")
                .isZero();

        // the one file of the environment; what fights with it is an error although it was not asked for
        workplace.environment("CONFIG_FILE", "twin");
        assertThat(workplace.sync().exit()).isEqualTo(2);
        workplace.environment("CONFIG_FILE", good.file().toString());
        Outcome one = workplace.sync();
        assertThat(one.exit()).isZero();
        assertThat(one.json()).hasSize(1);
    }
}
