package dev.orchestrator.journal;

import static dev.orchestrator.journal.JournalHome.LARGE;
import static dev.orchestrator.journal.JournalHome.event;
import static dev.orchestrator.journal.JournalHome.seqs;
import static dev.orchestrator.journal.JournalHome.upTo;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.orchestrator.task.AttemptEvent;
import dev.orchestrator.task.Event;
import dev.orchestrator.task.Failure;
import dev.orchestrator.task.FailureCategory;
import dev.orchestrator.task.Task;
import dev.orchestrator.task.TaskEvent;
import dev.orchestrator.task.TaskId;
import dev.orchestrator.testkit.TaskBuilder;
import dev.orchestrator.testkit.disk.FaultyDisk;
import dev.orchestrator.testkit.disk.FaultyDisk.Fault;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(60)
class JournalTest {
    @TempDir
    Path directory;

    private JournalHome home;

    @BeforeEach
    void open() {
        home = new JournalHome(directory);
    }

    @Test
    void when_commit_returns_every_listener_has_seen_the_events_and_they_are_in_the_file() throws IOException {
        List<Event> first = Collections.synchronizedList(new ArrayList<>());
        List<Event> second = Collections.synchronizedList(new ArrayList<>());
        try (Journal journal = home.open(
                LARGE, (entry, after) -> first.add(entry.event()), (entry, after) -> second.add(entry.event()))) {
            journal.emit(event("a", 1));
            journal.commit(List.of(event("a", 2), event("a", 3)));
            assertThat(first).containsExactly(event("a", 1), event("a", 2), event("a", 3));
            assertThat(second).isEqualTo(first);
            assertThat(home.events()).isEqualTo(first);
        }
    }

    /** A program that tidies logs, say. */
    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    @DisabledOnOs(value = OS.WINDOWS, disabledReason = "platform: nobody removes there what is open")
    void a_file_that_somebody_removes_or_renames_is_put_back_with_all_that_was_in_it(boolean removes)
            throws IOException {
        Path current = directory.resolve("events.ndjson");
        try (Journal journal = home.open(5000)) {
            for (int i = 0; i < 30; i++) {
                journal.commit(event("a", i));
                journal.emit(event("b", i));
                if (i % 7 == 3) {
                    journal.sync();
                    if (removes) {
                        Files.delete(current);
                    } else {
                        Files.move(current, directory.resolve("events.ndjson." + i));
                        Files.createFile(current);
                    }
                }
            }
        }
        assertThat(home.events())
                .isEqualTo(IntStream.range(0, 30)
                        .boxed()
                        .flatMap(i -> Stream.of(event("a", i), event("b", i)))
                        .toList());
    }

    @Test
    void many_threads_share_the_journal_and_each_ones_order_is_kept() throws Exception {
        List<JournalEntry> seen = Collections.synchronizedList(new ArrayList<>());
        try (Journal journal = home.open(5000, (entry, after) -> seen.add(entry))) {
            List<CompletableFuture<Void>> writers = IntStream.range(0, 8)
                    .mapToObj(n -> CompletableFuture.runAsync(
                            () -> commitMany(journal, "t" + n), command -> new Thread(command).start()))
                    .toList();
            writers.forEach(CompletableFuture::join);
        }
        for (int n = 0; n < 8; n++) {
            TaskId who = new TaskId("t" + n);
            assertThat(home.events().stream()
                            .map(TaskEvent.class::cast)
                            .filter(event -> event.taskId().equals(who)))
                    .isEqualTo(IntStream.range(0, 50)
                            .mapToObj(i -> event(who.value(), i))
                            .toList());
        }
        assertThat(seqs(home.read())).isEqualTo(upTo(home.read().size()));
        assertThat(seqs(seen))
                .isEqualTo(upTo(home.read().size()).subList(1, home.read().size()));
    }

    private static void commitMany(Journal journal, String who) {
        for (int i = 0; i < 50; i++) {
            if (i % 3 == 0) {
                journal.emit(event(who, i));
            } else {
                journal.commit(event(who, i));
            }
        }
        journal.sync();
    }

    @Test
    void the_position_a_listener_is_told_is_the_place_behind_its_event() throws IOException {
        List<JournalPosition> positions = new ArrayList<>();
        try (Journal journal = home.open(300, (entry, after) -> positions.add(after))) {
            IntStream.range(0, 10).forEach(i -> {
                journal.emit(event("a", i));
                journal.commit(event("b", i));
            });
        }
        List<JournalPosition> read = new ArrayList<>();
        new JournalReader(home.file).read(JournalPosition.START, (line, after) -> read.add(after));
        assertThat(positions).isEqualTo(read.subList(1, read.size()));
    }

