package dev.orchestrator.artifact;

import static org.assertj.core.api.Assertions.assertThat;

import dev.orchestrator.artifact.Tombstones.Tombstone;
import dev.orchestrator.config.Home;
import dev.orchestrator.task.TaskId;
import dev.orchestrator.task.TaskStatus;
import dev.orchestrator.testkit.ManualTime;
import dev.orchestrator.testkit.SchemaCheck;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TombstonesTest {
    @TempDir
    Path directory;

    private Home home;
    private Tombstones tombstones;

    @BeforeEach
    void prepare() throws IOException {
        home = new Home(directory.toRealPath());
        home.prepare();
        tombstones = new Tombstones(home);
    }

    private static Tombstone of(String id, TaskStatus status) {
        return new Tombstone(
                new TaskId(id), "0".repeat(64), status, ManualTime.START, ManualTime.START.plusSeconds(60));
    }

    @Test
    void each_is_found_by_its_id_and_no_other_is() throws IOException {
        List<Tombstone> many = new ArrayList<>();
        for (int i = 0; i < 1_000; i++) {
            many.add(of("t" + i, TaskStatus.SUCCEEDED));
        }
        tombstones.add(many);

        for (Tombstone each : many) {
            assertThat(tombstones.find(each.taskId())).contains(each);
        }
        assertThat(tombstones.find(new TaskId("t"))).isEmpty();
        assertThat(tombstones.find(new TaskId("task_id"))).isEmpty();
    }

    @Test
    void the_last_of_an_id_counts() throws IOException {
        tombstones.add(List.of(of("a", TaskStatus.FAILED)));
        tombstones.add(List.of(of("a", TaskStatus.SUCCEEDED)));

        assertThat(tombstones.find(new TaskId("a"))).contains(of("a", TaskStatus.SUCCEEDED));
    }

    @Test
    void half_a_line_is_none_and_the_next_begins_behind_it() throws IOException {
        tombstones.add(List.of(of("a", TaskStatus.SUCCEEDED)));
        try (Stream<Path> files = Files.list(home.removed())) {
            Path file = files.findFirst().orElseThrow();
            Files.write(file, "{\"task_id\":\"a\",\"sha".getBytes(StandardCharsets.UTF_8), StandardOpenOption.APPEND);
        }
        assertThat(tombstones.find(new TaskId("a"))).contains(of("a", TaskStatus.SUCCEEDED));

        tombstones.add(List.of(of("a", TaskStatus.CANCELLED)));

        assertThat(tombstones.find(new TaskId("a"))).contains(of("a", TaskStatus.CANCELLED));
    }

    @Test
    void they_are_as_their_schema_says() throws IOException {
        tombstones.add(List.of(of("a", TaskStatus.SUCCEEDED), of("b", TaskStatus.FAILED)));

        assertThat(SchemaCheck.tombstones(home)).hasSize(2);
    }
}
