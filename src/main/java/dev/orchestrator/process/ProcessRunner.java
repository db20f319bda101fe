package dev.orchestrator.process;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/** Starts processes and finds them again. Stateless, thread-safe. */
public final class ProcessRunner {
    /**
     * The start time of a process is derived from the time at which the machine booted, and two readers can differ by the
     * second to which that is rounded. No pid comes round again that fast.
     */
    private static final Duration START_TOLERANCE = Duration.ofSeconds(2);

    /** Starts {@code spec}. */
    public Launch start(ProcessSpec spec) {
        ProcessBuilder builder = new ProcessBuilder(spec.command())
                .directory(spec.directory().toFile())
                .redirectInput(spec.stdin().toFile())
                .redirectOutput(spec.stdout().toFile())
                .redirectError(spec.stderr().toFile());
        builder.environment().clear();
        builder.environment().putAll(spec.environment());
        try {
            return new Launch.Started(RunningProcess.started(builder.start()));
        } catch (IOException e) {
            Path program = Path.of(spec.command().get(0));
            return new Launch.NotStarted(String.valueOf(e.getMessage()), !Files.isExecutable(program));
        }
    }

    /**
     * The living process {@code pid}, if it is still the one that was started at {@code startedAt}; a pid is used again
     * when its process has ended.
     */
    public Optional<RunningProcess> find(long pid, Instant startedAt) {
        return ProcessHandle.of(pid)
                .filter(ProcessHandle::isAlive)
                .filter(handle -> handle.info()
                        .startInstant()
                        .map(start -> Duration.between(start, startedAt).abs().compareTo(START_TOLERANCE) <= 0)
                        .orElse(false))
                .map(RunningProcess::found);
    }

    /**
     * The living process that has {@code argument} on its command line. Slow: looks at every process. Finds nothing on
     * Windows, where other processes' arguments cannot be read.
     */
    public Optional<RunningProcess> findByArgument(String argument) {
        return ProcessHandle.allProcesses()
                .filter(handle -> handle.pid() != ProcessHandle.current().pid())
                .filter(handle -> handle.info().arguments().stream()
                        .flatMap(java.util.Arrays::stream)
                        .anyMatch(argument::equals))
                .findFirst()
                .map(RunningProcess::found);
    }

    /** This process, as another would find it. */
    public record Self(long pid, Optional<Instant> startedAt) {}

    public static Self self() {
        ProcessHandle self = ProcessHandle.current();
        return new Self(self.pid(), self.info().startInstant());
    }
}