    @ParameterizedTest
    @EnumSource(
            value = Fault.class,
            names = {"WRITE", "HALF_WRITE", "SYNC"})
    void while_the_disk_refuses_commit_waits_and_then_nothing_is_lost_or_doubled(Fault fault) throws Exception {
        FaultyDisk disk = new FaultyDisk();
        List<Event> seen = Collections.synchronizedList(new ArrayList<>());
        try (Journal journal = home.open(disk.on(home.file), LARGE, (entry, after) -> seen.add(entry.event()))) {
            journal.commit(event("a", 1));
            journal.emit(event("a", 2));
            disk.set(fault);
            CompletableFuture<Void> waiting = CompletableFuture.runAsync(
                    () -> journal.commit(List.of(event("a", 3), event("a", 4))),
                    command -> new Thread(command).start());
            disk.awaitRefusal();
            assertThat(waiting).isNotDone();
            disk.set(Fault.NONE);
            waiting.get(30, TimeUnit.SECONDS);
            journal.commit(event("a", 5));
        }
        List<Event> all =
                IntStream.rangeClosed(1, 5).mapToObj(i -> event("a", i)).toList();
        assertThat(home.events()).isEqualTo(all);
        assertThat(seen).isEqualTo(all);
        assertThat(seqs(home.read())).isEqualTo(upTo(6));
    }

    @ParameterizedTest
    @EnumSource(
            value = Fault.class,
            names = {"WRITE", "SYNC", "MOVE"})
    void a_disk_that_refuses_in_the_middle_of_a_rotation_costs_nothing(Fault fault) throws Exception {
        FaultyDisk disk = new FaultyDisk();
        try (Journal journal = home.open(disk.on(home.file), 1)) {
            journal.commit(event("a", 1));
            journal.emit(event("a", 2));
            journal.emit(event("a", 3));
            disk.set(fault);
            CompletableFuture<Void> waiting = CompletableFuture.runAsync(
                    () -> journal.commit(event("a", 4)), command -> new Thread(command).start());
            disk.awaitRefusal();
            disk.set(Fault.NONE);
            waiting.get(30, TimeUnit.SECONDS);
        }
        assertThat(home.events())
                .isEqualTo(
                        IntStream.rangeClosed(1, 4).mapToObj(i -> event("a", i)).toList());
        assertThat(seqs(home.read())).isEqualTo(upTo(home.read().size()));
    }

    /** A failed sync may have dropped what was emitted before; syncing again would say yes to nothing. */
    @Test
    void what_was_emitted_before_a_rotation_whose_sync_fails_is_written_again() throws Exception {
        FaultyDisk disk = new FaultyDisk();
        JournalFile file = JournalFile.open(disk.on(home.file), () -> 150, Journal.Trusted.NOTHING, home.time);
        file.write(List.of(line(1), line(2)), false, () -> false);
        disk.set(Fault.SYNC);
        file.write(List.of(line(3)), true, () -> {
            disk.set(Fault.NONE);
            return true;
        });
        file.close();
        assertThat(home.events()).containsExactly(event("a", 1), event("a", 2), event("a", 3));
    }

    @Test
    void lines_that_could_not_be_written_leave_no_gap_before_later_ones() throws Exception {
        FaultyDisk disk = new FaultyDisk();
        JournalFile file = JournalFile.open(disk.on(home.file), () -> LARGE, Journal.Trusted.NOTHING, home.time);
        file.write(List.of(line(1)), false, () -> false);
        disk.set(Fault.HALF_WRITE);
        assertThatThrownBy(() -> file.write(List.of(line(2)), true, () -> false))
                .isInstanceOf(IOException.class);
        disk.set(Fault.NONE);
        file.write(List.of(line(3)), true, () -> false);
        file.close();
        assertThat(seqs(home.read())).isEqualTo(upTo(home.read().size()));
        assertThat(home.events()).containsExactly(event("a", 1), event("a", 3));
    }

    @Test
    void lines_whose_author_heard_that_they_failed_never_come_to_the_disk() throws IOException {
        FaultyDisk disk = new FaultyDisk();
        List<Event> seen = Collections.synchronizedList(new ArrayList<>());
        try (Journal journal = home.open(disk.on(home.file), LARGE, (entry, after) -> seen.add(entry.event()))) {
            journal.commit(event("a", 1));
            disk.set(Fault.MEMORY);
            assertThatThrownBy(() -> journal.commit(event("a", 2))).hasRootCauseInstanceOf(OutOfMemoryError.class);
            disk.set(Fault.NONE);
            journal.commit(event("a", 3));
        }
        assertThat(home.events()).isEqualTo(seen).containsExactly(event("a", 1), event("a", 3));
        assertThat(seqs(home.read())).isEqualTo(upTo(3));
    }

    private Journal.Line line(int number) {
        return LineFormat.encode(home.time.now(), event("a", number));
    }

