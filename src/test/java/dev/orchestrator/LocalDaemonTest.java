package dev.orchestrator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import dev.orchestrator.cli.DaemonRunner;
import dev.orchestrator.config.Home;
import dev.orchestrator.state.StateFile;
import dev.orchestrator.testkit.EffectOf;
import dev.orchestrator.testkit.Links;
import dev.orchestrator.testkit.SchemaCheck;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** Why it stopped, as it stands in the journal and in the state. */
@Timeout(120)
class LocalDaemonTest {
    /** SHA-256 of nothing. */
    private static final String EMPTY = "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855";

    private Home home;

    @BeforeEach
    void home(@TempDir Path root) {
        home = new Home(root);
    }

    @Test
    void with_once_it_stops_because_nothing_is_left_to_do() throws Exception {
        run(new Listener());
        assertThat(reasons()).containsExactly("drained");
        assertThat(new StateFile(home.state(), home.journal()).load().daemon())
                .extracting("stopReason")
                .isEqualTo("drained");
    }

    /** With a line to blame and without. */
    @Test
    void the_reason_of_a_rejected_file_is_as_its_schema_says() throws Exception {
        Files.createDirectories(home.tasks());
        Files.writeString(home.tasks().resolve("typo.task.md"), "---\nprioritty: high\n---\nDo it.\n");
        Files.writeString(home.tasks().resolve("empty.task.md"), "");
        run(new Listener());
        SchemaCheck.files(home);
        for (String name : List.of("typo.task.md", "empty.task.md")) {
            assertThat(home.reasonOf(home.rejected().resolve(name))).isRegularFile();
        }
    }

    @Test
    @DisabledOnOs(value = OS.WINDOWS, disabledReason = "platform: no name there can hold a question mark")
    void a_home_that_no_rule_can_name_is_refused(@TempDir Path root) throws Exception {
        home = new Home(Files.createDirectory(root.resolve("what?")));

        DaemonRunner.Result result = run(new Listener());

        assertThat(result).isInstanceOf(DaemonRunner.Result.BadConfiguration.class);
        assertThat(result.toString()).contains("question mark");
        assertThat(home.journal()).doesNotExist();
    }

    @Test
    @DisabledOnOs(value = OS.WINDOWS, disabledReason = "there the file of a lock that is held cannot be removed")
    void a_home_is_taken_while_its_daemon_lives_even_if_the_lock_was_removed() throws Exception {
        Process daemon = process();
        try (BufferedReader out = daemon.inputReader(StandardCharsets.UTF_8)) {
            assertThat(out.readLine()).isEqualTo("Orchestrator is running");
            Files.delete(home.daemonLock());

            assertThat(run(new Listener())).isInstanceOf(DaemonRunner.Result.HomeTaken.class);
        } finally {
            daemon.destroyForcibly().waitFor();
        }
    }

    /** It could write no word that anybody finds, and a second daemon could take the home. */
    @Test
    @DisabledOnOs(value = OS.WINDOWS, disabledReason = "platform: a directory with open files cannot be moved there")
    void a_daemon_whose_logs_are_moved_away_ends_at_once_and_touches_nothing() throws Exception {
        Process daemon = process();
        try (BufferedReader out = daemon.inputReader(StandardCharsets.UTF_8)) {
            assertThat(out.readLine()).isEqualTo("Orchestrator is running");
            Files.move(home.logs(), home.root().resolve("elsewhere"));

            assertThat(daemon.waitFor(60, TimeUnit.SECONDS)).isTrue();
            assertThat(daemon.exitValue()).isEqualTo(3);
            assertThat(home.logs()).doesNotExist();
        } finally {
            daemon.destroyForcibly().waitFor();
        }
    }

    @Test
    void a_home_with_accepted_tasks_whose_journal_is_gone_is_not_begun_anew() throws Exception {
        Files.createDirectories(home.accepted());
        Path accepted = Files.writeString(home.accepted().resolve("t1.task.md"), "Do it.\n");

        DaemonRunner.Result result = run(new Listener());

        assertThat(result).isInstanceOf(DaemonRunner.Result.BadConfiguration.class);
        assertThat(result.toString()).contains("Put logs/ back");
        assertThat(accepted).exists();
        assertThat(home.journal()).doesNotExist();
    }

    /** What is done is known by its result; what was spent is not. */
    @Test
    void a_journal_that_is_gone_where_nothing_is_under_way_is_said_to_be() throws Exception {
        Files.createDirectories(home.results());
        Files.writeString(home.results().resolve("t1.json"), "{}");

        new LocalDaemon()
                .run(new DaemonRunner.Request(home, Map.of(), Map.of(), true, Optional.empty(), true), new Listener());

        assertThat(home.operatorLog()).content().contains("their journal, logs/events.ndjson, is gone");
    }

    @Test
    void what_is_too_old_is_removed_before_once_ends() throws Exception {
        Files.createDirectories(home.rejected());
        Path file = Files.writeString(home.rejected().resolve("a.task.md"), "");
        Path reason = Files.writeString(home.reasonOf(file), "{\"file\":\"a.task.md\",\"sha256\":\"" + EMPTY + "\"}");
        for (Path each : List.of(file, reason)) {
            Files.setLastModifiedTime(each, FileTime.from(Instant.now().minus(Duration.ofDays(9))));
        }
        DaemonRunner.Request request =
                new DaemonRunner.Request(home, Map.of("retention.tasks", "7d"), Map.of(), true, Optional.empty(), true);

        new LocalDaemon().run(request, new Listener());

        assertThat(file).doesNotExist();
        assertThat(reason).doesNotExist();
        assertThat(reasons()).containsExactly("drained");
    }

