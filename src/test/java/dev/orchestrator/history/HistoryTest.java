package dev.orchestrator.history;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.orchestrator.journal.Journal;
import dev.orchestrator.journal.JournalPosition;
import dev.orchestrator.journal.JournalReader;
import dev.orchestrator.journal.LineFormat;
import dev.orchestrator.task.AttemptEvent;
import dev.orchestrator.task.Event;
import dev.orchestrator.task.TaskEvent;
import dev.orchestrator.testkit.ManualTime;
import dev.orchestrator.testkit.Quiet;
import dev.orchestrator.testkit.RandomPast;
import dev.orchestrator.testkit.disk.FaultyDisk;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(120)
@ExtendWith(Quiet.class)
class HistoryTest {
    private static final long SMALL_SEGMENT = 4000;

    @TempDir
    Path directory;

    private final ManualTime time = new ManualTime();
    private final RandomPast past = new RandomPast(42);
    private Path events;
    private Path file;
    private Journal journal;
    private HistoryKeeper keeper;

    @BeforeEach
    void open() throws IOException {
        events = directory.resolve("events.ndjson");
        file = directory.resolve("history.ndjson");
        start();
    }

    private void start() throws IOException {
        journal = Journal.open(events, SMALL_SEGMENT, Journal.Trusted.NOTHING, time, Thread::new);
        keeper = new HistoryKeeper(file, events, journal::sync, time);
        journal.start(List.of(keeper));
    }

    @AfterEach
    void stop() throws IOException {
        journal.close();
    }

    private void turns(RandomPast from, int count) {
        for (int i = 0; i < count; i++) {
            journal.commit(from.turn());
            time.advance(Duration.ofSeconds(1));
        }
    }

    @Test
    void without_the_file_everything_is_read_from_the_journal() throws IOException {
        turns(past, 20);
        assertThat(file).doesNotExist();
        assertRight();
    }

    @Test
    void without_a_journal_there_is_nothing() throws IOException {
        Path none = directory.resolve("none");
        assertThat(new History(none.resolve("h"), none.resolve("events.ndjson")).read(Seen::new).lines)
                .isEmpty();
    }

    @Test
    void the_file_and_the_journal_behind_it_make_the_whole_wherever_the_file_ends() throws IOException {
        for (int i = 0; i < 10; i++) {
            turns(past, 3);
            keeper.write();
            assertRight();
            turns(past, 2);
            assertRight();
        }
        assertThat(new JournalReader(events).segments()).hasSizeGreaterThan(5);
        assertThat(file).content().contains("task_finished", "attempt_finished", "security_violation");
    }

    @Test
    void it_is_stale_at_first_and_after_what_counts() throws IOException {
        assertThat(keeper.isStale()).isTrue();
        keeper.write();
        assertThat(keeper.isStale()).isFalse();
        List<Event> turn = past.turn();
        journal.commit(turn.subList(0, 1));
        assertThat(keeper.isStale()).isFalse();
        journal.commit(turn);
        assertThat(keeper.isStale()).isTrue();
        keeper.write();
        assertThat(keeper.isStale()).isFalse();
        assertRight();
    }

    /** What a task costs must not depend on how many there were. */
    @Test
    void what_is_written_stays_and_only_the_end_grows() throws IOException {
        byte[] before = new byte[0];
        for (int i = 0; i < 10; i++) {
            turns(past, 1);
            keeper.write();
            byte[] after = Files.readAllBytes(file);
            assertThat(Arrays.copyOf(after, before.length)).isEqualTo(before);
            assertThat(after.length - before.length).isLessThan(3000);
            before = after;
        }
    }

