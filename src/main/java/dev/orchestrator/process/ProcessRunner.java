package dev.orchestrator.process;

import dev.orchestrator.time.TimeSource;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/** Starts processes and finds them again, with what they started. Stateless, thread-safe. */
public final class ProcessRunner {
    /**
     * The start time of a process is derived from the time at which the machine booted, and two readers can differ by the
     * second to which that is rounded. No pid comes round again that fast.
     */
    private static final Duration START_TOLERANCE = Duration.ofSeconds(2);

    /** What the system says when it may have room again in a moment; the JDK passes on the words alone. */
    private static final Pattern OUT_OF_RESOURCES = Pattern.compile(
            "resource temporarily unavailable|cannot allocate memory|not enough space|too many open files"
                    + "|no space left on device|quota exceeded",
            Pattern.CASE_INSENSITIVE);

    private final ProcessTable table;

    public ProcessRunner() {
        this(ProcessTable.OF_THIS_MACHINE);
    }

    ProcessRunner(ProcessTable table) {
        this.table = table;
    }

    /** Starts {@code spec}. */
    public Launch start(ProcessSpec spec) {
        ProcessBuilder builder = new ProcessBuilder(spec.command())
                .directory(spec.directory().toFile())
                .redirectInput(spec.stdin().toFile())
                .redirectOutput(spec.stdout().toFile())
                .redirectError(spec.stderr().toFile());
        builder.environment().clear();
        try {
            builder.environment().putAll(spec.environment());
            return new Launch.Started(RunningProcess.started(table.start(builder)));
        } catch (IOException e) {
            return notStarted(spec, String.valueOf(e.getMessage()));
        } catch (IllegalArgumentException e) {
            // A name or value that no environment can hold.
            return new Launch.NotStarted(String.valueOf(e.getMessage()), Launch.Why.REFUSED);
        }
    }

    private static Launch notStarted(ProcessSpec spec, String problem) {
        if (OUT_OF_RESOURCES.matcher(problem).find()) {
            return new Launch.NotStarted(problem, Launch.Why.OUT_OF_RESOURCES);
        }
        boolean missing = !Files.isExecutable(Path.of(spec.command().get(0)));
        return new Launch.NotStarted(problem, missing ? Launch.Why.PROGRAM_MISSING : Launch.Why.REFUSED);
    }

    /**
     * The living process {@code pid}, if it is still the one that was started at {@code startedAt}; a pid is used again
     * when its process has ended.
     */
    public Optional<RunningProcess> find(long pid, Instant startedAt) {
        return table.find(pid)
                .filter(ProcessHandle::isAlive)
                .filter(handle -> handle.info()
                        .startInstant()
                        .map(start -> Duration.between(start, startedAt).abs().compareTo(START_TOLERANCE) <= 0)
                        .orElse(false))
                .map(RunningProcess::found);
    }

    /**
     * As {@link #find(long, Instant)}, or the living process {@code pid} that has {@code argument} on its command line: when
     * somebody sets the clock, Linux tells another start time for the same process.
     */
    public Optional<RunningProcess> find(long pid, Instant startedAt, String argument) {
        return find(pid, startedAt)
                .or(() -> table.find(pid)
                        .filter(handle -> Arguments.contain(handle, argument))
                        .map(RunningProcess::found));
    }

    /**
     * The living process that has {@code argument} on its command line; of several the one that started the others, as a
     * wrapper has the command line of what it holds in its own. Slow: looks at every process. Finds nothing on
     * Windows, where other processes' arguments cannot be read.
     */
    public Optional<RunningProcess> findByArgument(String argument) {
        List<ProcessHandle> having = table.all()
                .filter(handle -> handle.pid() != ProcessHandle.current().pid())
                .filter(handle -> Arguments.contain(handle, argument))
                .toList();
        return having.stream()
                .filter(handle -> handle.parent().filter(having::contains).isEmpty())
                .findFirst()
                .map(RunningProcess::found);
    }

    /**
     * {@code root} and all that it starts.
     *
     * @param mark the value of {@link ProcessFamily#MARK} that {@code root} was started with; unique to its run
     */
    public ProcessFamily family(RunningProcess root, String mark, TimeSource time) {
        return ProcessFamily.of(root, marked(mark), time);
    }

    /** What may be left of a run whose process has gone while nobody looked. */
    public ProcessFamily orphans(String mark, TimeSource time) {
        return ProcessFamily.orphans(marked(mark), time);
    }

    private MarkedProcesses marked(String mark) {
        return new MarkedProcesses(ProcessFamily.MARK + "=" + mark, table);
    }

    /** This process, as another would find it. */
    public record Self(long pid, Optional<Instant> startedAt) {}

    public static Self self() {
        ProcessHandle self = ProcessHandle.current();
        return new Self(self.pid(), self.info().startInstant());
    }
}
