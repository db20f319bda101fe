package dev.orchestrator.journal;

import static dev.orchestrator.journal.JournalHome.LARGE;
import static dev.orchestrator.journal.JournalHome.event;
import static dev.orchestrator.journal.JournalHome.seqs;
import static dev.orchestrator.journal.JournalHome.upTo;
import static org.assertj.core.api.Assertions.assertThat;

import dev.orchestrator.task.TaskEvent;
import dev.orchestrator.task.TaskId;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class JournalRotationTest {
    private static final long SMALL = 300;

    @TempDir
    Path directory;

    private JournalHome home;

    @BeforeEach
    void open() {
        home = new JournalHome(directory);
    }

    @Test
    void segments_are_closed_by_size_and_read_as_one_journal() throws IOException {
        writeMany(20);
        assertThat(directory.resolve("events-000001.ndjson")).exists();
        assertThat(directory.resolve("events-000002.ndjson")).exists();
        assertThat(numbers()).isEqualTo(upTo(20));
        assertThat(seqs(home.read())).isEqualTo(upTo(home.read().size()));
    }

    @Test
    void a_crash_after_the_rename_goes_on_in_the_next_segment() throws IOException {
        writeMany(5);
        Files.move(home.file, directory.resolve("events-00000" + currentNumber() + ".ndjson"));
        goesOn();
    }

    @Test
    void a_crash_after_the_next_segment_was_created_empty_goes_on_in_it() throws IOException {
        writeMany(5);
        Files.move(home.file, directory.resolve("events-00000" + currentNumber() + ".ndjson"));
        Files.createFile(home.file);
        goesOn();
    }

    @Test
    void a_crash_in_the_first_line_of_the_next_segment_goes_on_in_it() throws IOException {
        writeMany(5);
        Files.move(home.file, directory.resolve("events-00000" + currentNumber() + ".ndjson"));
        Files.writeString(home.file, "{\"seq\":11,\"ts\":\"2026");
        goesOn();
    }

    /** Somebody who makes a copy under that name must not lose what is in the current segment. */
    @Test
    void a_closed_segment_of_the_same_number_does_not_cost_the_current_one() throws IOException {
        home.write(LARGE, event("a", 1), event("a", 2));
        Files.copy(home.file, directory.resolve("events-000001.ndjson"));
        home.write(LARGE, event("a", 3));
        home.write(1, event("a", 4));
        assertThat(numbers()).containsAll(upTo(4));
    }

    @Test
    void a_position_in_any_segment_gives_exactly_what_follows() throws IOException {
        writeMany(12);
        List<JournalPosition> ends = new ArrayList<>();
        new JournalReader(home.file).read(JournalPosition.START, (line, after) -> ends.add(after));
        List<JournalEntry> all = home.read();
        for (int i = 0; i < ends.size(); i++) {
            assertThat(home.readFrom(ends.get(i))).isEqualTo(all.subList(i + 1, all.size()));
            JournalReader reader = new JournalReader(home.file);
            assertThat(reader.contains(ends.get(i))).isTrue();
            assertThat(reader.contains(ends.get(i), i + 1)).isTrue();
            assertThat(reader.contains(ends.get(i), i + 2)).isFalse();
        }
    }

    @Test
    void a_position_behind_the_end_or_inside_a_line_is_not_in_the_journal() throws IOException {
        home.write(LARGE, event("a", 1));
        JournalReader reader = new JournalReader(home.file);
        assertThat(reader.contains(new JournalPosition(1, Files.size(home.file) + 1)))
                .isFalse();
        assertThat(reader.contains(new JournalPosition(1, 7))).isFalse();
        assertThat(reader.contains(new JournalPosition(2, 0))).isFalse();
        assertThat(new JournalReader(directory.resolve("none.ndjson")).contains(new JournalPosition(1, 7)))
                .isFalse();
    }

    @Test
    void the_number_of_a_line_of_any_length_is_found() throws IOException {
        for (int length : new int[] {0, 65_000, 65_536, 131_072, 200_000}) {
            home.write(LARGE, new TaskEvent.QuestionAsked(new TaskId("a"), 1, 1, "x".repeat(length)));
            JournalPosition end = new JournalPosition(1, Files.size(home.file));
            long last = home.read().get(home.read().size() - 1).seq();
            assertThat(new JournalReader(home.file).contains(end, last)).isTrue();
            assertThat(new JournalReader(home.file).contains(end, last - 1)).isFalse();
        }
    }

    @Test
    void a_reader_who_follows_sees_everything_once_while_segments_are_closed_under_it() throws Exception {
        AtomicBoolean done = new AtomicBoolean();
        List<Long> seen = new ArrayList<>();
        Journal journal = home.open(SMALL);
        Thread writer = new Thread(() -> {
            IntStream.rangeClosed(1, 400).forEach(i -> journal.emit(event("a", i)));
            journal.sync();
            done.set(true);
        });
        writer.start();
        JournalReader reader = new JournalReader(home.file);
        JournalPosition position = JournalPosition.START;
        boolean last;
        do {
            last = done.get();
            position = reader.read(position, (line, after) -> seen.add(seqOf(line)));
        } while (!last);
        writer.join();
        journal.close();
        reader.read(position, (line, after) -> seen.add(seqOf(line)));
        assertThat(seen).isEqualTo(upTo(seen.size()));
        assertThat(numbers()).isEqualTo(upTo(400));
        assertThat(seen).hasSameSizeAs(home.read());
    }

    @Test
    void a_pruned_journal_is_read_from_where_it_begins() throws IOException {
        writeMany(10);
        Files.delete(directory.resolve("events-000001.ndjson"));
        assertThat(new JournalReader(home.file).start()).isEqualTo(new JournalPosition(2, 0));
        assertThat(home.read().get(0).seq()).isGreaterThan(2);
    }

    private void writeMany(int count) throws IOException {
        try (Journal journal = home.open(SMALL)) {
            IntStream.rangeClosed(1, count).forEach(i -> journal.commit(event("a", i)));
        }
    }

    private void goesOn() throws IOException {
        home.write(LARGE, event("a", 6));
        assertThat(numbers()).isEqualTo(upTo(6));
        assertThat(seqs(home.read())).isEqualTo(upTo(home.read().size()));
    }

    private long currentNumber() throws IOException {
        return new SegmentFiles(home.file).currentSegment().orElseThrow();
    }

    private List<Long> numbers() throws IOException {
        return home.events().stream()
                .map(event -> (long) ((TaskEvent.QuestionAsked) event).attempt())
                .toList();
    }

    private static long seqOf(String line) throws IOException {
        try {
            return LineFormat.decode(line).seq();
        } catch (LineFormat.MalformedLine e) {
            throw new IOException(line, e);
        }
    }
}
