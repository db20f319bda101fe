package dev.orchestrator;

import static dev.orchestrator.SettingsLab.LONG;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.orchestrator.cli.DaemonRunner;
import dev.orchestrator.task.TaskId;
import dev.orchestrator.task.TaskStatus;
import dev.orchestrator.testkit.Await;
import dev.orchestrator.testkit.EffectOf;
import dev.orchestrator.testkit.ManualTime;
import dev.orchestrator.time.TimeSource;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** How a home takes files in, what it keeps and how its daemon ends, from the settings to its files. */
@Timeout(60)
@DisabledOnOs(value = OS.WINDOWS, disabledReason = "platform: the agents are shell scripts")
class HomeSettingsEffectTest {
    private SettingsLab lab;

    @BeforeEach
    void lay_out(@TempDir Path temp) throws IOException {
        lab = new SettingsLab(temp);
    }

    /** Waits for another, so that no agent is started; last changed so long before the clock of the test. */
    private Path waiting(Path directory, String id, Duration age) throws IOException {
        Path hidden = Files.writeString(
                lab.directory.resolve(id), "---\nid: " + id + "\ntype: analyze\nafter: nobody\n---\nLook.\n");
        Files.setLastModifiedTime(hidden, FileTime.from(ManualTime.START.minus(age)));
        return Files.move(hidden, directory.resolve(id + ".task.md"));
    }

    private void awaitAccepted(String id) {
        Await.until(
                LONG,
                () -> lab.events("task_accepted").stream()
                        .anyMatch(event -> event.path("task_id").asText().equals(id)));
    }

    @Test
    @EffectOf("intake.debounce")
    void a_file_is_not_read_before_it_has_rested() throws Exception {
        ManualTime time = new ManualTime();
        lab.set("intake.debounce", "2h").set("intake.scan_interval", "1ms");
        Path fresh = waiting(lab.home.tasks(), "fresh", Duration.ofHours(1));
        try (Orchestrator daemon = lab.daemon(time)) {
            daemon.start();
            waiting(lab.home.tasks(), "rested", Duration.ofHours(3));
            awaitAccepted("rested");
            waiting(lab.home.tasks(), "later", Duration.ofHours(3));
            awaitAccepted("later");
            assertThat(fresh).exists();

            time.advance(Duration.ofHours(3));
            awaitAccepted("fresh");
        }
    }

    /** Nobody announces what lies in a directory that came to the place of another. By the default nothing would be due. */
    @Test
    @EffectOf("intake.scan_interval")
    void what_nobody_announced_is_found_when_the_next_look_is_due() throws Exception {
        ManualTime time = new ManualTime();
        lab.set("intake.scan_interval", "1s");
        try (Orchestrator daemon = lab.daemon(time)) {
            daemon.start();
            waiting(lab.home.tasks(), "first", Duration.ofHours(1));
            awaitAccepted("first");
            Path other = lab.directory.resolve("other");
            Files.move(lab.home.tasks(), other);
            Files.createDirectory(lab.home.tasks());
            for (String name : List.of("accepted", "processed", "rejected")) {
                Files.move(other.resolve(name), lab.home.tasks().resolve(name));
            }
            waiting(lab.home.tasks(), "unannounced", Duration.ofHours(1));
            time.advance(Duration.ofSeconds(2));
            awaitAccepted("unannounced");
        }
    }

    @Test
    @EffectOf("intake.max_file_size")
    void a_file_that_is_too_large_is_rejected() throws Exception {
        lab.set("intake.max_file_size", "1KB").drop("large", "Look. ".repeat(1_000));
        assertThat(lab.once().rejected()).isEqualTo(1);
    }

    @Test
    @EffectOf("journal.segment_size")
    void the_journal_begins_a_new_segment_where_it_is_told_to() throws Exception {
        lab.set("journal.segment_size", "4KB");
        for (int i = 0; i < 5; i++) {
            lab.drop("t" + i, "Look.");
        }
        lab.once();
        try (Stream<Path> logs = Files.list(lab.home.logs())) {
            assertThat(logs.filter(file -> file.getFileName().toString().startsWith("events-")))
                    .isNotEmpty();
        }
    }

