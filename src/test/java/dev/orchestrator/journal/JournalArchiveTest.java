package dev.orchestrator.journal;

import static dev.orchestrator.journal.JournalHome.event;
import static dev.orchestrator.journal.JournalHome.seqs;
import static dev.orchestrator.journal.JournalHome.upTo;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.orchestrator.journal.JournalArchive.Closed;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class JournalArchiveTest {
    private static final long SMALL = 300;

    @TempDir
    Path directory;

    private JournalHome home;
    private JournalArchive archive;

    @BeforeEach
    void write() throws IOException {
        home = new JournalHome(directory);
        archive = new JournalArchive(home.file);
        try (Journal journal = home.open(SMALL)) {
            IntStream.rangeClosed(1, 40).forEach(i -> journal.commit(event("a", i)));
        }
    }

    private void packAll() throws IOException {
        for (Closed closed : archive.closed()) {
            if (!closed.packed()) {
                archive.pack(closed.segment());
            }
        }
    }

    @Test
    void what_is_packed_is_read_as_it_was_from_any_place() throws IOException {
        List<JournalPosition> ends = new ArrayList<>();
        new JournalReader(home.file).read(JournalPosition.START, (line, after) -> ends.add(after));
        List<JournalEntry> all = home.read();

        packAll();

        assertThat(archive.closed()).allMatch(Closed::packed).hasSizeGreaterThan(5);
        JournalReader reader = new JournalReader(home.file);
        assertThat(reader.segments()).hasSize(archive.closed().size() + 1);
        for (int i = 0; i < ends.size(); i++) {
            assertThat(home.readFrom(ends.get(i))).isEqualTo(all.subList(i + 1, all.size()));
            assertThat(reader.contains(ends.get(i))).isTrue();
            assertThat(reader.contains(ends.get(i), i + 1)).isTrue();
            assertThat(reader.contains(ends.get(i), i + 2)).isFalse();
            JournalPosition inside =
                    new JournalPosition(ends.get(i).segment(), ends.get(i).offset() - 1);
            assertThat(reader.contains(inside)).isFalse();
        }
    }

    @Test
    void writing_goes_on_behind_what_is_packed() throws IOException {
        packAll();
        home.write(SMALL, event("b", 1), event("b", 2));
        assertThat(seqs(home.read())).isEqualTo(upTo(home.read().size()));

        // Whoever died between closing a segment and beginning the next one goes on with its number.
        packAll();
        long last = archive.closed().get(archive.closed().size() - 1).segment();
        Files.move(home.file, directory.resolve(String.format("events-%06d.ndjson", last + 1)));
        archive.pack(last + 1);
        home.write(SMALL, event("b", 3));
        assertThat(seqs(home.read())).isEqualTo(upTo(home.read().size()));
    }

    @Test
    void a_segment_keeps_the_time_at_which_it_was_closed_and_is_private() throws IOException {
        Instant before = archive.closed().get(0).closedAt();
        long saved = archive.pack(1);
        Closed packed = archive.closed().get(0);
        assertThat(packed.closedAt()).isEqualTo(before);
        assertThat(packed.file().getFileName()).hasToString("events-000001.ndjson.gz");
        assertThat(saved).isPositive();
        if (Files.getFileStore(directory).supportsFileAttributeView("posix")) {
            assertThat(Files.getPosixFilePermissions(packed.file())).hasSize(2);
        }
    }

    @Test
    void who_dies_while_packing_leaves_a_journal_that_is_whole_and_can_be_packed() throws IOException {
        byte[] first = Files.readAllBytes(directory.resolve("events-000001.ndjson"));
        List<JournalEntry> all = home.read();
        Files.write(directory.resolve(".events-000001.ndjson.gz.tmp"), new byte[] {31, 7});
        archive.pack(1);
        // Both are there when it dies before the other went.
        Files.write(directory.resolve("events-000001.ndjson"), first);

        assertThat(home.read()).isEqualTo(all);
        assertThat(archive.closed()).filteredOn(closed -> closed.segment() == 1).hasSize(1);
        archive.pack(1);
        assertThat(home.read()).isEqualTo(all);
        assertThat(directory.resolve("events-000001.ndjson")).doesNotExist();
    }

    @Test
    void only_the_oldest_can_be_removed() throws IOException {
        assertThatIllegalArgumentException().isThrownBy(() -> archive.remove(2));
        archive.pack(1);
        archive.remove(1);
        archive.remove(2);
        assertThat(archive.closed().get(0).segment()).isEqualTo(3);
        assertThat(new JournalReader(home.file).start()).isEqualTo(new JournalPosition(3, 0));
    }

    @Test
    void a_reader_who_follows_sees_everything_once_while_segments_are_packed_under_it() throws Exception {
        AtomicBoolean done = new AtomicBoolean();
        List<Long> seen = new ArrayList<>();
        Journal journal = home.open(SMALL);
        Thread packer = new Thread(() -> {
            try {
                for (int i = 1; i <= 200; i++) {
                    journal.commit(event("b", i));
                    packAll();
                }
            } catch (IOException e) {
                throw new java.io.UncheckedIOException(e);
            } finally {
                done.set(true);
            }
        });
        packer.start();
        JournalReader reader = new JournalReader(home.file);
        JournalPosition position = JournalPosition.START;
        boolean last;
        do {
            last = done.get();
            position = reader.read(
                    position, (line, after) -> seen.add(LineFormat.seqOf(line).orElseThrow()));
            if (!last) {
                // From the start again, as who has just come.
                List<Long> all = new ArrayList<>();
                reader.read(
                        JournalPosition.START,
                        (line, after) -> all.add(LineFormat.seqOf(line).orElseThrow()));
                assertThat(all).isEqualTo(upTo(all.size()));
            }
        } while (!last);
        packer.join();
        journal.close();
        assertThat(seen).isEqualTo(upTo(seen.size()));
        // The last write may close one more.
        assertThat(archive.closed()).filteredOn(closed -> !closed.packed()).hasSizeLessThan(2);
    }
}
