package dev.orchestrator;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.LoggerContext;
import dev.orchestrator.secret.Redactor;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
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
        Logging.start(file, Level.INFO, true, Redactor.SHAPES_ONLY);
        String name = "a\u001b[2J\r\nERROR forged\u0007\u202e.task.md";
        LoggerFactory.getLogger("test").warn("Rejected {}", name, new IOException(name));
        String text = Files.readString(file);
        assertThat(text).doesNotContain("\u001b", "\u0007", "\u202e");
        assertThat(text.lines().findFirst().orElseThrow()).endsWith("Rejected a?[2J??ERROR forged??.task.md");
        assertThat(text).contains("\n\tat dev.orchestrator.LoggingTest.");
    }

    @Test
    void a_secret_is_in_no_part_of_a_line() throws IOException {
        Path file = directory.resolve("orchestrator.log");
        Logging.start(file, Level.INFO, true, Redactor.of(Map.of("MY_TOKEN", "canary-4711"), List.of()));
        Exception cause = new IOException("canary-4711 in the cause");
        cause.addSuppressed(new IOException("canary-4711, suppressed"));
        LoggerFactory.getLogger("test")
                .warn("canary-4711 and {}", List.of("canary-4711"), new IllegalStateException("canary-4711", cause));
        LoggerFactory.getLogger("test")
                .warn("a key:\n-----BEGIN PRIVATE KEY-----\nMIIEvQIBADANBgkqhkiG9w0BAQ\n-----END PRIVATE KEY-----");

        assertThat(file)
                .content()
                .contains("[redacted] and [[redacted]]", "IllegalStateException: [redacted]", "[redacted], suppressed")
                .doesNotContain("4711", "MIIE");
    }

    @Test
    @DisabledOnOs(value = OS.WINDOWS, disabledReason = "platform: permissions are others there")
    void each_file_is_private_also_when_the_log_rolls() throws IOException {
        Path file = directory.resolve("orchestrator.log");
        Logging.start(file, Level.INFO, true, Redactor.SHAPES_ONLY);
        LoggerFactory.getLogger("test").warn("before");
        LoggerContext context = (LoggerContext) LoggerFactory.getILoggerFactory();
        ((OperatorLogFile) context.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME)
                        .iteratorForAppenders()
                        .next())
                .rollover();
        LoggerFactory.getLogger("test").warn("behind");
        assertThat(file).content().contains("behind").doesNotContain("before");
        try (var files = Files.list(directory)) {
            assertThat(files)
                    .allSatisfy(each -> assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(each)))
                            .isEqualTo("rw-------"));
        }
    }
}
