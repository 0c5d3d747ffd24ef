package fr.moncampus.ecal.docs;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import fr.moncampus.ecal.ops.CommandLineFactory;
import fr.moncampus.ecal.report.RunResult;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine;

/** What the documents name exists. */
class DocumentsTest {
    private static final Pattern LINK = Pattern.compile("\\]\\(([^)#]+)(#[^)]*)?\\)");
    private static final Pattern VERB = Pattern.compile("\\./manage\\.sh ([a-z][a-z0-9-]*)");
    private static final Pattern OPTION = Pattern.compile("(?<![\\w-])--([a-z][a-z-]*)");
    private static final Pattern KEY = Pattern.compile(
            "\\b((?:moncampus|ecal)_[a-z_]+|delete_after|max_[a-z_]+|settle|teams_link|allow_http|error_file_path)\\b");
    private static final Pattern KEY_ROW = Pattern.compile("(?m)^\\| `(\\w+)` \\|");
    private static final Pattern FILE =
            Pattern.compile("`((?:docs|routes|src|configs)/[\\w./-]+\\.(?:md|yaml|java|properties|sql))`");
    private static final Pattern CLASS = Pattern.compile(
            "`(caldav|calendar|config|ecal|http|ics|memory|moncampus|ops|run|sandbox|sync|timetable)/([A-Z]\\w+)`");
    private static final Pattern COMMAND_ROW = Pattern.compile("(?m)^\\| `([a-z-]+)[^`]*` \\|");
    private static final Pattern BLOCK = Pattern.compile("(?ms)^ *```(\\w+)\n(.*?)^ *```");
    private static final Pattern HEADING = Pattern.compile("(?m)^#+ ");
    private static final Set<String> OF_OTHER_PROGRAMS =
            Set.of("build-arg", "now", "profile", "help", "bg", "port", "selector");

    static Stream<Path> documents() throws IOException {
        try (Stream<Path> docs = Files.list(Path.of("docs"))) {
            return Stream.concat(
                    Stream.of("README.md", "README.en.md", "configs/README.md").map(Path::of),
                    docs.filter(file -> file.toString().endsWith(".md")).sorted().toList().stream());
        }
    }

    @ParameterizedTest
    @MethodSource("documents")
    void everyLinkLeadsSomewhere(Path document) throws IOException {
        assertThat(found(LINK, document))
                .filteredOn(link -> !link.startsWith("https://"))
                .allSatisfy(link -> assertThat(
                                Path.of("").toAbsolutePath().resolve(document).resolveSibling(link))
                        .exists());
    }

    @ParameterizedTest
    @MethodSource("documents")
    void everyFileClassAndKeyExists(Path document) throws IOException {
        Set<String> keys = found(KEY_ROW, Path.of("configs/README.md"));

        assertThat(found(FILE, document))
                .allSatisfy(file -> assertThat(Path.of(file)).exists());
        assertThat(CLASS.matcher(Files.readString(document))
                        .results()
                        .map(match -> match.group(1) + "/" + match.group(2)))
                .allSatisfy(name -> assertThat(Path.of("src/main/java/fr/moncampus/ecal", name + ".java"))
                        .exists());
        assertThat(found(KEY, document))
                .map(key -> keys.contains(key) ? key : key.replaceFirst("_file$", ""))
                // the name of the program, and of its metrics
                .filteredOn(key -> !key.equals("moncampus_ecal") && !key.startsWith("moncampus_late"))
                .isSubsetOf(keys);
    }

    @ParameterizedTest
    @MethodSource("documents")
    void everyVerbIsOneOfTheScriptAndEveryOptionOneOfTheProgram(Path document) throws IOException {
        String script = Files.readString(Path.of("manage.sh"));
        Set<String> options = subcommands().values().stream()
                .flatMap(command -> command.getCommandSpec().options().stream())
                .flatMap(option -> Stream.of(option.names()))
                .map(name -> name.replaceFirst("^-+", ""))
                .collect(Collectors.toSet());
        try (Stream<Path> scripts = Files.list(Path.of("scripts"))) {
            for (Path part : scripts.toList()) {
                options.addAll(found(OPTION, part));
            }
        }

        assertThat(found(VERB, document))
                .allSatisfy(verb ->
                        assertThat(script).containsPattern("(?m)^  ([a-z| -]*\\| )?" + verb + "( \\|[a-z| ]*)?\\)"));
        assertThat(found(OPTION, document))
                .filteredOn(option -> !OF_OTHER_PROGRAMS.contains(option))
                .isSubsetOf(options);
    }

    @ParameterizedTest
    @ValueSource(strings = {"README.md", "README.en.md"})
    void theReadmeHasEveryCommandAndTheFieldsOfTheResult(String readme) throws IOException {
        Set<String> commands = new TreeSet<>(subcommands().keySet());
        // a hidden one is for manage.sh, and --help does not show it either
        commands.removeIf(
                name -> subcommands().get(name).getCommandSpec().usageMessage().hidden());
        commands.remove("bench");
        String text = Files.readString(Path.of(readme));
        JsonNode result = new ObjectMapper()
                .readTree(BLOCK.matcher(text)
                        .results()
                        .filter(block -> block.group(1).equals("json"))
                        .findFirst()
                        .orElseThrow()
                        .group(2));

        assertThat(found(COMMAND_ROW, Path.of(readme))).containsExactlyInAnyOrderElementsOf(commands);
        assertThat(result.fieldNames())
                .toIterable()
                .containsExactlyElementsOf(() -> new ObjectMapper()
                        .valueToTree(RunResult.refused("config1"))
                        .fieldNames());
        assertThat(text.indexOf("./manage.sh demo"))
                .isLessThan(text.indexOf("./manage.sh test"))
                .isLessThan(600);
    }

    @Test
    void bothReadmesHaveTheSamePartsAndExamples() throws IOException {
        String french = Files.readString(Path.of("README.md"));
        String english = Files.readString(Path.of("README.en.md"));

        assertThat(HEADING.matcher(english).results().map(match -> match.group()))
                .containsExactlyElementsOf(HEADING.matcher(french)
                        .results()
                        .map(match -> match.group())
                        .toList());
        assertThat(shown(english)).containsExactlyElementsOf(shown(french));
        assertThat(links(english))
                .containsAll(links(french).stream()
                        .filter(link -> !link.equals("README.en.md"))
                        .toList());
    }

    /** Output and what is pasted is the same in both; commands and files have comments in their language. */
    private static List<String> shown(String text) {
        return BLOCK.matcher(text)
                .results()
                .map(block -> Set.of("text", "json").contains(block.group(1))
                                || block.group(2).startsWith("          - ")
                        ? block.group(2)
                        : block.group(1))
                .toList();
    }

    private static List<String> links(String text) {
        return LINK.matcher(text).results().map(link -> link.group(1)).toList();
    }

    private static Set<String> found(Pattern pattern, Path document) throws IOException {
        return pattern.matcher(Files.readString(document))
                .results()
                .map(match -> match.group(1))
                .collect(Collectors.toCollection(TreeSet::new));
    }

    /** The command line takes the standard streams over, which a test has to give back. */
    private static Map<String, CommandLine> subcommands() {
        PrintStream out = System.out;
        PrintStream err = System.err;
        try {
            return CommandLineFactory.create().getSubcommands();
        } finally {
            System.setOut(out);
            System.setErr(err);
        }
    }
}
