package dev.orchestrator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import dev.orchestrator.config.Home;
import dev.orchestrator.journal.Journal;
import dev.orchestrator.task.DaemonEvent;
import dev.orchestrator.time.TimeSource;
import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What becomes of the program when its output cannot be written. */
@Timeout(120)
class MainOutputTest {
    private static final File FULL = new File("/dev/full");
    private static final int READER_GONE = 141;

    @TempDir
    Path root;

    private Home home;

    @BeforeEach
    void somethingHappened() throws IOException {
        home = new Home(root.resolve("home"));
        Files.createDirectories(home.logs());
        home.prepare();
        daemonStarts();
    }

    @ParameterizedTest
    @ValueSource(strings = {"status", "tail-events --json", "stats --csv", "config", "completion", "--help"})
    void an_answer_that_no_disk_takes_is_no_success(String command) throws Exception {
        assumeThat(FULL).exists();
        Path err = root.resolve("err");
        Process process = process(command)
                .redirectOutput(FULL)
                .redirectError(err.toFile())
                .start();
        assertThat(exitCode(process)).isEqualTo(1);
        assertThat(Files.readString(err, StandardCharsets.UTF_8).lines())
                .singleElement()
                .asString()
                .startsWith("The output could not be written: ");
    }

    @ParameterizedTest
    @ValueSource(strings = {"status --watch=1", "top"})
    void what_is_shown_again_and_again_ends_when_nobody_reads_it_any_more(String command) throws Exception {
        Path err = root.resolve("err");
        Process process = process(command).redirectError(err.toFile()).start();
        readLine(process);
        assertThat(exitCode(process)).isEqualTo(READER_GONE);
        assertThat(err).isEmptyFile();
    }

    @Test
    void events_are_followed_no_longer_than_somebody_reads_them() throws Exception {
        Path err = root.resolve("err");
        Process process =
                process("tail-events --follow").redirectError(err.toFile()).start();
        readLine(process);
        daemonStarts();
        assertThat(exitCode(process)).isEqualTo(READER_GONE);
        assertThat(err).isEmptyFile();
    }

    private ProcessBuilder process(String command) {
        return MainProcess.of(("--home " + home.root() + " " + command).split(" "));
    }

    /** As {@code | head -1} does. */
    private static void readLine(Process process) throws IOException {
        try (BufferedReader lines =
                new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8))) {
            assertThat(lines.readLine()).isNotBlank();
        }
    }

    private static int exitCode(Process process) throws InterruptedException {
        try {
            assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
            return process.exitValue();
        } finally {
            process.destroyForcibly();
        }
    }

    private void daemonStarts() throws IOException {
        try (Journal journal = Journal.open(
                home.journal(), 1 << 20, Journal.Trusted.NOTHING, TimeSource.system(), Threads.one("journal"))) {
            journal.start(List.of());
            journal.commit(List.of(new DaemonEvent.DaemonStarted("0.1.0", 4_000_000_000L, 3)));
        }
    }
}