    @Test
    void a_listener_that_fails_costs_neither_the_event_nor_the_others() throws IOException {
        List<Event> seen = Collections.synchronizedList(new ArrayList<>());
        try (Journal journal = home.open(
                LARGE,
                (entry, after) -> {
                    throw new AssertionError("a fault in a listener");
                },
                (entry, after) -> seen.add(entry.event()))) {
            journal.commit(event("a", 1));
            journal.commit(event("a", 2));
        }
        assertThat(seen).isEqualTo(home.events()).hasSize(2);
    }

    @Test
    void a_text_of_a_million_characters_is_one_line() throws IOException {
        Event large = new TaskEvent.QuestionAsked(new TaskId("a"), 1, 1, "é\n".repeat(500_000));
        home.write(LARGE, large, event("a", 2));
        assertThat(home.events()).containsExactly(large, event("a", 2));
    }

    /** A parser refuses strings of more than 20 million characters. */
    @Test
    void of_a_text_too_long_to_be_read_again_the_beginning_is_written_and_told() throws IOException {
        List<TaskEvent> seen = Collections.synchronizedList(new ArrayList<>());
        String text = "x".repeat(20_000_001);
        Failure failure = Failure.of(FailureCategory.CRASH, text);
        try (Journal journal = home.open(Long.MAX_VALUE, (entry, after) -> seen.add((TaskEvent) entry.event()))) {
            journal.commit(new TaskEvent.QuestionAsked(new TaskId("a"), 1, 1, text));
            journal.commit(new AttemptEvent.AttemptFinished(new TaskId("a"), 1, 1, failure, false, 1, 2, 3, null));
            journal.commit(new AttemptEvent.FilesModified(new TaskId("a"), 1, 1, List.of("b", text), 2));
        }
        assertThat(home.events().equals(seen)).isTrue();
        assertThat(((TaskEvent.QuestionAsked) seen.get(0)).question())
                .startsWith("xxx")
                .endsWith("x [cut: 20000001 characters]")
                .hasSizeLessThan(1_000_100);
        assertThat(((AttemptEvent.FilesModified) seen.get(2)).files()).first().isEqualTo("b");
    }

    /** Half a task is another task. */
    @Test
    void the_text_of_a_task_is_never_cut_but_refused() throws IOException {
        Task task = TaskBuilder.task("a").build();
        try (Journal journal = home.open(LARGE)) {
            String text = "x".repeat(16_000_001);
            assertThatThrownBy(() -> journal.commit(new TaskEvent.TaskAccepted(task.id(), task, null, "utf-8", text)))
                    .hasMessageContaining("task a has 16000001 characters");
            Event largest = new TaskEvent.TaskAccepted(task.id(), task, null, "utf-8", text.substring(1));
            journal.commit(largest);
            assertThat(home.events()).containsExactly(largest);
        }
    }

    @Test
    void what_was_emitted_is_in_the_file_after_close() throws IOException {
        try (Journal journal = home.open(LARGE)) {
            IntStream.range(0, 1000).forEach(i -> journal.emit(event("a", i)));
        }
        assertThat(home.events()).hasSize(1000);
    }

    @Test
    void a_closed_journal_takes_nothing_more() throws IOException {
        Journal journal = home.open(LARGE);
        journal.close();
        assertThatThrownBy(() -> journal.emit(event("a", 1))).isInstanceOf(IllegalStateException.class);
        assertThatThrownBy(() -> journal.commit(event("a", 1))).isInstanceOf(IllegalStateException.class);
    }

    @Test
    void a_last_word_does_not_wait_for_ever_for_a_disk_that_refuses() throws Exception {
        FaultyDisk disk = new FaultyDisk();
        Journal journal = home.open(disk.on(home.file), LARGE);
        assertThat(journal.tryCommit(event("a", 1), Duration.ofSeconds(30))).isTrue();
        disk.set(Fault.WRITE);
        assertThat(journal.tryCommit(event("a", 2), Duration.ofMillis(100))).isFalse();
        journal.close();
        assertThat(journal.tryCommit(event("a", 3), Duration.ofSeconds(30))).isFalse();
        assertThat(home.events()).containsExactly(event("a", 1));
    }

    @Test
    void closing_while_the_disk_refuses_ends_and_says_so_to_who_waits() throws Exception {
        FaultyDisk disk = new FaultyDisk();
        Journal journal = home.open(disk.on(home.file), LARGE);
        journal.commit(event("a", 1));
        disk.set(Fault.WRITE);
        CompletableFuture<Void> waiting =
                CompletableFuture.runAsync(() -> journal.commit(event("a", 2)), command -> new Thread(command).start());
        disk.awaitRefusal();
        journal.close();
        assertThatThrownBy(() -> waiting.get(30, TimeUnit.SECONDS)).hasRootCauseInstanceOf(IOException.class);
        assertThat(home.events()).containsExactly(event("a", 1));
    }
}
