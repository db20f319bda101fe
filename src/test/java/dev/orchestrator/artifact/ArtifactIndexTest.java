package dev.orchestrator.artifact;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.orchestrator.config.Home;
import dev.orchestrator.journal.Journal;
import dev.orchestrator.journal.JournalPosition;
import dev.orchestrator.json.Json;
import dev.orchestrator.task.Event;
import dev.orchestrator.task.TaskEvent;
import dev.orchestrator.task.TaskId;
import dev.orchestrator.task.TaskStatus;
import dev.orchestrator.testkit.Artifacts;
import dev.orchestrator.testkit.ManualTime;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ArtifactIndexTest {
    @TempDir
    Path directory;

    private final ManualTime time = new ManualTime();
    private Home home;

    @BeforeEach
    void prepare() throws IOException {
        home = new Home(directory);
        home.prepare();
    }

    @Test
    void a_finished_turn_is_entered_and_a_later_one_takes_its_place() throws IOException {
        run(written("a", 1), finished("a", 1), written("b", 1), finished("b", 1), written("a", 2), finished("a", 2));
        JsonNode tasks = tasks();
        assertThat(ids(tasks)).containsExactly("a", "b");
        assertThat(tasks.path("a").path("turn").asInt()).isEqualTo(2);
        assertThat(tasks.path("a").path("artifact").asText()).isEqualTo("results/a.json");
        assertThat(tasks.path("b").path("status").asText()).isEqualTo("succeeded");
        assertThat(tasks.path("b").path("title").asText()).isEqualTo("A \"title\"\n }} of b");
    }

    @Test
    void entries_are_kept_when_the_file_is_written_again() throws IOException {
        run(written("a", 1), finished("a", 1), written("b", 1), finished("b", 1));
        run(written("c", 1), finished("c", 1), written("b", 2), finished("b", 2));
        assertThat(ids(tasks())).containsExactly("a", "b", "c");
        assertThat(tasks().path("b").path("turn").asInt()).isEqualTo(2);
    }

    @Test
    void what_was_removed_is_left_out_unless_it_comes_back() throws IOException {
        run(written("a", 1), finished("a", 1), written("b", 1), finished("b", 1), written("c", 1), finished("c", 1));
        try (Journal journal = open()) {
            ArtifactIndex index = ArtifactIndex.open(home.index(), home.journal());
            journal.start(List.of(index));
            index.forget(Set.of(new TaskId("a"), new TaskId("b")));
            journal.commit(List.of(written("b", 2), finished("b", 2)));
            index.write();
            assertThat(index.isStale()).isFalse();
        }
        assertThat(ids(tasks())).containsExactly("b", "c");
        assertThat(tasks().path("b").path("turn").asInt()).isEqualTo(2);
    }

    @Test
    void made_anew_it_has_nothing_that_was_removed_since() throws IOException {
        run(written("a", 1), finished("a", 1), written("b", 1), finished("b", 1));
        Files.delete(home.artifact(new TaskId("a")));
        List<String> unreadable = new ArrayList<>();

        ArtifactIndex.rebuild(home.index(), home.journal(), unreadable::add);

        assertThat(ids(tasks())).containsExactly("b");
    }

    @Test
    void an_index_that_is_missing_is_made_without_what_was_removed_since() throws IOException {
        run(written("a", 1), finished("a", 1), written("b", 1), finished("b", 1));
        Files.delete(home.artifact(new TaskId("a")));
        Files.delete(home.index());

        run();

        assertThat(ids(tasks())).containsExactly("b");
    }

    @Test
    void an_index_that_is_read_on_from_the_journal_has_nothing_that_was_removed_since() throws IOException {
        run(written("a", 1), finished("a", 1));
        byte[] old = Files.readAllBytes(home.index());
        run(written("b", 1), finished("b", 1));
        Files.write(home.index(), old);
        Files.delete(home.artifact(new TaskId("b")));

        run();

        assertThat(ids(tasks())).containsExactly("a");
    }

    @Test
    void what_happened_after_the_last_writing_is_taken_from_the_journal() throws IOException {
        run(written("a", 1), finished("a", 1));
        byte[] old = Files.readAllBytes(home.index());
        run(written("b", 1), finished("b", 1));
        Files.write(home.index(), old);
        run();
        assertThat(ids(tasks())).containsExactly("a", "b");
    }

    @Test
    void a_turn_is_entered_wherever_between_its_events_the_index_was_written_before_a_crash() throws IOException {
        try (Journal journal = open()) {
            ArtifactIndex index = ArtifactIndex.open(home.index(), home.journal());
            journal.start(List.of(index));
            publish(written("a", 1), written("b", 1));
            journal.commit(List.of(written("a", 1), finished("a", 1), written("b", 1)));
            index.write();
            journal.commit(List.of(finished("b", 1)));
        }
        run();
        assertThat(ids(tasks())).containsExactly("a", "b");
    }

    @Test
    void nothing_is_written_when_nothing_has_changed() throws IOException {
        run(written("a", 1), finished("a", 1));
        assertThat(ArtifactIndex.open(home.index(), home.journal()).isStale()).isFalse();
    }

    @Test
    void a_missing_index_is_made_from_the_artifacts_and_the_journal() throws IOException {
        ArtifactStore store = new ArtifactStore(home);
        store.publish(Artifacts.succeeded("old", 1, "x"));
        store.publish(Artifacts.succeeded("old", 2, "x"));
        Files.writeString(home.artifact(new TaskId("broken")), "{");
        run(written("new", 1), finished("new", 1));
        assertThat(ids(tasks())).containsExactlyInAnyOrder("old", "new");
        assertThat(tasks().path("old").path("turn").asInt()).isEqualTo(2);
    }

    /** The journal is the truth, also when a later artifact was announced than the one that is there. */
    @Test
    void what_the_journal_says_of_a_task_counts_more_than_its_artifact() throws IOException {
        new ArtifactStore(home).publish(Artifacts.succeeded("a", 1, "x"));
        run(written("a", 1), finished("a", 1), written("a", 2), finished("a", 2));
        Files.delete(home.index());
        List<String> unreadable = new ArrayList<>();
        Files.writeString(home.artifact(new TaskId("broken")), "{");
        assertThat(ArtifactIndex.rebuild(home.index(), home.journal(), unreadable::add))
                .isEqualTo(1);
        assertThat(tasks().path("a").path("turn").asInt()).isEqualTo(2);
        assertThat(unreadable).singleElement().asString().contains("broken.json");
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 40, 150, 300})
    void an_index_that_lacks_its_end_is_made_anew(int missing) throws IOException {
        ArtifactStore store = new ArtifactStore(home);
        List<Event> events = new ArrayList<>();
        for (String id : new String[] {"a", "b", "c"}) {
            store.publish(Artifacts.succeeded(id, 1, "x"));
            events.addAll(List.of(written(id, 1), finished(id, 1)));
        }
        run(events.toArray(Event[]::new));
        byte[] whole = Files.readAllBytes(home.index());
        Files.write(home.index(), java.util.Arrays.copyOf(whole, Math.max(whole.length - 2 - missing, 0)));
        run(written("d", 1), finished("d", 1));
        assertThat(ids(tasks())).containsExactlyInAnyOrder("a", "b", "c", "d");
    }

    @Test
    void an_index_with_a_damaged_line_is_made_anew_from_the_artifacts() throws IOException {
        ArtifactStore store = new ArtifactStore(home);
        store.publish(Artifacts.succeeded("a", 1, "x"));
        store.publish(Artifacts.succeeded("b", 1, "x"));
        run(written("a", 1), finished("a", 1), written("b", 1), finished("b", 1));
        List<String> lines = new ArrayList<>(Files.readAllLines(home.index()));
        lines.set(1, "garbage");
        Files.writeString(home.index(), String.join("\n", lines) + "\n");
        run(written("c", 1), finished("c", 1));
        assertThat(ids(tasks())).containsExactlyInAnyOrder("a", "b", "c");
    }

    @Test
    void an_index_with_bytes_that_are_no_text_is_made_anew_from_the_artifacts() throws IOException {
        new ArtifactStore(home).publish(Artifacts.succeeded("a", 1, "x"));
        run(written("a", 1), finished("a", 1));
        byte[] bytes = Files.readAllBytes(home.index());
        bytes[new String(bytes, StandardCharsets.ISO_8859_1).indexOf("\"title\":\"") + 10] = (byte) 0xC3;
        Files.write(home.index(), bytes);
        run(written("b", 1), finished("b", 1));
        assertThat(ids(tasks())).containsExactlyInAnyOrder("a", "b");
    }

    @Test
    void an_index_of_another_journal_is_made_anew() throws IOException {
        run(written("a", 1), finished("a", 1));
        Files.delete(home.journal());
        run(written("b", 1), finished("b", 1));
        assertThat(ids(tasks())).containsExactly("b");
    }

    @Test
    void a_hundred_thousand_entries_are_copied_without_being_kept() throws IOException {
        IndexFile file = new IndexFile(home.index());
        IndexFile.Header header = new IndexFile.Header("1.0", 1, JournalPosition.START);
        Map<TaskId, IndexFile.Entry> many = new LinkedHashMap<>();
        for (int i = 0; i < 100_000; i++) {
            many.put(new TaskId("t" + i), entry(1));
        }
        file.merge(header, many, Set.of());
        file.merge(header, Map.of(new TaskId("t77777"), entry(2), new TaskId("new"), entry(1)), Set.of());
        JsonNode tasks = tasks();
        assertThat(tasks.size()).isEqualTo(100_001);
        assertThat(tasks.path("t77777").path("turn").asInt()).isEqualTo(2);
        try (Stream<String> lines = Files.lines(home.index())) {
            assertThat(lines.mapToInt(String::length).max().orElseThrow()).isLessThan(300);
        }
    }

    private static IndexFile.Entry entry(int turn) {
        return new IndexFile.Entry("results/x.json", turn, TaskStatus.SUCCEEDED, "Title", ManualTime.START);
    }

    private void run(Event... events) throws IOException {
        try (Journal journal = open()) {
            ArtifactIndex index = ArtifactIndex.open(home.index(), home.journal());
            journal.start(List.of(index));
            publish(events);
            journal.commit(List.of(events));
            if (index.isStale()) {
                index.write();
            }
            assertThat(index.isStale()).isFalse();
        }
    }

    /** As it is in life, an artifact is there before the journal says so; what is in it matters to few. */
    private void publish(Event... events) throws IOException {
        for (Event event : events) {
            if (event instanceof TaskEvent.ArtifactWritten written && !Files.exists(home.artifact(written.taskId()))) {
                Files.writeString(home.artifact(written.taskId()), "{}");
            }
        }
    }

    private Journal open() throws IOException {
        return Journal.open(home.journal(), 1000, Journal.Trusted.NOTHING, time, Thread::new);
    }

    private JsonNode tasks() throws IOException {
        return Json.full().readTree(Files.readAllBytes(home.index())).path("tasks");
    }

    private static List<String> ids(JsonNode tasks) {
        List<String> ids = new ArrayList<>();
        tasks.fieldNames().forEachRemaining(ids::add);
        return ids;
    }

    private static Event written(String id, int turn) {
        return new TaskEvent.ArtifactWritten(
                new TaskId(id), turn, "results/" + id + ".json", "A \"title\"\n }} of " + id);
    }

    private static Event finished(String id, int turn) {
        return new TaskEvent.TurnFinished(new TaskId(id), turn, TaskStatus.SUCCEEDED);
    }
}
