package fr.moncampus.ecal;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.stream.Collectors;
import org.junit.platform.engine.TestExecutionResult;
import org.junit.platform.engine.support.descriptor.ClassSource;
import org.junit.platform.engine.support.descriptor.MethodSource;
import org.junit.platform.launcher.TestExecutionListener;
import org.junit.platform.launcher.TestIdentifier;
import org.junit.platform.launcher.TestPlan;

/**
 * A line for every test that ran, whatever engine it is of: {@code passed}, {@code skipped}, or {@code failed} with its name and why.
 * Surefire's reports don't say it, since of a class with tests of two engines the second one's overwrites the first. Found by JUnit as a service;
 * {@code ./manage.sh test} counts the lines, and ends with those that failed.
 */
public final class TestCount implements TestExecutionListener {
    private final Path file;
    private TestPlan plan;

    public TestCount() {
        this(System.getProperty("tests.counted") == null ? null : Path.of(System.getProperty("tests.counted")));
    }

    /** @param file null to count nothing */
    TestCount(Path file) {
        this.file = file;
    }

    @Override
    public void testPlanExecutionStarted(TestPlan started) {
        plan = started;
    }

    @Override
    public void executionFinished(TestIdentifier test, TestExecutionResult result) {
        // a class whose preparation fails is a failure too
        if (test.isTest() || result.getStatus() == TestExecutionResult.Status.FAILED) {
            add(
                    switch (result.getStatus()) {
                        case SUCCESSFUL -> "passed";
                        case FAILED ->
                            "failed " + name(test)
                                    + result.getThrowable()
                                            .map(TestCount::reason)
                                            .orElse("");
                        case ABORTED -> "skipped";
                    });
        }
    }

    @Override
    public void executionSkipped(TestIdentifier test, String reason) {
        if (test.isTest()) {
            add("skipped");
        }
        plan.getDescendants(test).stream().filter(TestIdentifier::isTest).forEach(each -> add("skipped"));
    }

    private static String name(TestIdentifier test) {
        return test.getSource()
                .map(source -> source instanceof MethodSource method
                        ? method.getClassName() + "#" + method.getMethodName()
                        : source instanceof ClassSource type ? type.getClassName() : null)
                .orElse(test.getDisplayName());
    }

    private static String reason(Throwable thrown) {
        return " : "
                + thrown.toString().strip().lines().map(String::strip).limit(5).collect(Collectors.joining(" "));
    }

    private synchronized void add(String outcome) {
        if (file == null) {
            return;
        }
        try {
            Files.createDirectories(file.toAbsolutePath().getParent());
            Files.writeString(file, outcome + "\n", StandardOpenOption.CREATE, StandardOpenOption.APPEND);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
