package dev.orchestrator.process;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;

/**
 * The raw record of one attempt, {@code logs/runs/ID/turn-N.attempt-M.*}, and the only class that knows these names.
 *
 * @param directory of the task's runs
 */
public record RunFiles(Path directory, int turn, int attempt) {
    private static final String STREAM = "stream.ndjson";

    /** What the agent was told, on its standard input. */
    public Path prompt() {
        return file("prompt.md");
    }

    /** The agent's settings for this run. */
    public Path settings() {
        return file("settings.json");
    }

    /** The agent's standard output. */
    public Path stream() {
        return file(STREAM);
    }

    public Path stderr() {
        return file("stderr.log");
    }

    /** How the agent's process ended, where it was started by something that writes it down. */
    public Path exit() {
        return file("exit");
    }

    /** What the guard decided, a line a call. */
    public Path guard() {
        return file("guard.ndjson");
    }

    /** There when the run is in a sandbox; says in which. */
    public Path sandbox() {
        return file("sandbox");
    }

    /** There when somebody trusts the settings of the run's repository; says whether they count. */
    public Path project() {
        return file("project");
    }

    /** The MCP servers of the run, if it has any. */
    public Path servers() {
        return file("mcp.json");
    }

    /** How the working directory stood before the attempt; a large one is removed when the turn is over. */
    public Path before() {
        return file("before.gz");
    }

    /** What the attempt changed, when it was not the turn's last. */
    public Path changes() {
        return file("changes.json");
    }

    /** How what is watched was before the turn; of its first attempt only. */
    public Path sentinels() {
        return file("sentinels.json");
    }

    /** What an acceptance command printed that was run behind this attempt. */
    public Path acceptanceOutput(int command) {
        return file("acceptance-" + command + ".out.log");
    }

    public Path acceptanceErrors(int command) {
        return file("acceptance-" + command + ".err.log");
    }

    /** How those commands ended that were run behind this attempt. */
    public Path acceptance() {
        return file("acceptance.json");
    }

    /** Those of another attempt of the same turn. */
    public RunFiles ofAttempt(int other) {
        return new RunFiles(directory, turn, other);
    }

    /** True when the output of any attempt is in {@code directory}, which need not exist. */
    public static boolean hasStream(Path directory) throws IOException {
        try (DirectoryStream<Path> streams = Files.newDirectoryStream(directory, "turn-*.attempt-*." + STREAM)) {
            return streams.iterator().hasNext();
        } catch (NoSuchFileException e) {
            return false;
        }
    }

    private Path file(String suffix) {
        return directory.resolve("turn-" + turn + ".attempt-" + attempt + "." + suffix);
    }
}
