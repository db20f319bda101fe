package dev.orchestrator.schedule;

import static org.assertj.core.api.Assertions.assertThat;

import dev.orchestrator.intake.file.ScheduleFileReader;
import dev.orchestrator.secret.Redactor;
import dev.orchestrator.state.ScheduleView;
import dev.orchestrator.task.ScheduleEvent;
import dev.orchestrator.task.ScheduleEvent.ScheduleDue;
import dev.orchestrator.task.ScheduleEvent.ScheduleRefused;
import dev.orchestrator.task.ScheduleEvent.ScheduleRemoved;
import dev.orchestrator.task.ScheduleEvent.ScheduleSet;
import dev.orchestrator.task.ScheduleEvent.ScheduleSkipped;
import dev.orchestrator.task.TaskId;
import dev.orchestrator.testkit.ManualTime;
import dev.orchestrator.testkit.RecordingSink;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** It is 2026-11-22T14:25:01Z, a Sunday. */
class SchedulerTest {
    @TempDir
    Path temp;

    private final ManualTime time = new ManualTime();
    private final RecordingSink journal = new RecordingSink(time);
    private final FakeDrop drop = new FakeDrop();
    private Scheduler scheduler;

    private static final class FakeDrop implements Scheduler.Drop {
        final Map<TaskId, String> files = new LinkedHashMap<>();
        final Set<TaskId> over = new HashSet<>();
        boolean full;
        boolean unreadable;

        @Override
        public boolean isKnown(TaskId id) throws IOException {
            if (unreadable) {
                throw new IOException("nobody can tell");
            }
            return files.containsKey(id);
        }

        @Override
        public Optional<TaskId> underWay(String schedule) {
            return files.keySet().stream()
                    .filter(id -> id.value().startsWith(schedule + "-") && !over.contains(id))
                    .findFirst();
        }

        @Override
        public void drop(TaskId id, String content) throws IOException {
            if (full) {
                throw new IOException("no room");
            }
            assertThat(files.put(id, content)).isNull();
        }
    }

    @BeforeEach
    void begin() {
        scheduler = scheduler();
    }

    /** Of a daemon that begins now. */
    private Scheduler scheduler() {
        return scheduler(temp);
    }

    private Scheduler scheduler(Path directory) {
        Schedules schedules = new Schedules(directory, () -> new ScheduleFileReader(Set::of, 10_000), ZoneOffset.UTC);
        return new Scheduler(schedules, () -> journal.state().schedules(), drop, journal, Redactor.SHAPES_ONLY, time);
    }

    private void write(String name, String head) throws IOException {
        Files.writeString(
                temp.resolve(name + ".task.md"),
                "---\n" + head + "\n---\nLook for dead code.\n",
                StandardCharsets.UTF_8);
    }

    private void lookAfter(Duration passed) {
        time.advance(passed);
        look();
    }

    /** An edit counts when the file is the same at two looks. */
    private void look() {
        scheduler.look();
        scheduler.look();
    }

    private ScheduleView view() {
        return journal.state().schedules().get(0);
    }

    @Test
    void what_is_due_becomes_a_task_once() throws IOException {
        write("nightly", "schedule: 30 14 * * *\ntime_zone: UTC");
        look();
        lookAfter(Duration.ofMinutes(4));
        assertThat(drop.files).isEmpty();

        lookAfter(Duration.ofMinutes(1));
        look();

        TaskId id = new TaskId("nightly-20261122-1430");
        assertThat(drop.files).containsOnlyKeys(id);
        assertThat(drop.files.get(id)).isEqualTo("---\nid: " + id + "\n---\nLook for dead code.\n");
        assertThat(journal.events(ScheduleEvent.class))
                .containsExactly(
                        new ScheduleSet("nightly", "30 14 * * *", "UTC"),
                        new ScheduleDue("nightly", Instant.parse("2026-11-22T14:30:00Z"), id));
        assertThat(view().lastTask()).isEqualTo(id);
    }

