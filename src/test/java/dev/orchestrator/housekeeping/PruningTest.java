package dev.orchestrator.housekeeping;

import static org.assertj.core.api.Assertions.assertThat;

import dev.orchestrator.config.Home;
import dev.orchestrator.history.History;
import dev.orchestrator.history.HistoryKeeper;
import dev.orchestrator.journal.Journal;
import dev.orchestrator.journal.JournalArchive;
import dev.orchestrator.journal.JournalReader;
import dev.orchestrator.state.Snapshot;
import dev.orchestrator.state.StateFile;
import dev.orchestrator.state.StateIndex;
import dev.orchestrator.task.Event;
import dev.orchestrator.task.TaskEvent;
import dev.orchestrator.task.TaskId;
import dev.orchestrator.task.TaskStatus;
import dev.orchestrator.testkit.Life;
import dev.orchestrator.testkit.RandomPast;
import dev.orchestrator.time.TimeSource;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PruningTest {
    private static final Optional<Instant> ALL = Optional.of(Instant.now().plusSeconds(3600));

    private final RandomPast past = new RandomPast(seed());
    private Home home;
    private Journal journal;
    private StateIndex state;
    private HistoryKeeper history;

    private static long seed() {
        long seed = new Random().nextLong();
        System.out.println("seed " + seed);
        return seed;
    }

    @BeforeEach
    void open(@TempDir Path temp) throws IOException {
        home = new Home(temp);
        home.prepare();
        journal = Journal.open(home.journal(), 10_000, Journal.Trusted.NOTHING, TimeSource.system(), Thread::new);
        state = new StateIndex(Snapshot.EMPTY);
        history = new HistoryKeeper(home.history(), home.journal(), journal::sync, TimeSource.system());
        journal.start(List.of(state, history));
    }

    @AfterEach
    void close() throws IOException {
        journal.close();
    }

    private void turns(int count) {
        for (int i = 0; i < count; i++) {
            List<Event> turn = past.turn();
            journal.commit(turn);
        }
    }

    private void save() throws IOException {
        journal.sync();
        new StateFile(home.state(), home.journal()).save(state.snapshot());
        history.write();
    }

    private Pruning.Report prune(Optional<Instant> before) throws IOException {
        return new Pruning(home).prune(before, closed -> true, Runnable::run);
    }

    private List<String> counted() throws IOException {
        List<String> lines = new ArrayList<>();
        new History(home.history(), home.journal()).read(() -> line -> lines.add(line.toString()));
        return lines;
    }

    private int segments() throws IOException {
        return new JournalArchive(home.journal()).closed().size();
    }

    @Test
    void what_counts_is_the_same_without_the_old_segments() throws IOException {
        turns(100);
        save();
        List<String> before = counted();
        Snapshot snapshot =
                new StateFile(home.state(), home.journal()).current().snapshot();

        Pruning.Report report = prune(ALL);

        assertThat(report.removed()).hasSizeGreaterThan(3).startsWith("logs/events-000001.ndjson");
        assertThat(counted()).isEqualTo(before);
        assertThat(new StateFile(home.state(), home.journal()).current().snapshot())
                .isEqualTo(snapshot);
        assertThat(segments()).isEqualTo(1);
    }

    /** What was spent counts against its limit, and who paused wants it paused, whatever becomes of one file. */
    @Test
    void what_is_lost_with_the_snapshot_is_not_what_the_old_segments_came_to() throws IOException {
        turns(100);
        save();
        prune(ALL);
        turns(50);
        save();
        StateFile file = new StateFile(home.state(), home.journal());
        Snapshot before = file.current().snapshot();

        Files.delete(StateFile.baseOf(home.state()));
        assertThat(file.lacksBase()).isTrue();
        prune(Optional.empty());
        assertThat(file.lacksBase()).isFalse();

        Files.delete(home.state());
        assertThat(file.current().snapshot()).as("deleted").isEqualTo(before);
        Files.writeString(home.state(), "{\"schema_version\":\"1.6\",");
        assertThat(file.current().snapshot()).as("damaged").isEqualTo(before);
    }

    @Test
    void without_an_age_all_but_the_latest_are_packed_and_none_is_removed() throws IOException {
        turns(100);
        save();
        int before = segments();
        List<String> lines = new ArrayList<>();
        JournalReader reader = new JournalReader(home.journal());
        reader.read(reader.start(), (line, after) -> lines.add(line));

        Pruning.Report report = prune(Optional.empty());

        assertThat(report.removed()).isEmpty();
        assertThat(report.packed()).hasSize(before - 1);
        assertThat(report.bytes()).isPositive();
        List<String> now = new ArrayList<>();
        reader.read(reader.start(), (line, after) -> now.add(line));
        assertThat(now).isEqualTo(lines);
        assertThat(prune(Optional.empty()).packed()).isEmpty();
        assertThat(prune(ALL).removed()).hasSize(before - 1);
    }

    /** Who starts then would count anew what is left, and would not know of tasks that were accepted. */
    @Test
    void what_is_not_in_the_snapshot_and_in_the_history_stays() throws IOException {
        turns(50);
        assertThat(prune(ALL).removed()).isEmpty();

        journal.sync();
        new StateFile(home.state(), home.journal()).save(state.snapshot());
        assertThat(prune(ALL)).isEqualTo(new Pruning.Report(List.of(), List.of(), 0, true));
    }

    @Test
    void a_segment_in_which_a_task_is_spoken_of_that_is_not_over_stays_with_all_behind_it() throws IOException {
        turns(60);
        int free = segments();
        journal.commit(List.of(Life.accepted("under-way")));
        turns(60);
        save();

        Pruning.Report report = prune(ALL);

        // What is full is closed by the next event.
        assertThat(report.removed().size()).isBetween(1, free + 1);
        assertThat(report.packed()).isNotEmpty();
        StringBuilder left = new StringBuilder();
        JournalReader reader = new JournalReader(home.journal());
        reader.read(reader.start(), (line, after) -> left.append(line));
        assertThat(left).contains("\"task_id\":\"under-way\"");
    }

    @Test
    void what_is_young_stays_and_a_look_touches_nothing() throws IOException {
        turns(50);
        save();
        int before = segments();
        assertThat(prune(Optional.of(Instant.now().minusSeconds(3600))).removed())
                .isEmpty();

        Pruning.Report look = new Pruning(home).look(ALL);
        assertThat(look.removed()).hasSize(before - 1);
        assertThat(segments()).isEqualTo(before);
    }

    @Test
    void whoever_is_to_stop_stops_before_the_next_segment() throws IOException {
        turns(50);
        save();
        int before = segments();
        int[] asked = {0};
        Pruning.Report report = new Pruning(home).prune(ALL, closed -> asked[0]++ < 2, Runnable::run);
        assertThat(report.removed()).hasSize(2);
        assertThat(report.whole()).isFalse();
        assertThat(segments()).isEqualTo(before - 2);
    }

    /** Between the plan and the removal it may have begun anew. */
    @Test
    void a_task_that_begins_anew_keeps_its_segments() throws IOException {
        journal.commit(List.of(Life.accepted("again")));
        journal.commit(List.of(
                new TaskEvent.TurnFinished(new TaskId("again"), 1, TaskStatus.SUCCEEDED),
                new TaskEvent.TaskFinished(
                        new TaskId("again"), 1, TaskStatus.SUCCEEDED, "bug_fix", null, 1, 900, null, 1, 1)));
        turns(50);
        save();

        Pruning.Report report = new Pruning(home).prune(ALL, closed -> true, part -> {
            journal.commit(List.of(Life.accepted("again")));
            part.run();
        });

        assertThat(report.removed()).isEmpty();
    }

    @Test
    void what_cannot_be_unpacked_keeps_nobody_from_going_on_and_is_not_removed() throws IOException {
        turns(50);
        save();
        List<String> before = counted();
        prune(Optional.empty());
        Path first = home.logs().resolve("events-000001.ndjson.gz");
        byte[] bytes = Files.readAllBytes(first);
        bytes[bytes.length / 2] ^= 0x55;
        Files.write(first, bytes);

        JournalReader reader = new JournalReader(home.journal());
        List<String> lines = new ArrayList<>();
        reader.read(reader.start(), (line, after) -> lines.add(line));
        assertThat(lines).isNotEmpty();
        assertThat(reader.damage(reader.start())).isPresent();
        assertThat(counted()).isEqualTo(before);
        assertThat(prune(ALL).removed()).isEmpty();
    }
}
