package fr.moncampus.ecal.config;

import static fr.moncampus.ecal.config.Written.load;
import static fr.moncampus.ecal.config.Written.valid;
import static fr.moncampus.ecal.config.Written.with;
import static fr.moncampus.ecal.config.Written.write;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class RoutesTest {
    private static final String TEMPLATE = """
            - routeTemplate:
                id: notify
                parameters:
                  - name: config
                    description: The configuration's name
                  - name: webhook
                    description: Where to post
                  - name: greeting
                    description: What to say first
                    defaultValue: Bonjour
                  - name: footer
                    description: What to say last
                    required: false
                route:
                  id: "{{config}}-notify"
                  from:
                    uri: "direct:{{config}}-notify"
                    steps:
                      - setBody:
                          expression:
                            simple:
                              expression: "{{greeting}} ${body} {{?footer}} {{room:none}} {{env:HOME}}"
                      - loop:
                          expression:
                            constant:
                              expression: 2
                          copy: "{{greeting}}"
                          steps:
                            - to:
                                uri: "{{webhook}}"
            """;

    @TempDir
    Path folder;

    @Test
    void aTemplateIsReadWithItsParameters() {
        RouteFiles routes = routes(TEMPLATE);

        assertThat(all(routes)).isEmpty();
        assertThat(routes.templates()).singleElement().satisfies(template -> {
            assertThat(template.id()).isEqualTo("notify");
            assertThat(template.line()).isEqualTo(1);
            assertThat(template.parameters())
                    .extracting(Template.Parameter::name)
                    .containsExactly("config", "webhook", "greeting", "footer");
            assertThat(template.parameters())
                    .extracting(Template.Parameter::required)
                    .containsExactly(true, true, false, false);
            assertThat(template.parameters().get(2))
                    .isEqualTo(new Template.Parameter(
                            "greeting", false, "Bonjour", "What to say first", new Position(8, 15)));
        });
    }

    static Stream<Arguments> mistakes() {
        return Stream.of(
                mistake(
                        "description: What to say last",
                        "descripton: What",
                        "12:9",
                        "« descripton »",
                        "« description »",
                        "11:15"),
                mistake("- setBody:", "- setBdy:", "19:13", "« setBdy »", "« setBody »"),
                mistake("simple:", "simpel:", "21:17", "« simpel »", "« simple »"),
                mistake("uri: \"{{webhook}}\"", "url: \"{{webhook}}\"", "30:21", "« url »", "« uri »"),
                mistake("from:\n", "From:\n", "16:7", "« From »", "« from »"),
                mistake("- to:\n", "- log: x\n                  to:\n", "29:19", "plusieurs étapes", "un tiret"),
                mistake("- to:\n", "to:\n", "29:17", "une liste", "le décalage"),
                mistake("- routeTemplate:", "- routeTemplat:", "1:3", "« routeTemplat »", "« routeTemplate »", "11:15"),
                mistake("id: notify", "ref: notify", "2:5", "« ref »", ""),
                mistake("name: webhook", "nom: webhook", "6:9", "« nom »", "orthographe", "30:26"),
                mistake("{{greeting}} ", "{{greting}} ", "22:31", "« {{greting}} »", "« greeting »"),
                mistake("What to say last", "''", "11:15", "pas de description", "description"),
                mistake("id: notify", "id: notify\n    id: other", "3:5", "deux fois", "une seule"),
                mistake("uri: \"{{webhook}}\"", "uri: \"{{webhook}}", "30:26", "n'est pas bien fermé", ""),
                mistake("- routeTemplate:", "routeTemplate:", "1:1", "une liste", "« - route: »"));
    }

    @ParameterizedTest
    @MethodSource("mistakes")
    void eachMistakeIsFoundWhereItStands(
            String right, String wrong, String place, String message, String fix, List<String> others) {
        List<Finding> findings = all(routes(TEMPLATE.replace(right, wrong)));

        assertThat(findings)
                .filteredOn(finding -> !others.contains(finding.line() + ":" + finding.column()))
                .singleElement()
                .satisfies(finding -> {
                    assertThat(finding.line() + ":" + finding.column()).isEqualTo(place);
                    assertThat(finding.message()).contains(message);
                    assertThat(finding.fix()).contains(fix);
                });
    }

    @Test
    void idsAreUniqueInTheWholeFolder() {
        write(folder, "a.camel.yaml", TEMPLATE);
        write(folder, "b.camel.yaml", TEMPLATE.replace("notify\n", "other\n"));

        assertThat(RouteFiles.read(folder).findings())
                .singleElement()
                .satisfies(finding -> assertThat(finding.toString())
                        .contains("b.camel.yaml:15:11")
                        .contains("« {{config}}-notify »")
                        .contains("a.camel.yaml:15"));
    }

    @Test
    void aFolderWithoutRoutesIsAnError() {
        assertThat(RouteFiles.read(folder).findings())
                .singleElement()
                .satisfies(finding -> assertThat(finding.isError()).isTrue());
        assertThat(RouteFiles.read(folder.resolve("absent")).findings()).hasSize(1);
    }

    @Test
    void aWordInPlaceOfARouteIsAnErrorWhereItStands() {
        assertThat(all(routes(TEMPLATE + "- nonsense\n")))
                .singleElement()
                .satisfies(finding -> assertThat(finding.isError()
                                && finding.line() == TEMPLATE.lines().count() + 1)
                        .isTrue());
    }

    @Test
    void aFileWithAnotherEndingIsAWarning() {
        write(folder, "notify.yaml", TEMPLATE);
        write(folder, "a.camel.yaml", TEMPLATE);

        assertThat(RouteFiles.read(folder).findings()).singleElement().satisfies(finding -> {
            assertThat(finding.isError()).isFalse();
            assertThat(finding.fix()).contains("notify.camel.yaml");
        });
    }

    @Test
    void aParameterThatNobodyGivesIsFoundInTheTemplate() {
        assertThat(parameters(valid())).singleElement().satisfies(finding -> {
            assertThat(finding.toString())
                    .contains("a.camel.yaml:6:15")
                    .contains("« webhook »")
                    .contains("lea.yml");
            assertThat(finding.isError()).isTrue();
        });
    }

    @Test
    void aKeyThatATemplateDeclaresIsFine() {
        assertThat(parameters(with("webhook: https://example.org", "footer: Bye")))
                .isEmpty();
    }

    @Test
    void aKeyThatNoTemplateDeclaresIsFoundInTheConfiguration() {
        assertThat(parameters(with("webhook: https://example.org", "foter: Bye", "config: mine", "room: 12")))
                .extracting(Finding::line, Finding::fix)
                .satisfiesExactly(
                        reserved -> assertThat(reserved.toList()).first().isEqualTo(10),
                        misspelled -> assertThat(misspelled.toList().toString())
                                .startsWith("[9, ")
                                .contains("« footer »"),
                        unknown -> assertThat(unknown.toList().toString())
                                .startsWith("[11, ")
                                .contains("enlevez cette ligne"));
    }

    @Test
    void aPropertyOfTheApplicationIsNoUndeclaredPlaceholder() {
        RouteFiles routes = routes("- route:\n    id: a\n    from:\n      uri: direct:{{retry.delay}}\n");

        assertThat(RouteParameters.checkPlaceholders(routes, Set.of("retry.delay")::contains))
                .isEmpty();
        assertThat(RouteParameters.checkPlaceholders(routes, name -> false))
                .singleElement()
                .satisfies(finding -> assertThat(finding.line()).isEqualTo(4));
    }

    @Property(tries = 100)
    void anyTextHasFindingsInsteadOfExceptions(@ForAll("yamlSigns") String text, @ForAll("places") int place)
            throws Exception {
        Path any = Files.createTempDirectory("routes");
        Path file = write(any, "a.camel.yaml", TEMPLATE.substring(0, place) + text + TEMPLATE.substring(place));
        try {
            assertThat(all(RouteFiles.read(any)))
                    .allSatisfy(finding -> assertThat(finding.line()).isPositive());
        } finally {
            Files.delete(file);
            Files.delete(any);
        }
    }

    @Provide
    Arbitrary<String> yamlSigns() {
        return Arbitraries.strings().withChars(":-?[]{}&*!|>'\"%@`#, \t\nab0~").ofMaxLength(12);
    }

    @Provide
    Arbitrary<Integer> places() {
        return Arbitraries.integers().between(0, TEMPLATE.length());
    }

    private RouteFiles routes(String text) {
        write(folder, "a.camel.yaml", text);
        return RouteFiles.read(folder);
    }

    private static List<Finding> all(RouteFiles routes) {
        return Stream.of(
                        routes.findings(),
                        RouteCheck.check(routes),
                        RouteParameters.checkPlaceholders(routes, name -> false))
                .flatMap(List::stream)
                .toList();
    }

    private List<Finding> parameters(String configuration) {
        return RouteParameters.check(
                routes(TEMPLATE).templates(), Set.of("config"), load(write(folder, "lea.yml", configuration)));
    }

    private static Arguments mistake(
            String right, String wrong, String place, String message, String fix, String... others) {
        return Arguments.of(right, wrong, place, message, fix, List.of(others));
    }
}
