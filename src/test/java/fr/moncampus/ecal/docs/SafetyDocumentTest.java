package fr.moncampus.ecal.docs;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** A promise is worth its proof: every test that docs/safety.md names exists. */
class SafetyDocumentTest {
    private static final Pattern PROOF = Pattern.compile("`([A-Z]\\w*(?:Test|IT))(?:#(\\w+))?`");

    @Test
    void everyProofExists() throws IOException {
        Map<String, Path> tests;
        try (Stream<Path> files = Files.walk(Path.of("src/test/java"))) {
            tests = files.filter(file -> file.toString().endsWith(".java"))
                    .collect(Collectors.toMap(
                            file -> file.getFileName().toString().replace(".java", ""),
                            file -> file,
                            (one, other) -> one));
        }
        Matcher proof = PROOF.matcher(Files.readString(Path.of("docs/safety.md")));
        int proofs = 0;
        while (proof.find()) {
            proofs++;
            assertThat(tests).containsKey(proof.group(1));
            if (proof.group(2) != null) {
                assertThat(Files.readString(tests.get(proof.group(1))))
                        .as(proof.group())
                        .contains("void " + proof.group(2) + "(");
            }
        }
        assertThat(proofs).isGreaterThan(40);
    }

    @Test
    void everyRowOfATableHasAProof() throws IOException {
        assertThat(Files.readAllLines(Path.of("docs/safety.md")).stream()
                        .filter(line -> line.startsWith("| ")
                                && !line.startsWith("| ---")
                                && !line.matches("\\| (promise|weakness) .*")))
                .isNotEmpty()
                .allMatch(line -> PROOF.matcher(line).find());
    }
}