    @Test
    @EffectOf("intake.max_queued")
    void once_ends_when_files_wait_for_room_that_nothing_can_make() throws Exception {
        Files.createDirectories(home.tasks());
        for (int i = 0; i < 5; i++) {
            Files.writeString(
                    home.tasks().resolve(i + ".task.md"), "---\nid: t" + i + "\nafter: [nobody]\n---\nDo it.\n");
        }
        DaemonRunner.Request request = new DaemonRunner.Request(
                home, Map.of("intake.max_queued", "1"), Map.of(), true, Optional.empty(), true);

        DaemonRunner.Result.Stopped stopped =
                (DaemonRunner.Result.Stopped) new LocalDaemon().run(request, new Listener());

        assertThat(stopped.unfinished()).isEqualTo(2);
        assertThat(home.operatorLog()).content().contains("intake.max_queued");
    }

    @Test
    void a_file_that_cannot_be_taken_in_does_not_keep_once_from_its_end_and_rejected_ones_are_counted()
            throws Exception {
        Files.createDirectories(home.tasks());
        Files.createDirectories(home.results());
        Files.writeString(home.results().resolve("shut.json"), "damaged");
        Files.writeString(home.tasks().resolve("shut.task.md"), "---\nid: shut\n---\nDo it.\n");
        Files.writeString(home.tasks().resolve("empty.task.md"), "");

        DaemonRunner.Result.Stopped stopped = (DaemonRunner.Result.Stopped) run(new Listener());

        assertThat(stopped.notTaken()).containsExactly("tasks/shut.task.md");
        assertThat(stopped.rejected()).isEqualTo(1);
    }

    @Test
    void what_is_called_like_a_task_file_and_is_none_is_left_alone_and_named(@TempDir Path elsewhere) throws Exception {
        Files.createDirectories(home.tasks().resolve("directory.task.md"));
        Path mine = Files.writeString(elsewhere.resolve("mine.md"), "Do it.\n");
        Path link = Links.symbolic(home.tasks().resolve("link.task.md"), mine);

        DaemonRunner.Result.Stopped stopped = (DaemonRunner.Result.Stopped) run(new Listener());

        assertThat(stopped.notTaken()).containsExactly("tasks/directory.task.md", "tasks/link.task.md");
        assertThat(home.operatorLog())
                .content()
                .containsOnlyOnce("directory.task.md is not taken in: it is a directory")
                .containsOnlyOnce("link.task.md is not taken in: it is a symbolic link");
        assertThat(stopped.succeeded() + stopped.endedOtherwise() + stopped.rejected())
                .isZero();
        assertThat(link).isSymbolicLink();
        assertThat(mine).hasContent("Do it.\n");
    }

    @Test
    void what_an_earlier_daemon_left_half_written_is_removed_at_the_start() throws Exception {
        Files.createDirectories(home.results());
        Path left = Files.writeString(home.results().resolve(".fix.json.1.tmp"), "{");
        Path mine = Files.writeString(home.results().resolve(".mine.tmp"), "x");

        run(new Listener());

        assertThat(left).doesNotExist();
        assertThat(mine).exists();
        assertThat(home.operatorLog()).content().contains("left half written: [results/.fix.json.1.tmp]");
    }

    @Test
    void what_fails_it_is_an_error() throws IOException {
        assertThatThrownBy(() -> run(new Failing())).hasMessage("nobody listens");
        assertThat(reasons()).containsExactly("error");
    }

    @Test
    @DisabledOnOs(value = OS.WINDOWS, disabledReason = "there a process is ended without being told")
    void a_signal_is_said_to_be_one() throws Exception {
        Process daemon = process();
        try (BufferedReader out = daemon.inputReader(StandardCharsets.UTF_8)) {
            assertThat(out.readLine()).isEqualTo("Orchestrator is running");
            daemon.destroy();
            assertThat(daemon.waitFor(60, TimeUnit.SECONDS)).isTrue();
        } finally {
            daemon.destroyForcibly();
        }
        assertThat(reasons()).containsExactly("signal");
    }

    /** The hook that waits for the end would keep the process for ever. */
    @Test
    void a_daemon_that_cannot_even_be_put_together_ends() throws Exception {
        Files.createDirectories(home.journal());
        Process daemon = process();
        try {
            assertThat(daemon.waitFor(60, TimeUnit.SECONDS)).isTrue();
            assertThat(daemon.exitValue()).isEqualTo(1);
        } finally {
            daemon.destroyForcibly();
        }
    }

    private Process process() throws IOException {
        return MainProcess.of("--home", home.root().toString(), "run")
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
    }

    private DaemonRunner.Result run(DaemonRunner.Listener listener) throws IOException, InterruptedException {
        DaemonRunner.Request request = new DaemonRunner.Request(home, Map.of(), Map.of(), true, Optional.empty(), true);
        return new LocalDaemon().run(request, listener);
    }

    private List<String> reasons() throws IOException {
        return SchemaCheck.journal(home).stream()
                .filter(line -> line.path("event").asText().equals("daemon_stopped"))
                .map(line -> line.path("reason"))
                .map(JsonNode::asText)
                .toList();
    }

    private static class Listener implements DaemonRunner.Listener {
        @Override
        public void note(String text) {}

        @Override
        public void ready() {}
    }

    private static final class Failing extends Listener {
        @Override
        public void ready() {
            throw new IllegalStateException("nobody listens");
        }
    }
}
