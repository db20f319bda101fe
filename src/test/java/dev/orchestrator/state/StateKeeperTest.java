package dev.orchestrator.state;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.orchestrator.journal.Journal;
import dev.orchestrator.task.DaemonEvent.DaemonStarted;
import dev.orchestrator.task.TaskId;
import dev.orchestrator.testkit.Life;
import dev.orchestrator.testkit.ManualTime;
import dev.orchestrator.testkit.disk.FaultyDisk;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
class StateKeeperTest {
    @TempDir
    Path directory;

    private final FaultyDisk disk = new FaultyDisk();
    private final FaultyDisk journalDisk = new FaultyDisk();
    private final StateIndex index = new StateIndex(Snapshot.EMPTY);
    private Path file;
    private StateFile state;
    private Journal journal;
    private StateKeeper keeper;

    @BeforeEach
    void open() throws IOException {
        Path events = directory.resolve("events.ndjson");
        file = directory.resolve("state.json");
        state = new StateFile(file, events);
        journal = Journal.open(journalDisk.on(events), 1 << 20, Journal.Trusted.NOTHING, new ManualTime(), Thread::new);
        journal.start(List.of(index));
        keeper = new StateKeeper(index, new StateFile(disk.on(file), events), journal);
    }

    @AfterEach
    void close() throws IOException {
        journal.close();
    }

    @Test
    void the_file_is_stale_until_it_has_the_last_event() throws IOException {
        assertThat(keeper.isStale()).isTrue();
        keeper.write();
        assertThat(keeper.isStale()).isFalse();
        journal.commit(Life.of("a"));
        assertThat(keeper.isStale()).isTrue();
        keeper.write();
        assertThat(keeper.isStale()).isFalse();
        assertThat(state.load()).isEqualTo(index.snapshot());
    }

    /** A snapshot ahead of the journal would let a later daemon go on from events that never were. */
    @Test
    void nothing_is_saved_before_the_journal_is_on_disk() throws Exception {
        journal.emit(new DaemonStarted("0.1.0", 1, 2));
        journalDisk.set(FaultyDisk.Fault.SYNC);
        CompletableFuture<Void> writing =
                CompletableFuture.runAsync(this::write, command -> new Thread(command).start());
        assertThatThrownBy(() -> writing.get(300, TimeUnit.MILLISECONDS)).isInstanceOf(TimeoutException.class);
        assertThat(file).doesNotExist();
        journalDisk.set(FaultyDisk.Fault.NONE);
        writing.get(30, TimeUnit.SECONDS);
        assertThat(file).exists();
    }

    private void write() {
        try {
            keeper.write();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Saved behind that event, no start would ever fold it: an accepted task would be lost. */
    @Test
    void an_event_that_could_not_be_folded_stops_the_saving_until_the_next_start() throws IOException {
        journal.commit(Life.of("a"));
        keeper.write();
        Snapshot before = state.load();
        assertThatThrownBy(() -> index.written(null, index.snapshot().position()))
                .isInstanceOf(RuntimeException.class);
        journal.commit(Life.accepted("b"));
        assertThat(keeper.isStale()).isFalse();
        keeper.write();
        assertThat(state.load()).isEqualTo(before);
        assertThat(state.current().active(new TaskId("b"))).isPresent();
    }

    @Test
    void a_failed_write_leaves_the_file_as_it_was_and_stale() throws IOException {
        journal.commit(Life.of("a"));
        keeper.write();
        Snapshot before = state.load();
        journal.commit(Life.of("b"));
        disk.set(FaultyDisk.Fault.WRITE);
        assertThatThrownBy(keeper::write).isInstanceOf(IOException.class);
        assertThat(keeper.isStale()).isTrue();
        assertThat(state.load()).isEqualTo(before);
        disk.set(FaultyDisk.Fault.NONE);
        keeper.write();
        assertThat(state.load()).isEqualTo(index.snapshot());
    }
}
