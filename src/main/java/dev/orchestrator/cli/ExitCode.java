package dev.orchestrator.cli;

/** What the process tells its caller. */
public enum ExitCode {
    DONE(0),
    /** The task or the check failed. */
    FAILED(1),
    USAGE(2),
    CONFIGURATION(3),
    /** No daemon or no agent is there. */
    UNAVAILABLE(4),
    INTERNAL(5);

    private final int code;

    ExitCode(int code) {
        this.code = code;
    }

    public int code() {
        return code;
    }
}
