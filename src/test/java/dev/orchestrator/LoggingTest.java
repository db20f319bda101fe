package dev.orchestrator;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.LoggerContext;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.LoggerFactory;
import org.slf4j.event.Level;

class LoggingTest {
    @TempDir
    Path directory;

    @AfterEach
    void stop() {
        ((LoggerContext) LoggerFactory.getILoggerFactory()).reset();
    }

    @Test
    void a_name_of_a_file_neither_commands_the_terminal_nor_forges_a_line() throws IOException {
        Path file = directory.resolve("orchestrator.log");
        Logging.start(file, Level.INFO, true);
        String name = "a\u001b[2J\r\nERROR forged\u0007\u202e.task.md";
        LoggerFactory.getLogger("test").warn("Rejected {}", name, new IOException(name));
        String text = Files.readString(file);
        assertThat(text).doesNotContain("\u001b", "\u0007", "\u202e");
        assertThat(text.lines().findFirst().orElseThrow()).endsWith("Rejected a?[2J??ERROR forged??.task.md");
        assertThat(text).contains("\n\tat dev.orchestrator.LoggingTest.");
    }
}
