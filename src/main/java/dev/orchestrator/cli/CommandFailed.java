package dev.orchestrator.cli;

/** Ends a command with a message for the user and an exit code. */
final class CommandFailed extends RuntimeException {
    private static final long serialVersionUID = 1;
    private final ExitCode exitCode;

    CommandFailed(ExitCode exitCode, String message) {
        super(message);
        this.exitCode = exitCode;
    }

    ExitCode exitCode() {
        return exitCode;
    }
}
