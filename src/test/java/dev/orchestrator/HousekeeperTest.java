package dev.orchestrator;

import static org.assertj.core.api.Assertions.assertThat;

import dev.orchestrator.config.Home;
import dev.orchestrator.config.RetentionConfig;
import dev.orchestrator.control.Commands.Reply;
import dev.orchestrator.history.HistoryKeeper;
import dev.orchestrator.housekeeping.Cleaning.Kind;
import dev.orchestrator.housekeeping.Pruning;
import dev.orchestrator.journal.Journal;
import dev.orchestrator.journal.JournalArchive;
import dev.orchestrator.state.Snapshot;
import dev.orchestrator.state.StateFile;
import dev.orchestrator.state.StateIndex;
import dev.orchestrator.task.DaemonEvent;
import dev.orchestrator.task.TaskId;
import dev.orchestrator.task.TaskStatus;
import dev.orchestrator.task.TaskView;
import dev.orchestrator.testkit.Await;
import dev.orchestrator.testkit.Life;
import dev.orchestrator.testkit.ManualTime;
import dev.orchestrator.time.TimeSource;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class HousekeeperTest {
    private static final Duration LONG = Duration.ofSeconds(20);

    private final ManualTime time = new ManualTime();
    private final AtomicInteger parts = new AtomicInteger();
    private Optional<Duration> journal = Optional.empty();
    private Home home;
    private Housekeeper housekeeper;

    @BeforeEach
    void lay_out(@TempDir Path temp) throws IOException {
        home = new Home(temp.toRealPath());
        home.prepare();
    }

    @AfterEach
    void close() {
        housekeeper.close();
    }

    private void start(Optional<Duration> tasks, Consumer<Runnable> alone) {
        RetentionConfig retention = new RetentionConfig(tasks, Optional.empty(), Optional.empty(), journal);
        housekeeper = new Housekeeper(
                closing -> new PartwiseCleaning(home, List::<TaskView>of, forgotten -> {}, time, closing),
                new Pruning(home),
                () -> retention,
                Thread::new,
                time);
        housekeeper.start(part -> {
            parts.incrementAndGet();
            alone.accept(part);
        });
    }

    /** Its time of change is that of this machine, so it is the clock of the test that makes it old. */
    private Path old() throws IOException {
        Path file = home.rejected().resolve("a.task.md");
        for (Path each : List.of(file, home.reasonOf(file))) {
            Files.writeString(each, "{\"file\":\"a.task.md\"}");
            Files.setLastModifiedTime(each, FileTime.from(ManualTime.START.minus(Duration.ofDays(9))));
        }
        return file;
    }

    @Test
    void what_is_old_is_removed_soon_after_the_start_and_then_every_hour() throws IOException {
        Path file = old();
        start(Optional.of(Duration.ofDays(7)), Runnable::run);
        assertThat(file).exists();

        time.advance(Duration.ofMinutes(1));
        Await.until(LONG, () -> !Files.exists(home.reasonOf(file)));
        old();
        time.advance(Duration.ofMinutes(59));
        assertThat(file).exists();
        time.advance(Duration.ofMinutes(1));
        Await.until(LONG, () -> !Files.exists(file));
    }

    @Test
    void before_the_end_a_last_round_is_made_if_there_is_anything_to_do_in_it() throws IOException {
        Path file = old();
        start(Optional.of(Duration.ofDays(7)), Runnable::run);

        assertThat(housekeeper.isDone()).isFalse();
        Await.until(LONG, housekeeper::isDone);

        assertThat(file).doesNotExist();
    }

    @Test
    void where_all_is_kept_nobody_waits_for_a_round() {
        start(Optional.empty(), Runnable::run);

        assertThat(housekeeper.isDone()).isTrue();
    }

    /** Four times a second it would fill the log. */
    @Test
    void a_round_that_fails_is_made_again_in_an_hour_and_not_at_once() throws IOException {
        Path file = old();
        start(Optional.of(Duration.ofDays(7)), part -> {
            if (parts.get() == 1) {
                throw new IllegalStateException("nobody can");
            }
            part.run();
        });
        time.advance(Duration.ofMinutes(1));
        Await.until(LONG, () -> parts.get() == 1);
        assertThat(asked().ok()).isTrue();
        assertThat(parts).hasValue(1);

        time.advance(Duration.ofHours(1));
        Await.until(LONG, () -> !Files.exists(file));
    }

    /** Of something that there is nothing of: it comes behind a round that would be due. */
    private Reply asked() {
        return Await.value(LONG, () -> {
            Reply reply = housekeeper.clean(Kind.RUNS, Duration.ofDays(7));
            return reply.equals(Reply.notYet()) ? null : reply;
        });
    }

    @Test
    void what_a_person_wants_removed_is_answered_when_it_is() throws IOException {
        Path file = home.processed(new TaskId("a"), TaskStatus.SUCCEEDED);
        Files.writeString(file, "x");
        start(Optional.empty(), Runnable::run);
        time.advance(Duration.ofDays(40_000));

        assertThat(housekeeper.clean(Kind.TASKS, Duration.ofDays(7))).isEqualTo(Reply.notYet());
        Reply reply = Await.value(LONG, () -> {
            Reply now = housekeeper.clean(Kind.TASKS, Duration.ofDays(7));
            return now.equals(Reply.notYet()) ? null : now;
        });

        assertThat(reply).isEqualTo(Reply.done("1 task older than 7 days is removed (0 KB)."));
        assertThat(file).doesNotExist();
        assertThat(housekeeper.clean(Kind.TASKS, Duration.ofDays(7))).isEqualTo(Reply.notYet());
    }

    @Test
    void an_answer_that_nobody_took_is_none_to_who_asks_later() {
        start(Optional.empty(), Runnable::run);
        housekeeper.clean(Kind.RUNS, Duration.ofDays(7));
        housekeeper.clean(Kind.TASKS, Duration.ofDays(7));
        Await.value(LONG, () -> {
            Reply now = housekeeper.clean(Kind.TASKS, Duration.ofDays(7));
            return now.equals(Reply.notYet()) ? null : now;
        });

        time.advance(Duration.ofMinutes(1));

        assertThat(housekeeper.clean(Kind.RUNS, Duration.ofDays(7))).isEqualTo(Reply.notYet());
    }

    private void write(int events) throws IOException {
        StateIndex state = new StateIndex(Snapshot.EMPTY);
        try (Journal open =
                Journal.open(home.journal(), 200, Journal.Trusted.NOTHING, TimeSource.system(), Thread::new)) {
            HistoryKeeper history = new HistoryKeeper(home.history(), home.journal(), open::sync, TimeSource.system());
            open.start(List.of(state, history));
            for (int i = 0; i < events; i++) {
                open.commit(new DaemonEvent.DaemonStarted("0.1.0", 7, 3));
            }
            // What is counted is in the history, so that it ends behind them.
            open.commit(Life.accepted("a"));
            open.sync();
            new StateFile(home.state(), home.journal()).save(state.snapshot());
            history.write();
        }
    }

    private List<JournalArchive.Closed> closed() throws IOException {
        return new JournalArchive(home.journal()).closed();
    }

    @Test
    void the_journal_is_packed_and_what_is_old_of_it_removed_as_the_settings_say() throws IOException {
        write(8);
        int before = closed().size();
        journal = Optional.of(Duration.ofDays(30));
        start(Optional.empty(), Runnable::run);
        assertThat(housekeeper.isDone()).isFalse();
        Await.until(LONG, housekeeper::isDone);
        assertThat(closed()).hasSize(before);
        assertThat(closed().get(0).packed()).isTrue();

        time.advance(Duration.ofDays(40_000));
        Await.until(LONG, () -> closed().size() < before);
    }

    @Test
    void a_person_who_wants_it_pruned_is_told_what_came_of_it() throws IOException {
        write(8);
        start(Optional.empty(), Runnable::run);
        time.advance(Duration.ofDays(40_000));
        Reply reply = Await.value(LONG, () -> {
            Reply now = housekeeper.prune(Optional.of(Duration.ofDays(7)));
            return now.equals(Reply.notYet()) ? null : now;
        });
        assertThat(reply.ok()).isTrue();
        assertThat(reply.message()).contains("segments of the journal are removed");
    }
}
