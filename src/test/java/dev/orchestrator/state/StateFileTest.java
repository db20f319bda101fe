package dev.orchestrator.state;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.orchestrator.journal.Journal;
import dev.orchestrator.journal.JournalPosition;
import dev.orchestrator.journal.JournalReader;
import dev.orchestrator.journal.LineFormat;
import dev.orchestrator.json.Json;
import dev.orchestrator.task.DaemonEvent;
import dev.orchestrator.testkit.Life;
import dev.orchestrator.testkit.ManualTime;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class StateFileTest {
    private static final long SMALL_SEGMENT = 2000;
    private static final long ONE_SEGMENT = 1 << 20;

    @TempDir
    Path directory;

    private final ManualTime time = new ManualTime();
    private Path journal;
    private Path file;
    private StateFile state;

    @BeforeEach
    void write() throws IOException {
        journal = directory.resolve("events.ndjson");
        file = directory.resolve("state.json");
        state = new StateFile(file, journal);
        StateIndex live = new StateIndex(Snapshot.EMPTY);
        try (Journal open = open()) {
            open.start(List.of(live));
            open.commit(new DaemonEvent.DaemonStarted("0.1.0", 1, 2));
            open.commit(Life.of("a"));
            open.commit(Life.of("b").subList(0, 13));
        }
    }

    /** Whoever wants to know what became of it finds it. */
    @Test
    void a_damaged_one_is_kept_beside_the_one_that_takes_its_place() throws IOException {
        assertThat(state.take(time.now())).isEqualTo(Snapshot.EMPTY);
        assertThat(directory).isDirectoryNotContaining("glob:**.corrupt-*");
        Files.writeString(file, "{");
        assertThat(state.take(time.now())).isEqualTo(Snapshot.EMPTY);
        assertThat(directory).isDirectoryContaining("glob:**state.json.corrupt-*");
    }

    @Test
    void what_the_daemon_folds_is_what_a_reader_folds() throws IOException {
        Snapshot full = full();
        StateIndex live = state.current();
        try (Journal open = open()) {
            open.start(List.of(live));
            open.commit(Life.of("c"));
        }
        assertThat(live.snapshot()).isEqualTo(full());
        assertThat(full().seq()).isGreaterThan(full.seq());
    }

    @Test
    void a_snapshot_from_any_point_and_the_rest_make_the_whole() throws IOException {
        Snapshot full = full();
        List<Snapshot> points = new ArrayList<>();
        StateIndex index = new StateIndex(Snapshot.EMPTY);
        new JournalReader(journal).read(JournalPosition.START, (line, after) -> {
            try {
                index.written(LineFormat.decode(line), after);
                points.add(index.snapshot());
            } catch (LineFormat.MalformedLine e) {
                throw new IOException(e);
            }
        });
        assertThat(points).hasSizeGreaterThan(30);
        for (Snapshot point : points) {
            state.save(point);
            assertThat(state.load()).isEqualTo(point);
            assertThat(state.current().snapshot()).isEqualTo(full);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "null",
                "[]",
                "{}",
                "42",
                "{\"schema_version\":\"1.1\"",
                "{\"schema_version\":\"1.1\",\"active\":[],\"recent\":[]}",
                "{\"schema_version\":\"1.1\",\"seq\":2,\"position\":{\"segment\":0,\"offset\":0},\"active\":[],"
                        + "\"recent\":[]}",
                "{\"schema_version\":\"1.1\",\"position\":{\"segment\":0},\"totals\":{\"finished\":{}},\"active\":[{"
                        + "\"attempts\":[]}],\"recent\":[]}",
                "{\"schema_version\":\"2.0\",\"seq\":2,\"position\":{\"segment\":1,\"offset\":0},"
                        + "\"totals\":{\"finished\":{}},\"active\":[],\"recent\":[]}",
                "\u0000\u0000\u0000{\u0000\u0000\u0000\u0000",
                "\u0000\u0000\u0000\u0000\u0000\u0000\u0000\u0000",
            })
    void a_snapshot_that_is_damaged_or_not_ours_is_folded_anew(String content) throws IOException {
        Snapshot full = full();
        Files.write(file, content.getBytes(StandardCharsets.UTF_8));
        assertThat(state.load()).isEqualTo(Snapshot.EMPTY);
        assertThat(state.current().snapshot()).isEqualTo(full);
    }

    @Test
    void a_snapshot_cut_at_any_byte_is_folded_anew() throws IOException {
        state.save(full());
        byte[] whole = Files.readAllBytes(file);
        for (int length = 0; length < whole.length - 2; length += 7) {
            Files.write(file, java.util.Arrays.copyOf(whole, length));
            assertThat(state.load()).as("length %d", length).isEqualTo(Snapshot.EMPTY);
        }
    }

    /** As an attempt was written before its process, its counts and its end had objects of their own. */
    @Test
    void a_snapshot_with_flat_attempts_is_folded_anew() throws IOException {
        Snapshot full = full();
        ObjectNode flat = Json.full().valueToTree(full);
        JsonNode attempts = flat.at("/active/0/attempts");
        assertThat(attempts).isNotEmpty();
        attempts.forEach(StateFileTest::flatten);
        Files.write(file, Json.document(flat));
        assertThat(state.load()).isEqualTo(Snapshot.EMPTY);
        assertThat(state.current().snapshot()).isEqualTo(full);
    }

    private static void flatten(JsonNode attempt) {
        for (String part : List.of("run", "counts", "end")) {
            if (((ObjectNode) attempt).remove(part) instanceof ObjectNode fields) {
                ((ObjectNode) attempt).setAll(fields);
            }
        }
    }

    @Test
    void a_snapshot_of_a_journal_that_was_cut_is_folded_anew() throws IOException {
        state.save(full());
        Files.delete(journal);
        assertThat(state.load()).isEqualTo(Snapshot.EMPTY);
    }

    /** A line may end at the same place by chance; the number of that line is another. */
    @Test
    void a_snapshot_of_another_journal_is_folded_anew() throws IOException {
        Snapshot full = full();
        state.save(new Snapshot(
                full.schemaVersion(),
                full.seq() + 5,
                full.position(),
                full.daemon(),
                full.totals(),
                full.today(),
                full.holds(),
                full.active(),
                full.recent(),
                full.outbox(),
                full.schedules()));
        assertThat(state.current().snapshot()).isEqualTo(full);
    }

    /** Opening the journal leaves damaged lines out; what follows them then lies elsewhere. */
    @Test
    void a_snapshot_from_before_a_repair_that_moved_lines_is_folded_anew() throws IOException {
        journal = Files.createDirectory(directory.resolve("one")).resolve("events.ndjson");
        state = new StateFile(file, journal);
        try (Journal open = Journal.open(journal, ONE_SEGMENT, Journal.Trusted.NOTHING, time, Thread::new)) {
            open.start(List.of());
            open.commit(Life.of("a"));
        }
        state.save(full());
        List<String> lines = new ArrayList<>(Files.readAllLines(journal));
        lines.set(2, "x".repeat(lines.get(2).length()));
        lines.add("damaged");
        lines.add(lines.get(1).replace("{\"seq\":2,", "{\"seq\":" + lines.size() + ","));
        Files.writeString(journal, String.join("\n", lines) + "\n");
        Snapshot before = state.load();
        Journal.Trusted trusted = new Journal.Trusted(before.position(), before.seq());
        assertThat(before).isNotEqualTo(Snapshot.EMPTY);
        try (Journal open = Journal.open(journal, ONE_SEGMENT, trusted, time, Thread::new)) {
            open.start(List.of());
            assertThat(state.bringUpToDate(before).snapshot()).isEqualTo(full());
        }
    }

    @Test
    void without_a_journal_there_is_nothing() throws IOException {
        StateFile none = new StateFile(file, directory.resolve("none").resolve("events.ndjson"));
        assertThat(none.current().snapshot()).isEqualTo(Snapshot.EMPTY);
    }

    private Snapshot full() throws IOException {
        return state.bringUpToDate(Snapshot.EMPTY).snapshot();
    }

    private Journal open() throws IOException {
        return Journal.open(journal, SMALL_SEGMENT, Journal.Trusted.NOTHING, time, Thread::new);
    }
}
