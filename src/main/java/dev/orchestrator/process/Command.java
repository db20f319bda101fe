package dev.orchestrator.process;

import dev.orchestrator.files.PrivateFile;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;

/** A short command whose whole output is wanted, such as {@code claude --version}. */
public final class Command {
    private static final Duration STOP_GRACE = Duration.ofSeconds(2);
    private static final int MOST_OUTPUT = 64 * 1024;

    private final ProcessRunner processes;

    public Command(ProcessRunner processes) {
        this.processes = processes;
    }

    /** What became of a command. */
    public sealed interface Result {
        record Ended(int exitCode, String stdout, String stderr) implements Result {}

        /** It was still running at the deadline and was stopped. */
        record TimedOut() implements Result {}

        record NotStarted(String problem) implements Result {}
    }

    /** Runs {@code command} with an empty standard input. */
    public Result run(List<String> command, Path directory, Map<String, String> environment, Duration atMost)
            throws InterruptedException {
        return run(command, directory, environment, new byte[0], atMost);
    }

    /** Runs {@code command}, which reads {@code input}. When this thread is interrupted, it is stopped. */
    public Result run(
            List<String> command, Path directory, Map<String, String> environment, byte[] input, Duration atMost)
            throws InterruptedException {
        try {
            Path scratch = Files.createTempDirectory("orchestrator-command");
            try {
                PrivateFile.write(scratch.resolve("in"), input);
                return run(command, directory, environment, atMost, scratch);
            } finally {
                for (String name : List.of("in", "out", "err", "")) {
                    deleteIfPossible(scratch.resolve(name));
                }
            }
        } catch (IOException e) {
            return new Result.NotStarted(String.valueOf(e.getMessage()));
        }
    }

    private Result run(
            List<String> command, Path directory, Map<String, String> environment, Duration atMost, Path scratch)
            throws IOException, InterruptedException {
        Path in = scratch.resolve("in");
        Path out = scratch.resolve("out");
        Path err = scratch.resolve("err");
        Launch launch = processes.start(new ProcessSpec(command, directory, environment, in, out, err));
        if (launch instanceof Launch.NotStarted failed) {
            return new Result.NotStarted(failed.problem());
        }
        RunningProcess process = ((Launch.Started) launch).process();
        try {
            if (!process.waitFor(atMost)) {
                process.stop(STOP_GRACE);
                return new Result.TimedOut();
            }
        } catch (InterruptedException e) {
            process.stop(Duration.ZERO);
            throw e;
        }
        OptionalInt exitCode = process.exitCode();
        return new Result.Ended(exitCode.orElse(-1), head(out), head(err));
    }

    /** What the program left at work may have it open still, which is in the way on Windows. */
    private static void deleteIfPossible(Path file) {
        try {
            Files.deleteIfExists(file);
        } catch (IOException e) {
            file.toFile().deleteOnExit();
        }
    }

    private static String head(Path file) throws IOException {
        try (var in = Files.newInputStream(file)) {
            return new String(in.readNBytes(MOST_OUTPUT), StandardCharsets.UTF_8);
        }
    }
}