    /** A new one is not due for what was before it. */
    @Test
    void a_schedule_counts_from_when_it_was_first_seen() throws IOException {
        write("nightly", "schedule: 0 14 * * *");
        look();
        look();
        assertThat(drop.files).isEmpty();
    }

    @Test
    void of_what_was_missed_one_is_made_up_for() throws IOException {
        write("hourly", "schedule: '@hourly'");
        look();
        time.advance(Duration.ofDays(3));
        scheduler = scheduler();
        look();
        look();

        assertThat(drop.files).containsOnlyKeys(new TaskId("hourly-20261125-1400"));
    }

    @Test
    void nothing_is_made_up_for_where_that_is_not_wanted() throws IOException {
        write("hourly", "schedule: '@hourly'\nskip_if_missed: true");
        look();
        lookAfter(Duration.ofDays(3));
        look();
        assertThat(drop.files).isEmpty();
        assertThat(journal.events(ScheduleSkipped.class))
                .containsExactly(new ScheduleSkipped("hourly", Instant.parse("2026-11-25T14:00:00Z"), "it was missed"));
        assertThat(view().lastSkipped()).isEqualTo("it was missed");

        // 35 minutes later it is on time.
        lookAfter(Duration.ofMinutes(35));
        assertThat(drop.files).containsOnlyKeys(new TaskId("hourly-20261125-1500"));
    }

    @Test
    void while_the_one_before_is_not_over_none_is_made() throws IOException {
        write("hourly", "schedule: '@hourly'");
        look();
        lookAfter(Duration.ofHours(1));
        lookAfter(Duration.ofHours(1));
        TaskId first = new TaskId("hourly-20261122-1500");
        assertThat(drop.files).containsOnlyKeys(first);
        assertThat(view().lastSkipped()).isEqualTo("task " + first + " is not over");

        drop.over.add(first);
        lookAfter(Duration.ofHours(1));
        assertThat(drop.files).containsOnlyKeys(first, new TaskId("hourly-20261122-1700"));
        assertThat(view().lastSkipped()).isNull();
    }

    /** A thousand files are too many to be read every few seconds. */
    @Test
    void a_file_is_read_when_it_looks_another_and_now_and_then() throws IOException {
        int[] readers = {0};
        Schedules schedules = new Schedules(
                temp,
                () -> {
                    readers[0]++;
                    return new ScheduleFileReader(Set::of, 10_000);
                },
                ZoneOffset.UTC);
        scheduler =
                new Scheduler(schedules, () -> journal.state().schedules(), drop, journal, Redactor.SHAPES_ONLY, time);
        write("nightly", "schedule: 0 3 * * *");
        for (int i = 0; i < 10; i++) {
            look();
        }
        assertThat(readers[0]).isOne();
        write("nightly", "schedule: 30 3 * * *");
        look();
        assertThat(readers[0]).isEqualTo(2);
        lookAfter(Duration.ofMinutes(1));
        assertThat(readers[0]).isEqualTo(3);
    }

    /** A minutely one behind a task that waits for a person would fill the journal. */
    @Test
    void why_nothing_is_made_is_told_once_and_what_was_due_meanwhile_is_not_made_up_for() throws IOException {
        write("minutely", "schedule: '* * * * *'");
        look();
        lookAfter(Duration.ofMinutes(1));
        TaskId first = drop.files.keySet().iterator().next();
        for (int i = 0; i < 10; i++) {
            lookAfter(Duration.ofMinutes(1));
        }
        assertThat(journal.events(ScheduleSkipped.class)).hasSize(1);

        drop.over.add(first);
        lookAfter(Duration.ofSeconds(10));
        assertThat(drop.files).hasSize(1);
        lookAfter(Duration.ofMinutes(1));
        assertThat(drop.files).hasSize(2);
        lookAfter(Duration.ofMinutes(1));
        assertThat(journal.events(ScheduleSkipped.class)).hasSize(2);
    }

