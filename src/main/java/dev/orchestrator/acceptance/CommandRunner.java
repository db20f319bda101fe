package dev.orchestrator.acceptance;

import dev.orchestrator.task.Cancellation;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;

/** Runs commands of the user's, one at a time. Implementations are thread-safe. */
public interface CommandRunner {

    /**
     * A command to run.
     *
     * @param command as the user wrote it, for the shell
     * @param directory where it runs
     * @param timeout after which it is stopped
     * @param mark by which its processes are found again; unique to the attempt behind which it runs
     * @param out where its output goes; its errors go there as well where the shell can do that
     * @param err where its errors go else
     */
    record Order(String command, Path directory, Duration timeout, String mark, Path out, Path err) {}

    /**
     * Waits until it has ended, with all that it started.
     *
     * @throws IOException when a file of the orchestrator cannot be written or read
     */
    CommandResult run(Order order, Cancellation cancellation) throws IOException, InterruptedException;

    /** Ends what an earlier daemon left behind. */
    void stopLeft(String mark) throws InterruptedException;
}
