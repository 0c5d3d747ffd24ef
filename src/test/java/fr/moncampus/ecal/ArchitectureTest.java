package fr.moncampus.ecal;

import static com.tngtech.archunit.base.DescribedPredicate.describe;
import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.type;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import java.util.Arrays;
import java.util.stream.Stream;
import org.apache.camel.CamelContext;
import org.apache.camel.impl.DefaultCamelContext;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Packages depend one way, decisions do without Camel, and tests start Camel as the program does. */
class ArchitectureTest {
    private static final String ROOT = "fr.moncampus.ecal";
    private static final JavaClasses CLASSES = new ClassFileImporter()
            .importUrl(App.class.getProtectionDomain().getCodeSource().getLocation());

    @ParameterizedTest
    @CsvSource({
        "config, ''",
        "http, ''",
        "time, ''",
        "log, ''",
        "door, ''",
        "sandbox, ''",
        "timetable, http",
        "calendar, ''",
        "ecal, config http calendar",
        "moncampus, config http timetable",
        "ics, config http timetable",
        "caldav, config http calendar",
        "sync, config calendar timetable",
        "report, http calendar sync time",
        "memory, http moncampus calendar timetable sync report time",
        "feed, config calendar memory door",
        "run, config http calendar timetable caldav ecal moncampus ics feed sync report memory time",
        "watch, config calendar sync report memory run time door",
        "page, config http calendar sync report memory run watch time door",
        "ops, config http calendar timetable ics feed sync report memory run watch time log door page",
        "demo, config calendar sync report memory run ops page door sandbox"
    })
    void aPackageUsesOnlyThoseBelowIt(String name, String below) {
        String[] allowed = Stream.concat(
                        Stream.of(name), Arrays.stream(below.split(" ")).filter(each -> !each.isEmpty()))
                .map(each -> ROOT + "." + each + "..")
                .toArray(String[]::new);

        classes()
                .that()
                .resideInAPackage(ROOT + "." + name)
                .should()
                .onlyDependOnClassesThat(resideInAnyPackage(allowed)
                        .or(not(resideInAPackage(ROOT + "..")))
                        // where the program's own files are
                        .or(type(App.class)))
                .check(CLASSES);
    }

    /** See {@link Contexts}. */
    @Test
    void aTestStartsNoContextThatConnectsTheCommandLine() {
        noClasses()
                .that(describe(
                        "start a context",
                        each -> each.getMethodCallsFromSelf().stream()
                                .anyMatch(call -> call.getName().equals("start")
                                        && call.getTargetOwner().isAssignableTo(CamelContext.class))))
                .should()
                .callConstructor(DefaultCamelContext.class)
                .check(new ClassFileImporter()
                        .importUrl(ArchitectureTest.class
                                .getProtectionDomain()
                                .getCodeSource()
                                .getLocation()));
    }

    @Test
    void thereAreNoCircles() {
        slices().matching(ROOT + ".(*)..").should().beFreeOfCycles().check(CLASSES);
    }

    /** Decisions are plain Java: Camel stays in the classes that routes call. */
    @Test
    void thePlanKnowsNothingOfCamel() {
        classes()
                .that()
                .resideInAnyPackage(ROOT + ".sync", ROOT + ".config")
                .and()
                .haveSimpleNameNotStartingWith("Route")
                .should()
                .onlyDependOnClassesThat(not(resideInAPackage("org.apache.camel..")))
                .check(CLASSES);
    }
}