    @Test
    void a_daemon_killed_at_any_byte_of_an_addition_leaves_no_turn_twice_and_none_out() throws IOException {
        turns(past, 3);
        keeper.write();
        int before = (int) Files.size(file);
        turns(past, 4);
        keeper.write();
        byte[] whole = Files.readAllBytes(file);
        List<HistoryLine> expected = naive();
        for (int length = before; length <= whole.length; length++) {
            Files.write(file, Arrays.copyOf(whole, length));
            assertThat(read()).as("read with %d bytes", length).isEqualTo(expected);
            new HistoryKeeper(file, events, journal::sync, time).write();
            assertThat(Files.readAllBytes(file))
                    .as("written on %d bytes", length)
                    .isEqualTo(whole);
        }
    }

    @RepeatedTest(20)
    void whatever_is_cut_lost_or_left_behind_what_is_read_is_a_fold_of_the_whole_journal() throws IOException {
        long seed = new Random().nextLong();
        System.out.println("HistoryTest seed " + seed);
        Random random = new Random(seed);
        RandomPast lives = new RandomPast(seed);
        byte[] old = new byte[0];
        for (int round = 0; round < 30; round++) {
            List<Event> turn = lives.turn();
            int killed = random.nextInt(4) == 0 ? random.nextInt(turn.size()) : turn.size();
            turn.subList(0, killed).forEach(journal::commit);
            if (random.nextInt(2) == 0) {
                keeper.write();
            }
            if (Files.exists(file) && random.nextInt(6) == 0) {
                old = Files.readAllBytes(file);
            }
            if (random.nextInt(3) == 0) {
                kill(random, old);
                assertThat(read()).as("seed %d, round %d, killed", seed, round).isEqualTo(naive());
                start();
            }
            assertThat(read()).as("seed %d, round %d", seed, round).isEqualTo(naive());
        }
        // A segment that is full ends with the next sync, which is also that of an addition: not between these two.
        journal.sync();
        keeper.write();
        byte[] kept = Files.readAllBytes(file);
        Files.delete(file);
        keeper.write();
        assertThat(kept).as("seed %d: kept as if made at once", seed).isEqualTo(Files.readAllBytes(file));
    }

    private void kill(Random random, byte[] old) throws IOException {
        journal.close();
        switch (random.nextInt(5)) {
            case 0 -> cut(file, random);
            case 1 -> Files.deleteIfExists(file);
            case 2 -> Files.write(file, old);
            case 3 -> Files.writeString(events, "{\"seq\":99999,\"ts\":\"20", StandardOpenOption.APPEND);
            default -> cut(events, random);
        }
    }

    /** As a power cut does it: the last bytes never came to the disk. */
    private static void cut(Path path, Random random) throws IOException {
        if (Files.exists(path) && Files.size(path) > 200) {
            try (FileChannel channel = FileChannel.open(path, StandardOpenOption.WRITE)) {
                channel.truncate(channel.size() - random.nextInt((int) Math.min(600, channel.size() - 150)));
            }
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "{",
                "not ours\n",
                "{\"schema_version\":\"9.0\",\"segment\":1,\"offset\":0}\n",
                "{\"schema_version\":\"1.0\",\"segment\":1,\"offset\":0}\n\u0000\u0000\u0000\u0000\n",
                "{\"schema_version\":\"1.0\",\"segment\":77,\"offset\":0}\n",
                "{\"schema_version\":\"1.0\",\"segment\":1,\"offset\":7}\n",
            })
    void a_file_that_is_damaged_or_not_ours_is_of_no_use_and_made_anew(String content) throws IOException {
        turns(past, 10);
        Files.writeString(file, content);
        assertRight();
        keeper.write();
        assertRight();
        assertThat(file).content().startsWith("{\"schema_version\":\"1.0\",\"segment\":1,\"offset\":0}\n{\"seq\":1,");
    }

    @Test
    void a_damaged_line_in_the_middle_makes_the_file_useless_until_the_next_start() throws IOException {
        turns(past, 10);
        keeper.write();
        String whole = Files.readString(file);
        Files.writeString(file, whole.replaceFirst("task_finished", "task_f\u0000nished"));
        assertRight();
        new HistoryKeeper(file, events, journal::sync, time).write();
        assertThat(file).hasContent(whole);
    }

