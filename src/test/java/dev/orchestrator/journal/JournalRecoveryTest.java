package dev.orchestrator.journal;

import static dev.orchestrator.journal.JournalHome.LARGE;
import static dev.orchestrator.journal.JournalHome.event;
import static dev.orchestrator.journal.JournalHome.seqs;
import static dev.orchestrator.journal.JournalHome.upTo;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.orchestrator.task.DaemonEvent.JournalRepaired;
import dev.orchestrator.task.Event;
import dev.orchestrator.task.TaskEvent;
import dev.orchestrator.task.TaskId;
import dev.orchestrator.testkit.disk.FaultyDisk;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class JournalRecoveryTest {
    @TempDir
    Path directory;

    private JournalHome home;

    @BeforeEach
    void open() {
        home = new JournalHome(directory);
    }

    @Test
    void what_was_committed_is_there_after_reopening_and_numbers_go_on() throws IOException {
        home.write(LARGE, event("a", 1), event("a", 2));
        home.write(LARGE, event("a", 3));
        assertThat(home.events()).containsExactly(event("a", 1), event("a", 2), event("a", 3));
        assertThat(seqs(home.read())).isEqualTo(upTo(4));
    }

    @Test
    void cut_at_any_byte_only_the_torn_end_is_lost() throws IOException {
        home.write(LARGE, event("a", 1), event("ç".replace('ç', 'c'), 2), event("a", 3));
        byte[] whole = Files.readAllBytes(home.file);
        for (int length = 0; length <= whole.length; length++) {
            Files.write(home.file, Arrays.copyOf(whole, length));
            int lines = (int)
                    new String(whole, 0, length, StandardCharsets.UTF_8).lines().count();
            int complete = length > 0 && whole[length - 1] == '\n' ? lines : Math.max(lines - 1, 0);
            home.write(LARGE, event("b", 9));
            List<JournalEntry> entries = home.read();
            assertThat(seqs(entries)).as("length %d", length).isEqualTo(upTo(entries.size()));
            List<Event> expected = new ArrayList<>(
                    List.of(event("a", 1), event("c", 2), event("a", 3)).subList(0, Math.max(complete - 1, 0)));
            expected.add(event("b", 9));
            assertThat(home.events()).as("length %d", length).isEqualTo(expected);
        }
    }

    @Test
    void a_torn_end_is_said_in_the_journal() throws IOException {
        home.write(LARGE, event("a", 1));
        append("{\"seq\":3,\"ts\":\"20");
        home.write(LARGE, event("a", 2));
        assertThat(repairs()).containsExactly(new JournalRepaired("torn end cut", 17, null));
        assertThat(seqs(home.read())).isEqualTo(upTo(4));
    }

    @Test
    void zeros_that_a_power_cut_left_are_cut() throws IOException {
        home.write(LARGE, event("a", 1));
        append("\0".repeat(4096));
        home.write(LARGE, event("a", 2));
        assertThat(home.events()).containsExactly(event("a", 1), event("a", 2));
        assertThat(seqs(home.read())).isEqualTo(upTo(4));
    }

    @Test
    void damage_in_the_middle_sets_the_file_aside_and_keeps_the_good_lines() throws IOException {
        home.write(LARGE, event("a", 1), event("a", 2), event("a", 3));
        byte[] damaged = replaceLine(2, "x\0garbage");
        home.write(LARGE, event("a", 4));
        assertThat(home.events()).containsExactly(event("a", 1), event("a", 3), event("a", 4));
        assertThat(seqs(home.read())).containsExactly(1L, 2L, 4L, 5L, 6L);
        Path aside = setAside();
        assertThat(Files.readAllBytes(aside)).isEqualTo(damaged);
        assertThat(repairs().get(0).setAside()).isEqualTo(aside.getFileName().toString());
    }

    /** A segment that is missing for a moment is begun anew with its old numbers, and all its tasks run again. */
    @Test
    void a_repair_that_is_cut_off_at_any_step_loses_no_good_line_and_gives_no_number_twice() throws IOException {
        home.write(LARGE, event("a", 1), event("a", 2), event("a", 3));
        byte[] damaged = replaceLine(2, "x\0garbage");
        boolean died = true;
        for (int steps = 0; died; steps++) {
            assertThat(steps).isLessThan(100);
            Files.write(home.file, damaged);
            died = diesRepairing(steps);
            home.write(LARGE, event("a", 4));
            assertThat(home.events())
                    .as("after %d steps", steps)
                    .containsExactly(event("a", 1), event("a", 3), event("a", 4));
            assertThat(seqs(home.read()))
                    .as("after %d steps", steps)
                    .startsWith(1L, 2L, 4L)
                    .doesNotHaveDuplicates();
            assertThat(setAside()).hasBinaryContent(damaged);
        }
    }

    /** Else there is a gap in the numbers, or a file set aside, that nobody can explain. */
    @ParameterizedTest
    @ValueSource(ints = {1, 4})
    void a_repair_is_said_in_the_journal_wherever_it_is_cut_off(int damagedLines) throws IOException {
        home.write(LARGE, event("a", 1), event("a", 2), event("a", 3));
        byte[] damaged = new byte[0];
        for (int line = 0; line < damagedLines; line++) {
            damaged = replaceLine(line, "x\0garbage");
        }
        boolean died = true;
        for (int steps = 0; died; steps++) {
            Files.write(home.file, damaged);
            died = diesRepairing(steps);
            home.write(LARGE, event("a", 4));
            assertThat(repairs())
                    .as("after %d steps", steps)
                    .hasSize(1)
                    .first()
                    .extracting(JournalRepaired::setAside)
                    .isNotNull();
            assertThat(seqs(home.read())).as("after %d steps", steps).doesNotHaveDuplicates();
        }
    }

    private boolean diesRepairing(int steps) throws IOException {
        FaultyDisk disk = new FaultyDisk();
        disk.dieAfter(steps);
        try {
            JournalFile.open(disk.on(home.file), () -> LARGE, Journal.Trusted.NOTHING, home.time)
                    .close();
            return false;
        } catch (IOException e) {
            return true;
        }
    }

    @Test
    void a_damaged_last_line_is_not_taken_for_a_torn_end() throws IOException {
        home.write(LARGE, event("a", 1), event("a", 2));
        byte[] damaged = replaceLine(2, "x\0garbage");
        home.write(LARGE, event("a", 3));
        assertThat(home.events()).containsExactly(event("a", 1), event("a", 3));
        assertThat(Files.readAllBytes(setAside())).isEqualTo(damaged);
    }

    @Test
    void a_damaged_first_line_costs_only_itself() throws IOException {
        home.write(LARGE, event("a", 1), event("a", 2));
        replaceLine(0, "garbage");
        home.write(LARGE, event("a", 3));
        assertThat(home.events()).containsExactly(event("a", 1), event("a", 2), event("a", 3));
        assertThat(seqs(home.read())).isEqualTo(upTo(5));
    }

    @Test
    void a_damaged_first_line_of_a_later_segment_costs_only_itself() throws IOException {
        home.write(1, event("a", 1), event("a", 2));
        replaceLine(0, "garbage");
        home.write(LARGE, event("a", 3));
        assertThat(home.events()).containsExactly(event("a", 1), event("a", 2), event("a", 3));
        assertThat(seqs(home.read())).isEqualTo(upTo(home.read().size()));
    }

    @Test
    void a_file_that_is_no_journal_is_never_overwritten_silently() throws IOException {
        Files.writeString(home.file, "my notes\nand more of them\n");
        home.write(LARGE, event("a", 1));
        assertThat(home.events()).containsExactly(event("a", 1));
        assertThat(repairs()).hasSize(1);
        assertThat(setAside()).hasContent("my notes\nand more of them\n");
    }

    @Test
    void the_end_of_a_damaged_line_is_not_taken_for_the_end_of_the_journal() throws IOException {
        home.write(LARGE, event("a", 1));
        append("garbage\n");
        home.write(LARGE, event("a", 2));
        assertThat(home.events()).containsExactly(event("a", 1), event("a", 2));
        assertThat(repairs()).hasSize(1);
    }

    @Test
    void recovery_looks_only_behind_what_is_trusted() throws IOException {
        home.write(LARGE, event("a", 1), event("a", 2));
        long length = Files.size(home.file);
        append("torn");
        Journal.Trusted trusted = new Journal.Trusted(new JournalPosition(1, length), 3);
        try (Journal journal = Journal.open(home.file, LARGE, trusted, home.time, Thread::new)) {
            journal.start(List.of());
            journal.commit(event("a", 3));
        }
        assertThat(seqs(home.read())).isEqualTo(upTo(5));
    }

    /** To write such a line anew would make the damage look like what was meant. */
    @Test
    void a_line_with_bytes_that_are_no_text_is_damaged() throws IOException {
        home.write(LARGE, asked("before"), asked("a damaged word"), asked("\uFFFD is a character like others"));
        byte[] bytes = Files.readAllBytes(home.file);
        int at = new String(bytes, StandardCharsets.ISO_8859_1).indexOf("damaged");
        bytes[at] = (byte) 0xC3;
        Files.write(home.file, bytes);
        assertThatThrownBy(home::read).hasMessageContaining("malformed");
        home.write(LARGE, asked("after"));
        assertThat(home.events())
                .containsExactly(asked("before"), asked("\uFFFD is a character like others"), asked("after"));
        assertThat(setAside()).hasBinaryContent(bytes);
    }

    private static Event asked(String question) {
        return new TaskEvent.QuestionAsked(new TaskId("a"), 1, 1, question);
    }

    private void append(String text) throws IOException {
        Files.writeString(home.file, text, StandardOpenOption.APPEND);
    }

    private byte[] replaceLine(int number, String with) throws IOException {
        List<String> lines = new ArrayList<>(Files.readAllLines(home.file));
        lines.set(number, with);
        Files.writeString(home.file, String.join("\n", lines) + "\n");
        return Files.readAllBytes(home.file);
    }

    private List<JournalRepaired> repairs() throws IOException {
        return home.read().stream()
                .map(JournalEntry::event)
                .filter(JournalRepaired.class::isInstance)
                .map(JournalRepaired.class::cast)
                .toList();
    }

    private Path setAside() throws IOException {
        try (Stream<Path> files = Files.list(directory)) {
            // What a repair that was cut off has half written is for the daemon's sweep.
            return files.filter(file -> file.getFileName().toString().matches("events.*\\.corrupt-[0-9TZ-]+"))
                    .findFirst()
                    .orElseThrow();
        }
    }
}
