package dev.orchestrator.testkit;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

/**
 * A test that runs the real CLI in a project of its own. With {@code -Dstreams.record=true} each recorded case is
 * written to {@code src/test/resources/streams} again.
 */
abstract class RealClaudeCase {
    static final Duration LONG = Duration.ofSeconds(60);
    static final String MAX_RETRIES = "CLAUDE_CODE_MAX_RETRIES";

    final String session = UUID.randomUUID().toString();
    Path claude = Path.of("");
    Path project = Path.of("");
    Path config = Path.of("");
    Path files = Path.of("");

    @BeforeEach
    void make_project(@TempDir Path temp) throws IOException {
        claude = RealClaude.require();
        // The rules of the settings file are matched against real paths.
        Path real = temp.toRealPath();
        project = Files.createDirectory(real.resolve("project"));
        config = Files.createDirectory(real.resolve("config"));
        files = Files.createDirectory(real.resolve("run"));
    }

    ClaudeRun start(ScriptedApi api) throws IOException {
        return runIn(api).start(claude);
    }

    ClaudeRun.Builder runIn(ScriptedApi api) {
        return ClaudeRun.in(project, files).session(session).environment(RealClaude.environment(config, api));
    }

    void record(String name, ClaudeRun run, int exit) throws IOException {
        if (Boolean.getBoolean("streams.record")) {
            new StreamRecorder(project, config, files, claude).record(name, run, exit);
        }
    }
}
