package dev.orchestrator.process;

import java.nio.file.Path;

/**
 * The raw record of one attempt, {@code logs/runs/ID/turn-N.attempt-M.*}, and the only class that knows these names.
 *
 * @param directory of the task's runs
 */
public record RunFiles(Path directory, int turn, int attempt) {

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
        return file("stream.ndjson");
    }

    public Path stderr() {
        return file("stderr.log");
    }

    /** How the working directory stood before the attempt; a large one is removed when the turn is over. */
    public Path before() {
        return file("before.gz");
    }

    /** What the attempt changed, when it was not the turn's last. */
    public Path changes() {
        return file("changes.json");
    }

    private Path file(String suffix) {
        return directory.resolve("turn-" + turn + ".attempt-" + attempt + "." + suffix);
    }
}
