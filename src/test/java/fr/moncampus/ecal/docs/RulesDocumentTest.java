package fr.moncampus.ecal.docs;

import static org.assertj.core.api.Assertions.assertThat;

import fr.moncampus.ecal.config.Key;
import java.io.IOException;
import java.lang.reflect.Field;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** docs/rules.md says what the code does: its numbers are the code's, its classes and tests exist, and rules go by their names everywhere. */
class RulesDocumentTest {
    private static final Path PAGE = Path.of("docs/rules.md");
    /** A number, perhaps with a unit and some words, and in brackets where the code has it. */
    private static final Pattern NUMBER =
            Pattern.compile("(\\d+(?:\\.\\d+)?)( seconds| minutes| hours)?[^`\\d]*\\(`([\\w.]+)`\\)");

    private static final Pattern CODE = Pattern.compile("`(\\w+)/(\\w+)`");
    private static final Pattern PROOF = Pattern.compile("`(\\w+)(?:#(\\w+))?`");
    private static final Pattern BY_NUMBER = Pattern.compile("(?i)\\b(?:rules?|règles?) \\d");

    private record Rule(String name, String promise, Map<String, String> lines) {
        static Rule of(String section) {
            List<String> lines = section.lines().filter(line -> !line.isBlank()).toList();
            return new Rule(
                    lines.get(0),
                    lines.get(1),
                    lines.stream()
                            .filter(line -> line.startsWith("- "))
                            .map(line -> line.substring(2).split(": ", 2))
                            .collect(Collectors.toMap(line -> line[0], line -> line[1])));
        }
    }

    @TestFactory
    Stream<DynamicTest> everyRuleHasAPromiseAReasonAndAProof() throws IOException {
        return each(rule -> {
            assertThat(rule.promise()).endsWith(".").doesNotStartWith("-");
            assertThat(rule.lines()).containsKeys("Numbers", "Why", "Code", "Proof");
        });
    }

    @TestFactory
    Stream<DynamicTest> everyNumberIsTheCodes() throws IOException {
        return each(rule -> {
            String numbers = rule.lines().get("Numbers");
            Matcher number = NUMBER.matcher(numbers);
            StringBuilder rest = new StringBuilder();
            while (number.find()) {
                assertThat(value(number.group(1), number.group(2)))
                        .as(number.group())
                        .isEqualTo(inCode(number.group(3)));
                number.appendReplacement(rest, "");
            }
            number.appendTail(rest);
            assertThat(rest.toString())
                    .as("numbers that do not say where they stand")
                    .doesNotContainPattern("\\d");
        });
    }

    @TestFactory
    Stream<DynamicTest> everyClassAndTestExists() throws IOException {
        Map<String, Path> tests = sources(Path.of("src/test/java"))
                .filter(file -> !isSandbox(file))
                .collect(Collectors.toMap(
                        file -> file.getFileName().toString().replace(".java", ""),
                        Function.identity(),
                        (one, other) -> one));
        return each(rule -> {
            assertThat(CODE.matcher(rule.lines().get("Code")).results())
                    .isNotEmpty()
                    .allSatisfy(name -> assertThat(source(name.group(1) + "/" + name.group(2)))
                            .exists());
            assertThat(PROOF.matcher(rule.lines().get("Proof")).results())
                    .isNotEmpty()
                    .allSatisfy(test -> {
                        assertThat(tests.keySet()).contains(test.group(1));
                        assertThat(Files.readString(tests.get(test.group(1)))
                                        .contains(test.group(2) == null ? "class " : "void " + test.group(2) + "("))
                                .as(test.group())
                                .isTrue();
                    });
        });
    }

    @Test
    void noRuleGoesByANumber() throws IOException {
        List<Path> places = Stream.of("src", "routes", "docs", "configs", "README.md", "README.en.md")
                .map(Path::of)
                .toList();
        for (Path place : places) {
            for (Path file : files(place).toList()) {
                assertThat(new String(Files.readAllBytes(file), StandardCharsets.UTF_8).lines())
                        .as(file.toString())
                        .noneMatch(line -> BY_NUMBER.matcher(line).find());
            }
        }
    }

    private static Stream<DynamicTest> each(Check check) throws IOException {
        List<Rule> rules = Arrays.stream(Files.readString(PAGE).split("(?m)^## "))
                .skip(1)
                .map(Rule::of)
                .toList();
        assertThat(rules).hasSizeGreaterThan(10);
        return rules.stream().map(rule -> DynamicTest.dynamicTest(rule.name(), () -> check.of(rule)));
    }

    private interface Check {
        void of(Rule rule) throws Exception;
    }

    private static Object value(String number, String unit) {
        return unit == null
                ? Double.valueOf(number)
                : switch (unit) {
                    case " seconds" -> Duration.ofSeconds(Long.parseLong(number));
                    case " minutes" -> Duration.ofMinutes(Long.parseLong(number));
                    default -> Duration.ofHours(Long.parseLong(number));
                };
    }

    /** A constant of a class, or the default of a configuration's key. */
    private static Object inCode(String name) throws ReflectiveOperationException, IOException {
        if (!name.contains(".")) {
            String text = Arrays.stream(Key.values())
                    .filter(key -> key.key().equals(name))
                    .findFirst()
                    .orElseThrow()
                    .defaultValue();
            return text.startsWith("P") ? Duration.parse(text) : Double.valueOf(text);
        }
        String[] parts = name.split("\\.");
        Path file = sources(Path.of("src/main/java"))
                .filter(each -> each.endsWith(parts[0] + ".java") && !isSandbox(each))
                .findFirst()
                .orElseThrow();
        String type = Path.of("src/main/java")
                .relativize(file)
                .toString()
                .replace(".java", "")
                .replace('/', '.');
        Field constant = Class.forName(type).getDeclaredField(parts[1]);
        constant.setAccessible(true);
        Object value = constant.get(null);
        return value instanceof Number number ? Double.valueOf(number.doubleValue()) : value;
    }

    /** The sandbox has classes of the same names, and follows no rule of the plan. */
    private static boolean isSandbox(Path file) {
        return file.toString().contains("sandbox");
    }

    private static Path source(String name) {
        return Path.of("src/main/java/fr/moncampus/ecal", name + ".java");
    }

    private static Stream<Path> sources(Path folder) throws IOException {
        return files(folder).filter(file -> file.toString().endsWith(".java"));
    }

    private static Stream<Path> files(Path place) throws IOException {
        try (Stream<Path> files = Files.walk(place)) {
            return files.filter(Files::isRegularFile).toList().stream();
        }
    }
}
