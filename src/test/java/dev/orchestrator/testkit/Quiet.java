package dev.orchestrator.testkit;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.slf4j.LoggerFactory;

/** Keeps the program's log out of the output of a test class that makes it complain hundreds of times. */
public final class Quiet implements BeforeAllCallback, AfterAllCallback {
    private static final String PROGRAM = "dev.orchestrator";

    @Override
    public void beforeAll(ExtensionContext context) {
        ((Logger) LoggerFactory.getLogger(PROGRAM)).setLevel(Level.OFF);
    }

    @Override
    public void afterAll(ExtensionContext context) {
        ((Logger) LoggerFactory.getLogger(PROGRAM)).setLevel(null);
    }
}