    @Test
    void a_line_that_is_there_twice_does_not_count_twice() throws IOException {
        turns(past, 5);
        keeper.write();
        List<String> lines = new ArrayList<>(Files.readAllLines(file));
        lines.add(lines.get(lines.size() - 1));
        Files.writeString(file, String.join("\n", lines) + "\n");
        assertRight();
    }

    @Test
    void a_torn_end_without_a_line_break_however_long_is_not_trusted() throws IOException {
        turns(past, 5);
        keeper.write();
        Files.write(file, new byte[200_000], StandardOpenOption.APPEND);
        assertRight();
        new HistoryKeeper(file, events, journal::sync, time).write();
        assertRight();
        assertThat(Files.size(file)).isLessThan(200_000);
    }

    @Test
    void the_file_of_another_journal_is_made_anew() throws IOException {
        turns(past, 10);
        keeper.write();
        journal.close();
        for (JournalPosition segment : new JournalReader(events).segments()) {
            Files.deleteIfExists(directory.resolve("events-00000" + segment.segment() + ".ndjson"));
        }
        Files.delete(events);
        start();
        turns(new RandomPast(7), 3);
        assertRight();
        keeper.write();
        assertRight();
    }

    /** Whoever removes old segments keeps their numbers: the file still has them. */
    @Test
    void turns_in_segments_that_were_removed_still_count() throws IOException {
        turns(past, 20);
        keeper.write();
        List<HistoryLine> all = naive();
        Files.delete(directory.resolve("events-000001.ndjson"));
        assertThat(read()).isEqualTo(all);
        new HistoryKeeper(file, events, journal::sync, time).write();
        assertThat(read()).isEqualTo(all);
    }

    /** Nobody else has what is in it of segments that were removed. */
    @Test
    void one_damaged_line_costs_no_other_of_a_segment_that_was_removed() throws IOException {
        turns(past, 20);
        keeper.write();
        List<HistoryLine> all = naive();
        Files.delete(directory.resolve("events-000001.ndjson"));
        List<String> lines = new ArrayList<>(Files.readAllLines(file));
        lines.set(2, "?" + lines.get(2));
        Files.writeString(file, String.join("\n", lines) + "\n");

        new HistoryKeeper(file, events, journal::sync, time).write();

        List<HistoryLine> left = new ArrayList<>(all);
        left.remove(1);
        assertThat(all.get(2).after().segment()).isEqualTo(1);
        assertThat(read()).isEqualTo(left);
        turns(past, 2);
        new HistoryKeeper(file, events, journal::sync, time).write();
        assertThat(read()).startsWith(left.toArray(new HistoryLine[0])).hasSizeGreaterThan(left.size());
    }

    @Test
    void a_file_that_somebody_deletes_while_the_daemon_runs_is_made_anew() throws IOException {
        turns(past, 5);
        keeper.write();
        Files.delete(file);
        turns(past, 1);
        keeper.write();
        assertThat(file).exists();
        assertRight();
    }

    @Test
    void nothing_is_added_before_the_journal_is_on_disk() throws IOException {
        turns(past, 5);
        HistoryKeeper early = new HistoryKeeper(
                file,
                events,
                () -> {
                    throw new IllegalStateException("the journal is closed");
                },
                time);
        assertThatThrownBy(early::write).isInstanceOf(IllegalStateException.class);
        assertThat(Files.readAllLines(file)).hasSize(1);
        assertThat(early.isStale()).isTrue();
        assertRight();
    }

