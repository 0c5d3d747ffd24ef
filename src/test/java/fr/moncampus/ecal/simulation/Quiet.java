package fr.moncampus.ecal.simulation;

import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/** The program's log is silent while the tests of a class play thousands of runs. */
final class Quiet implements BeforeAllCallback, AfterAllCallback {
    @Override
    public void beforeAll(ExtensionContext context) {
        Seeds.quiet();
    }

    @Override
    public void afterAll(ExtensionContext context) {
        Seeds.loud();
    }
}