    /** Its disk may be away, or somebody changes branches. */
    @Test
    void without_the_directory_no_schedule_is_removed() throws IOException {
        Path directory = Files.createDirectory(temp.resolve("schedules"));
        Path elsewhere = temp.resolve("elsewhere");
        scheduler = scheduler(directory);
        Files.writeString(directory.resolve("hourly.task.md"), "---\nschedule: '@hourly'\n---\nLook.\n");
        look();
        Files.move(directory, elsewhere);
        look();
        look();
        assertThat(journal.events(ScheduleRemoved.class)).isEmpty();

        Files.move(elsewhere, directory);
        lookAfter(Duration.ofMinutes(40));
        assertThat(drop.files).containsOnlyKeys(new TaskId("hourly-20261122-1500"));
    }

    @Test
    void who_dies_between_the_file_and_the_journal_makes_no_second_one() throws IOException {
        write("hourly", "schedule: '@hourly'");
        look();
        time.advance(Duration.ofMinutes(40));
        drop.files.put(new TaskId("hourly-20261122-1500"), "made before the crash");
        scheduler = scheduler();
        look();

        assertThat(drop.files).hasSize(1).containsValue("made before the crash");
        assertThat(journal.events(ScheduleDue.class)).hasSize(1);
    }

    @Test
    void what_cannot_be_written_down_is_tried_again() throws IOException {
        write("hourly", "schedule: '@hourly'");
        look();
        drop.full = true;
        lookAfter(Duration.ofMinutes(40));
        assertThat(journal.events(ScheduleDue.class)).isEmpty();
        drop.full = false;
        lookAfter(Duration.ofSeconds(5));
        assertThat(drop.files).containsOnlyKeys(new TaskId("hourly-20261122-1500"));
    }

    @Test
    void an_edit_counts_from_then_on_and_of_a_wrong_one_nothing_comes() throws IOException {
        write("nightly", "schedule: 0 15 * * *");
        look();
        write("nightly", "schedule: 0 14 * * *");
        lookAfter(Duration.ofHours(1));
        assertThat(drop.files).isEmpty();
        write("nightly", "schedule: nightly");
        lookAfter(Duration.ofDays(2));
        look();
        assertThat(drop.files).isEmpty();
        assertThat(journal.events(ScheduleRefused.class)).hasSize(1);
        assertThat(view().problem()).contains("schedules/nightly.task.md:2: schedule: 'nightly' has not five fields");
        write("nightly", "schedule: 0 14 * * *");
        look();
        assertThat(view().problem()).isNull();
        lookAfter(Duration.ofSeconds(5));
        assertThat(drop.files).containsOnlyKeys(new TaskId("nightly-20261124-1400"));
    }

    @Test
    void a_file_has_to_be_gone_for_two_looks() throws IOException {
        write("nightly", "schedule: 0 15 * * *");
        look();
        Files.delete(temp.resolve("nightly.task.md"));
        scheduler.look();
        write("nightly", "schedule: 0 15 * * *");
        scheduler.look();
        assertThat(journal.events(ScheduleRemoved.class)).isEmpty();

        Files.delete(temp.resolve("nightly.task.md"));
        scheduler.look();
        scheduler.look();
        assertThat(journal.events(ScheduleRemoved.class)).containsExactly(new ScheduleRemoved("nightly"));
        assertThat(journal.state().schedules()).isEmpty();
    }

    @Test
    void a_bad_file_holds_no_other_up() throws IOException {
        Files.createDirectory(temp.resolve("a.task.md"));
        write("B", "schedule: '@hourly'");
        write("c", "schedule: '@hourly'\ntime_zone: Mars/Base");
        write("d", "schedule: '@hourly'");
        Files.writeString(temp.resolve("notes.md"), "no schedule", StandardCharsets.UTF_8);
        look();
        lookAfter(Duration.ofMinutes(40));
        assertThat(drop.files).containsOnlyKeys(new TaskId("d-20261122-1500"));
    }

