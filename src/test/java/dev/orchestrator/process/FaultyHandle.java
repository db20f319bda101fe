package dev.orchestrator.process;

import dev.orchestrator.process.FaultyProcesses.Fault;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;

/** A real process, seen through {@link FaultyProcesses}. The same as every other handle for it. */
record FaultyHandle(FaultyProcesses processes, ProcessHandle real) implements ProcessHandle {
    /** Of a process of which nothing is told. */
    private record Untold() implements Info {
        @Override
        public Optional<String> command() {
            return Optional.empty();
        }

        @Override
        public Optional<String> commandLine() {
            return Optional.empty();
        }

        @Override
        public Optional<String[]> arguments() {
            return Optional.empty();
        }

        @Override
        public Optional<Instant> startInstant() {
            return Optional.empty();
        }

        @Override
        public Optional<Duration> totalCpuDuration() {
            return Optional.empty();
        }

        @Override
        public Optional<String> user() {
            return Optional.empty();
        }
    }

    @Override
    public long pid() {
        return real.pid();
    }

    @Override
    public Optional<ProcessHandle> parent() {
        return real.parent().map(processes::seen);
    }

    @Override
    public Stream<ProcessHandle> children() {
        return processes.strikes(Fault.CHILDREN_MISSED)
                ? Stream.of()
                : real.children().map(processes::seen);
    }

    @Override
    public Stream<ProcessHandle> descendants() {
        return processes.strikes(Fault.CHILDREN_MISSED)
                ? Stream.of()
                : real.descendants().map(processes::seen);
    }

    @Override
    public Info info() {
        return processes.strikes(Fault.NOT_TOLD) ? new Untold() : real.info();
    }

    @Override
    public CompletableFuture<ProcessHandle> onExit() {
        return real.onExit().thenApply(processes::seen);
    }

    @Override
    public boolean supportsNormalTermination() {
        return real.supportsNormalTermination();
    }

    @Override
    public boolean destroy() {
        return !processes.strikes(Fault.NOT_ASKED) && real.destroy();
    }

    @Override
    public boolean destroyForcibly() {
        return !processes.strikes(Fault.NOT_KILLED) && real.destroyForcibly();
    }

    @Override
    public boolean isAlive() {
        return real.isAlive();
    }

    @Override
    public int compareTo(ProcessHandle other) {
        return real.compareTo(((FaultyHandle) other).real);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof FaultyHandle handle && real.equals(handle.real);
    }

    @Override
    public int hashCode() {
        return real.hashCode();
    }
}
