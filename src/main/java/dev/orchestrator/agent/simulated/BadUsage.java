package dev.orchestrator.agent.simulated;

/** Ends the program with exit code 1 and this message; without a stack trace, so that it is one line. */
final class BadUsage extends RuntimeException {
    private static final long serialVersionUID = 1;

    BadUsage(String message) {
        super("[simulated] " + message, null, false, false);
    }
}