    @Test
    void an_edit_counts_when_the_file_is_the_same_at_two_looks() throws IOException {
        look();
        write("hourly", "schedule: '@hourly'");
        scheduler.look();
        assertThat(journal.state().schedules()).isEmpty();
        scheduler.look();
        assertThat(view().when()).isEqualTo("@hourly");

        write("hourly", "schedule: hour");
        scheduler.look();
        assertThat(view().problem()).isNull();
        scheduler.look();
        assertThat(view().problem()).isNotNull();
    }

    /** With what was missed it would be skipped, and the next be made beside it. */
    @Test
    void who_dies_between_the_file_and_the_journal_has_not_missed_it() throws IOException {
        write("hourly", "schedule: '@hourly'\nskip_if_missed: true");
        look();
        time.advance(Duration.ofMinutes(40));
        TaskId made = new TaskId("hourly-20261122-1500");
        drop.files.put(made, "made before the crash");
        scheduler = scheduler();
        look();

        assertThat(journal.events(ScheduleSkipped.class)).isEmpty();
        assertThat(view().lastTask()).isEqualTo(made);
    }

    /** What is in the journal has no secrets, and is not the same as what stands in the file. */
    @Test
    void what_is_wrong_and_has_a_secret_in_it_is_told_once() throws IOException {
        write(
                "nightly",
                "schedule: \"0 3 * * * curl -H 'Authorization: Bearer abcdefghijklmnopqrstuvwxyz0123456789'\"");
        look();
        look();
        assertThat(journal.events(ScheduleRefused.class)).hasSize(1);
        assertThat(journal.events(ScheduleRefused.class).get(0).problem()).doesNotContain("abcdefghijklmnop");
    }

    @Test
    void a_clock_that_was_ahead_silences_nothing() throws IOException {
        journal.commit(List.of(
                new ScheduleSet("hourly", "@hourly", "Z"),
                new ScheduleDue("hourly", Instant.parse("2030-01-01T00:00:00Z"), new TaskId("hourly-20300101-0000"))));
        write("hourly", "schedule: '@hourly'\ntime_zone: Z");
        look();
        assertThat(view().lastSkipped()).isEqualTo("the clock was set back");
        lookAfter(Duration.ofHours(1));
        assertThat(drop.files).containsOnlyKeys(new TaskId("hourly-20261122-1500"));
    }

    @Test
    void what_nobody_can_tell_is_asked_again() throws IOException {
        write("hourly", "schedule: '@hourly'");
        look();
        drop.unreadable = true;
        lookAfter(Duration.ofHours(1));
        assertThat(journal.events(ScheduleDue.class)).isEmpty();
        drop.unreadable = false;
        look();
        assertThat(drop.files).hasSize(1);
    }

    /** Whoever reads one waits for ever. */
    @Test
    @DisabledOnOs(value = OS.WINDOWS, disabledReason = "platform: there are no such files")
    void what_is_no_plain_file_of_a_size_is_not_read() throws Exception {
        new ProcessBuilder("mkfifo", temp.resolve("fifo.task.md").toString())
                .start()
                .waitFor();
        Files.createSymbolicLink(temp.resolve("zero.task.md"), Path.of("/dev/zero"));
        Files.writeString(temp.resolve("large.task.md"), "x".repeat(20_000), StandardCharsets.UTF_8);
        write("good", "schedule: '@hourly'");
        write("two", "schedule: '@hourly'");
        Files.copy(temp.resolve("two.task.md"), temp.resolve("two.TASK.MD"));
        look();

        assertThat(journal.events(ScheduleSet.class))
                .extracting(ScheduleSet::schedule)
                .containsExactly("good");
        assertThat(journal.events(ScheduleRefused.class))
                .extracting(ScheduleRefused::schedule)
                .containsExactlyInAnyOrder("fifo", "zero", "large", "two");
    }
}
