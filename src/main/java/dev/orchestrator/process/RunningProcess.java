package dev.orchestrator.process;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/** A process that was started here, or found again by a later daemon. Thread-safe. */
public final class RunningProcess {
    private final ProcessHandle handle;
    private final @Nullable Process child;
    /** Asked for once, since each call hangs another future on the process. */
    private @Nullable CompletableFuture<ProcessHandle> exit;

    private RunningProcess(ProcessHandle handle, @Nullable Process child) {
        this.handle = handle;
        this.child = child;
    }

    static RunningProcess started(Process child) {
        return new RunningProcess(child.toHandle(), child);
    }

    static RunningProcess found(ProcessHandle handle) {
        return new RunningProcess(handle, null);
    }

    ProcessHandle handle() {
        return handle;
    }

    /** False for one that was found again: it may have been started long ago. */
    boolean wasStartedHere() {
        return child != null;
    }

    public long pid() {
        return handle.pid();
    }

    /** When the operating system started it; unknown on some systems, and once it has ended. */
    public Optional<Instant> startedAt() {
        return handle.info().startInstant();
    }

    /** Waits until the process has ended, at most {@code atMost}; true when it has. */
    public boolean waitFor(Duration atMost) throws InterruptedException {
        if (child != null) {
            return child.waitFor(atMost.toNanos(), TimeUnit.NANOSECONDS);
        }
        try {
            exit().get(atMost.toNanos(), TimeUnit.NANOSECONDS);
            return true;
        } catch (TimeoutException e) {
            return !ProcessTree.isRunning(handle);
        } catch (ExecutionException e) {
            throw new IllegalStateException("cannot wait for process " + pid(), e);
        }
    }

    private synchronized CompletableFuture<ProcessHandle> exit() {
        if (exit == null) {
            exit = handle.onExit();
        }
        return exit;
    }

    /** Only the process that started it learns the exit code; empty for one that was found again. */
    public OptionalInt exitCode() {
        return child != null && !child.isAlive() ? OptionalInt.of(child.exitValue()) : OptionalInt.empty();
    }

    /** Ends the process and its descendants; see {@link ProcessFamily} for those that have lost their parents. */
    public ProcessTree.Stopped stop(Duration grace) throws InterruptedException {
        return ProcessTree.stop(handle, grace);
    }
}
