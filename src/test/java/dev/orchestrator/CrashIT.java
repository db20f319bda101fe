package dev.orchestrator;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.orchestrator.testkit.Await;
import dev.orchestrator.testkit.SchemaCheck;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The packaged program, killed while it works. */
class CrashIT {
    private static final Duration LONG = Duration.ofSeconds(120);

    @TempDir
    Path temp;

    private JarDaemon daemon;

    @BeforeEach
    void make_home() throws IOException {
        Assumptions.assumeFalse(
                System.getProperty("os.name").startsWith("Windows"),
                "platform: the agents of this test are shell scripts");
        daemon = new JarDaemon(temp.toRealPath());
    }

    @AfterEach
    void stop_everything() {
        if (daemon != null) {
            daemon.close();
        }
    }

    @Test
    void nothing_is_lost_torn_or_done_twice_when_the_daemon_is_killed_among_200_tasks() throws Exception {
        daemon.agent("");
        drop(200);
        daemon.start("run");
        Await.until(LONG, () -> names("results").size() >= 60);
        daemon.kill();
        Set<String> finishedRuns = finishedRuns();

        assertThat(daemon.start("run", "--once").await(LONG)).isZero();

        List<JsonNode> journal = SchemaCheck.of(daemon.home.root());
        assertThat(names("results")).hasSize(201).contains("index.json");
        assertThat(names("tasks/accepted")).isEmpty();
        assertThat(names("tasks/processed"))
                .hasSize(200)
                .allSatisfy(name -> assertThat(name).endsWith(".succeeded.task.md"));
        assertThat(names("summaries")).hasSize(200);
        assertThat(finishedRuns).hasSizeGreaterThanOrEqualTo(50).hasSizeLessThan(200);
        assertThat(finishedRuns)
                .allSatisfy(id -> assertThat(SchemaCheck.events(journal, id, "attempt_started"))
                        .as("attempts of %s", id)
                        .hasSize(1));
    }

    @Test
    void a_run_that_survives_its_daemon_is_followed_to_its_end() throws Exception {
        Path go = temp.resolve("go");
        daemon.agent("while [ ! -e " + go + " ]; do sleep 0.1; done");
        drop(1);
        daemon.start("run");
        Await.until(LONG, () -> daemon.journal().contains("\"run_started\""));
        daemon.kill();

        JarDaemon.Started next = daemon.start("run", "--once");
        Await.until(LONG, () -> daemon.journal().contains("\"adopted\":true"));
        Files.createFile(go);
        assertThat(next.await(LONG)).isZero();

        List<JsonNode> journal = SchemaCheck.of(daemon.home.root());
        assertThat(SchemaCheck.events(journal, "task-0", "attempt_started")).hasSize(1);
        assertThat(SchemaCheck.events(journal, "task-0", "run_started"))
                .extracting(event -> event.path("adopted").asBoolean())
                .containsExactly(false, true);
        assertThat(SchemaCheck.events(journal, "task-0", "task_finished")
                        .get(0)
                        .path("status")
                        .asText())
                .isEqualTo("succeeded");
    }

    @Test
    void a_second_daemon_is_told_who_has_the_home_and_the_first_works_on() throws Exception {
        daemon.agent("");
        JarDaemon.Started first = daemon.start("run");
        Await.until(LONG, () -> first.output().contains("Orchestrator is running"));

        JarDaemon.Started second = daemon.start("run");

        assertThat(second.await(LONG)).isEqualTo(1);
        assertThat(second.output())
                .contains("is run by process " + first.pid())
                .contains("Stop it first")
                .doesNotContain("Exception");
        drop(1);
        Await.until(LONG, () -> names("tasks/processed").size() == 1);
        assertThat(first.isAlive()).isTrue();
        first.terminate();
        assertThat(first.await(LONG)).isNotEqualTo(137);
        SchemaCheck.of(daemon.home.root());
    }

    @Test
    void two_thousand_files_dropped_at_once_are_all_accepted_and_none_twice() throws Exception {
        daemon.agent("");
        JarDaemon.Started started = daemon.start("run", "--set", "shutdown.grace=0s");
        Await.until(LONG, () -> started.output().contains("Orchestrator is running"));
        for (int i = 0; i < 2_000; i++) {
            daemon.dropFile("many-" + i, "Look at number " + i + ".\n");
        }
        Await.until(LONG, () -> names("tasks").stream().noneMatch(name -> name.endsWith(".task.md")));
        started.terminate();
        started.await(LONG);

        List<String> accepted = SchemaCheck.files(daemon.home).stream()
                .filter(event -> event.path("event").asText().equals("task_accepted"))
                .map(event -> event.at("/task/source/file").asText())
                .toList();
        assertThat(accepted)
                .doesNotHaveDuplicates()
                .containsExactlyInAnyOrderElementsOf(IntStream.range(0, 2_000)
                        .mapToObj(i -> "many-" + i + ".task.md")
                        .toList());
        assertThat(names("tasks/rejected")).isEmpty();
    }

    private void drop(int count) throws IOException {
        for (int i = 0; i < count; i++) {
            daemon.drop("task-" + i);
        }
    }

    /** Tasks whose agent had said its result by now. */
    private Set<String> finishedRuns() throws IOException {
        Set<String> ids = new TreeSet<>();
        for (String id : names("logs/runs")) {
            Path stream = daemon.home.runs().resolve(id).resolve("turn-1.attempt-1.stream.ndjson");
            if (Files.exists(stream) && Files.readString(stream).contains("\"type\":\"result\"")) {
                ids.add(id);
            }
        }
        return ids;
    }

    private List<String> names(String directory) throws IOException {
        Path path = daemon.home.root().resolve(directory);
        if (!Files.exists(path)) {
            return List.of();
        }
        try (Stream<Path> files = Files.list(path)) {
            List<String> names = new ArrayList<>();
            files.forEach(file -> names.add(String.valueOf(file.getFileName())));
            return names;
        }
    }
}
