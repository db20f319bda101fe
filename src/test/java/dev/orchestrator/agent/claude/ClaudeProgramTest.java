package dev.orchestrator.agent.claude;

import static org.assertj.core.api.Assertions.assertThat;

import dev.orchestrator.process.Programs;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ClaudeProgramTest {
    @TempDir
    Path temp;

    @Test
    void the_batch_file_of_npm_is_passed_over_for_the_program_beside_it() throws IOException {
        Path batch = Files.writeString(temp.resolve("claude.cmd"), "x");
        assertThat(batch.toFile().setExecutable(true)).isTrue();
        assertThat(find())
                .isInstanceOfSatisfying(
                        ClaudeProgram.Search.Missing.class,
                        missing -> assertThat(missing.problem()).contains("claude.command", "claude.exe"));

        Path real = temp.resolve("node_modules/@anthropic-ai/claude-code/bin/claude.exe");
        Files.createDirectories(real.getParent());
        Files.writeString(real, "x");
        assertThat(find()).isEqualTo(new ClaudeProgram.Search.Found(real));
    }

    @Test
    void a_missing_program_is_named() {
        assertThat(find())
                .isInstanceOfSatisfying(
                        ClaudeProgram.Search.Missing.class,
                        missing -> assertThat(missing.problem()).contains("`claude`", "PATH"));
    }

    private ClaudeProgram.Search find() {
        return new ClaudeProgram(new Programs(Map.of("Path", temp.toString()), true)).find("claude");
    }
}