    @Test
    @EffectOf("disk.min_free")
    void nothing_is_started_with_less_room_than_wanted() throws Exception {
        long free = Files.getFileStore(lab.home.logs()).getUsableSpace() >> 30;
        Assumptions.assumeTrue(free < 1_000, "platform: this disk has more room than can be asked for");
        lab.set("disk.min_free", "1024GB").drop("look", "Look.");
        try (Orchestrator daemon = lab.daemon(TimeSource.system())) {
            daemon.start();
            lab.awaitEvent("queue_paused");
            assertThat(lab.events("queue_paused").toString()).contains("\"disk\"", "disk.min_free");
        }
        assertThat(lab.starts()).isZero();
    }

    @Test
    @EffectOf({"retention.tasks", "retention.artifacts", "retention.runs"})
    void what_is_older_than_the_settings_say_is_removed_also_by_a_daemon_that_does_not_live_for_long()
            throws Exception {
        for (String kind : List.of("tasks", "artifacts", "runs")) {
            TaskId id = new TaskId("old-" + kind);
            lab.drop(id.value(), "Look.");
            lab.once();
            Map<String, Path> files = Map.of(
                    "tasks", lab.home.processed(id, TaskStatus.SUCCEEDED),
                    "artifacts", lab.home.artifact(id),
                    "runs", lab.home.runs(id));
            assertThat(files.values()).allSatisfy(file -> assertThat(file).exists());

            lab.set("retention." + kind, "1ms");
            lab.drop("another-" + kind, "Look.").once();
            lab.without("retention." + kind);
            files.forEach(
                    (name, file) -> assertThat(Files.exists(file)).as(name).isEqualTo(!name.equals(kind)));
        }
    }

    @Test
    @EffectOf("retention.journal")
    void what_the_journal_has_of_longer_ago_than_the_setting_says_is_removed() throws Exception {
        lab.set("journal.segment_size", "64KB");
        for (int i = 0; i < 60; i++) {
            lab.drop("task-" + i, "Look. " + "x".repeat(6_000));
        }
        lab.once();
        Path first = lab.home.logs().resolve("events-000001.ndjson");
        assertThat(first).exists();

        lab.set("retention.journal", "1ms");
        lab.drop("last", "Look.").once();

        assertThat(first).doesNotExist();
        assertThat(first.resolveSibling("events-000001.ndjson.gz")).doesNotExist();
    }

    private JsonNode stoppedWith(SettingsLab running) throws Exception {
        try (Orchestrator daemon = running.daemon(TimeSource.system())) {
            daemon.start();
            running.awaitEvent("run_started");
            Await.until(LONG, () -> running.starts() == 1);
        }
        return running.events("daemon_stopped").get(0).path("left_running");
    }

    /** The agent would be done within the usual grace. */
    @Test
    @EffectOf("shutdown.grace")
    void a_daemon_that_ends_waits_for_its_runs_as_long_as_it_is_told_to() throws Exception {
        lab.set("shutdown.grace", "0s").drop("slow", "MARK-SLOW");
        assertThat(stoppedWith(lab)).hasSize(1);
        assertThat(lab.once().succeeded()).isEqualTo(1);
        assertThat(lab.starts()).isEqualTo(1);
    }

    /** The agent would be done by itself, for the next daemon to find. */
    @Test
    @EffectOf("shutdown.mode")
    void a_daemon_that_ends_stops_its_runs_when_it_is_told_to() throws Exception {
        lab.set("shutdown.grace", "0s").set("shutdown.mode", "stop").drop("slow", "MARK-SLOW");
        assertThat(stoppedWith(lab)).isEmpty();
        assertThat(lab.once().succeeded()).isEqualTo(1);
        assertThat(lab.starts()).isEqualTo(2);
    }

    @Test
    @EffectOf("log.level")
    void the_log_has_what_is_grave_enough() throws Exception {
        Files.createDirectories(lab.home.tasks().resolve("trap.task.md"));
        lab.once();
        assertThat(lab.home.operatorLog()).content().contains("trap.task.md is not taken in");
        Files.delete(lab.home.operatorLog());

        DaemonRunner.Result.Stopped stopped = lab.set("log.level", "error").once();
        assertThat(stopped.notTaken()).containsExactly("tasks/trap.task.md");
        assertThat(lab.home.operatorLog()).content().doesNotContain("trap.task.md");
    }
}