    @Test
    void an_addition_that_failed_is_made_when_the_disk_can() throws IOException {
        FaultyDisk disk = new FaultyDisk();
        HistoryKeeper faulty = new HistoryKeeper(disk.on(file), events, journal::sync, time);
        faulty.write();
        turns(past, 5);
        for (FaultyDisk.Fault fault : List.of(FaultyDisk.Fault.WRITE, FaultyDisk.Fault.SYNC)) {
            disk.set(fault);
            assertThatThrownBy(faulty::write).isInstanceOf(IOException.class);
            assertThat(faulty.isStale()).isTrue();
            assertRight();
        }
        disk.set(FaultyDisk.Fault.NONE);
        faulty.write();
        assertThat(faulty.isStale()).isFalse();
        assertRight();
    }

    @Test
    void a_reader_sees_every_event_once_while_the_daemon_writes_and_rotates() throws IOException {
        CompletableFuture<Void> writing = CompletableFuture.runAsync(
                () -> {
                    for (int i = 0; i < 300; i++) {
                        turns(past, 1);
                        if (i % 3 == 0) {
                            write(keeper);
                        }
                    }
                },
                task -> new Thread(task).start());
        List<HistoryLine> before = List.of();
        while (!writing.isDone()) {
            List<HistoryLine> now = read();
            assertThat(now.subList(0, before.size())).isEqualTo(before);
            before = now;
        }
        writing.join();
        assertRight();
    }

    private static void write(HistoryKeeper keeper) {
        try {
            keeper.write();
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    /** Lines that another program wrote again, with other spaces, are events all the same. */
    @Test
    void a_journal_line_in_another_form_counts() throws IOException {
        String line = "{ \"event\": \"security_violation\", \"seq\": 5, \"ts\": \"2026-11-22T14:25:01.000Z\","
                + " \"task_id\": \"a\", \"turn\": 1, \"attempt\": 1, \"tool\": \"Write\", \"reason\": \"r\" }";
        assertThat(Facts.of(line, JournalPosition.START))
                .hasValueSatisfying(found -> assertThat(found.fact()).isEqualTo(new Fact.Violation()));
        assertThat(Facts.of("not JSON", JournalPosition.START)).isEmpty();
        assertThat(Facts.of("{\"seq\":1,\"event\":\"task_finished\"}", JournalPosition.START))
                .isEmpty();
    }

    private void assertRight() throws IOException {
        assertThat(read()).isEqualTo(naive());
    }

    private List<HistoryLine> read() throws IOException {
        return new History(file, events).read(Seen::new).lines;
    }

    /** Every line of the journal decoded, and what counts taken from it. */
    private List<HistoryLine> naive() throws IOException {
        List<HistoryLine> found = new ArrayList<>();
        JournalReader reader = new JournalReader(events);
        reader.read(reader.start(), (line, after) -> {
            try {
                var entry = LineFormat.decode(line);
                if (naive(entry.event()) != null) {
                    found.add(new HistoryLine(entry.seq(), after, entry.ts(), naive(entry.event())));
                }
            } catch (LineFormat.MalformedLine e) {
                assertThat(line.getBytes(StandardCharsets.UTF_8))
                        .as("damaged line")
                        .isNotEmpty();
            }
        });
        return found;
    }

    private static Fact naive(Event event) {
        if (event instanceof TaskEvent.TaskFinished end) {
            return new Fact.TurnOver(
                    end.taskId().value(),
                    end.status(),
                    end.type(),
                    end.category(),
                    end.attempts(),
                    end.durationMs(),
                    end.costUsd(),
                    end.inputTokens(),
                    end.outputTokens());
        }
        if (event instanceof AttemptEvent.AttemptFinished end) {
            return end.failure() == null
                    ? null
                    : new Fact.AttemptFailed(end.failure().category());
        }
        return event instanceof AttemptEvent.SecurityViolation
                ? new Fact.Violation()
                : event instanceof dev.orchestrator.task.DaemonEvent.SegmentOpened ? new Fact.SegmentBegun() : null;
    }

    private static final class Seen implements Consumer<HistoryLine> {
        private final List<HistoryLine> lines = new ArrayList<>();

        @Override
        public void accept(HistoryLine line) {
            lines.add(line);
        }
    }
}
