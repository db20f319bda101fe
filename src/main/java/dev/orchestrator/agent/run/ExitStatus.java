package dev.orchestrator.agent.run;

import dev.orchestrator.task.Failure;
import dev.orchestrator.task.FailureCategory;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;

/** What the exit code of a run without a result tells. Pure. */
public final class ExitStatus {
    /** A shell and the JDK both add the signal's number to it. */
    private static final int SIGNALLED = 128;

    private static final int LAST_SIGNAL = 64;
    private static final int NOT_EXECUTABLE = 126;
    private static final int NOT_FOUND = 127;

    /** Those that have the same number everywhere. */
    private static final Map<Integer, String> SIGNALS = Map.ofEntries(
            Map.entry(1, "SIGHUP"),
            Map.entry(2, "SIGINT"),
            Map.entry(3, "SIGQUIT"),
            Map.entry(4, "SIGILL"),
            Map.entry(5, "SIGTRAP"),
            Map.entry(6, "SIGABRT"),
            Map.entry(8, "SIGFPE"),
            Map.entry(9, "SIGKILL"),
            Map.entry(11, "SIGSEGV"),
            Map.entry(13, "SIGPIPE"),
            Map.entry(14, "SIGALRM"),
            Map.entry(15, "SIGTERM"));

    private ExitStatus() {}

    /** A program that was never there: a wrapper or a shell says so by its exit code. */
    public static Optional<Failure> notStarted(OptionalInt code, String stderr) {
        String how = "the agent could not be started (exit code " + code.orElse(0) + ")";
        return switch (code.orElse(0)) {
            case NOT_FOUND -> Optional.of(Words.failure(FailureCategory.AGENT_MISSING, how, Words.lastLine(stderr)));
            case NOT_EXECUTABLE ->
                Optional.of(Words.failure(FailureCategory.CONFIG, how, Words.lastLine(stderr))
                        .suggesting("Make `claude.command` a program that this user may run; `doctor` checks it."));
            default -> Optional.empty();
        };
    }

    public static boolean isSignal(OptionalInt exitCode) {
        int code = exitCode.orElse(0);
        return code > SIGNALLED && code <= SIGNALLED + LAST_SIGNAL;
    }

    /** @param began whether the program had said that it is up */
    public static Failure failure(OptionalInt exitCode, boolean began, String stderr) {
        int code = exitCode.orElse(0);
        if (isSignal(exitCode)) {
            return killed(code - SIGNALLED);
        }
        if (code != 0) {
            String how = "the agent ended with exit code " + code;
            return stderr.isBlank()
                    ? Failure.of(FailureCategory.CRASH, how + ", without a word")
                    : Words.failure(FailureCategory.CRASH, how, Words.lastLine(stderr));
        }
        String how = began ? "in the middle" : "before it began";
        return Failure.of(FailureCategory.NO_RESULT, "the agent ended " + how + ", without a result");
    }

    private static Failure killed(int signal) {
        String name = SIGNALS.get(signal);
        String named = name == null ? "signal " + signal : "signal " + signal + " (" + name + ")";
        return Failure.of(FailureCategory.KILLED, "the agent was ended by " + named + " before it gave a result");
    }
}
