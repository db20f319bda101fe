package dev.orchestrator;

import static org.assertj.core.api.Assertions.assertThat;

import dev.orchestrator.config.Home;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a user sees of logging. */
@Timeout(120)
class MainTest {
    @TempDir
    Path root;

    /** The schema library logs, and so does the store when an artifact is damaged. */
    @ParameterizedTest
    @ValueSource(strings = {"validate-artifacts", "reindex", "status"})
    void a_command_that_only_looks_prints_its_answer_and_nothing_about_logging(String command) throws Exception {
        Home home = new Home(root);
        home.prepare();
        Files.writeString(home.results().resolve("a.json"), "{");
        assertThat(output(command)).isNotBlank().doesNotContain("SLF4J", "DEBUG", "WARN", "ch.qos", "[main]");
    }

    @Test
    void the_daemon_keeps_its_log() throws Exception {
        Home home = new Home(root);
        Files.createDirectories(home.tasks());
        Files.writeString(home.tasks().resolve("notes.txt"), "no task");
        output("run", "--once");
        assertThat(home.operatorLog()).content().contains("notes.txt");
    }

    private String output(String... args) throws Exception {
        Stream<String> java = Stream.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                withoutTests(),
                "dev.orchestrator.Main",
                "--home",
                root.toString());
        Path out = Files.createTempFile("main", ".out");
        Process process = new ProcessBuilder(
                        Stream.concat(java, Stream.of(args)).toList())
                .redirectErrorStream(true)
                .redirectOutput(out.toFile())
                .start();
        try {
            assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
            return Files.readString(out, StandardCharsets.UTF_8);
        } finally {
            process.destroyForcibly();
            Files.delete(out);
        }
    }

    /** The tests configure Logback; a user does not. */
    private static String withoutTests() {
        String separator = System.getProperty("path.separator");
        List<String> entries = List.of(System.getProperty("java.class.path").split(separator));
        return String.join(
                separator,
                entries.stream()
                        .filter(entry -> !Files.exists(Path.of(entry, "logback-test.xml")))
                        .toList());
    }
}
