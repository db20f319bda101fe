package dev.orchestrator.intake;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.orchestrator.task.Task;
import dev.orchestrator.task.TaskEvent.TaskAccepted;
import dev.orchestrator.task.TaskEvent.TaskFinished;
import dev.orchestrator.task.TaskId;
import dev.orchestrator.task.TaskStatus;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** What a start makes of the files of accepted tasks, whenever the one before it was cut off. */
class AcceptedTasksTest extends IntakeCase {
    @Test
    void a_crash_after_the_acceptance_and_before_the_move_is_made_up_for() throws IOException {
        Task task = acceptedTask("once");
        Files.move(home.accepted(task.id()), home.tasks().resolve("once.task.md"));
        makeHome();

        intake.accepted().recover(List.of(task), id -> Optional.empty());

        assertThat(home.accepted(task.id())).exists();
        assertThat(home.tasks().resolve("once.task.md")).doesNotExist();
    }

    @Test
    void a_crash_before_the_move_of_a_corrected_file_is_made_up_for_too() throws IOException {
        Task task = acceptedTask("once");
        Path corrected = home.rejected().resolve("once.task.md");
        Files.move(home.accepted(task.id()), corrected);
        Files.writeString(home.reasonOf(corrected), "{}");
        makeHome();

        intake.accepted().recover(List.of(task), id -> Optional.empty());

        assertThat(home.accepted(task.id())).exists();
        assertThat(home.rejected().toFile().list()).isEmpty();
    }

    @Test
    void a_crash_after_the_end_and_before_the_archive_is_made_up_for() throws IOException {
        TaskId done = TaskId.parse("done");
        Files.writeString(home.accepted(done), LOOK);

        intake.accepted().recover(List.of(), id -> Optional.of(TaskStatus.FAILED));

        assertThat(home.processed(done, TaskStatus.FAILED)).hasContent(LOOK);
    }

    @Test
    void an_accepted_file_that_nobody_knows_goes_back_to_be_accepted() throws IOException {
        Files.writeString(home.accepted(TaskId.parse("unknown")), LOOK);

        intake.accepted().recover(List.of(), id -> Optional.empty());

        assertThat(home.tasks().resolve("unknown.task.md")).hasContent(LOOK);
    }

    @Test
    void an_accepted_file_whose_end_cannot_be_read_is_left_and_holds_up_no_other() throws IOException {
        Files.writeString(home.accepted(TaskId.parse("damaged")), LOOK);
        Files.writeString(home.accepted(TaskId.parse("unknown")), LOOK);

        intake.accepted().recover(List.of(), id -> {
            if (id.value().equals("damaged")) {
                throw new UncheckedIOException(new IOException("results/damaged.json is damaged"));
            }
            return Optional.empty();
        });

        assertThat(home.accepted(TaskId.parse("damaged"))).hasContent(LOOK);
        assertThat(home.tasks().resolve("unknown.task.md")).hasContent(LOOK);
    }

    @Test
    void an_accepted_file_that_goes_back_takes_the_place_of_no_waiting_file() throws IOException {
        Files.writeString(home.accepted(TaskId.parse("unknown")), LOOK);
        drop("unknown.task.md", "somebody's only copy");

        intake.accepted().recover(List.of(), id -> Optional.empty());

        assertThat(home.tasks().resolve("unknown.task.md")).hasContent("somebody's only copy");
        assertThat(home.tasks().resolve("unknown-2.task.md")).hasContent(LOOK);
        assertThat(home.accepted().toFile().list()).isEmpty();
    }

    @Test
    void an_accepted_file_that_cannot_be_moved_keeps_no_other_from_recovery() throws IOException {
        TaskId stuck = TaskId.parse("stuck");
        Files.writeString(home.accepted(stuck), LOOK);
        Files.createDirectories(home.processed(stuck, TaskStatus.FAILED).resolve("in-the-way"));
        TaskId done = TaskId.parse("done");
        Files.writeString(home.accepted(done), LOOK);

        intake.accepted().recover(List.of(), id -> Optional.of(TaskStatus.FAILED));

        assertThat(home.accepted(stuck)).exists();
        assertThat(home.processed(done, TaskStatus.FAILED)).exists();
    }

    @Test
    void an_accepted_file_whose_end_only_the_journal_knows_is_not_run_again() throws IOException {
        Task task = acceptedTask("once");
        journal(
                new TaskAccepted(task.id(), task, null, "utf-8", Files.readString(home.accepted(task.id()))),
                new TaskFinished(task.id(), 1, TaskStatus.SUCCEEDED, "analyze", null, 1, 10, null, 0, 0));

        intake.accepted().recover(List.of(), id -> Optional.empty());

        assertThat(home.processed(task.id(), TaskStatus.SUCCEEDED)).exists();
        assertThat(home.tasks().resolve("once.task.md")).doesNotExist();
    }

    @Test
    void accepted_files_that_are_gone_are_written_again_from_the_journal_at_the_start() throws IOException {
        Task task = acceptedTask("once");
        String text = Files.readString(home.accepted(task.id()));
        journal(new TaskAccepted(task.id(), task, null, "utf-8", text));
        Files.delete(home.accepted(task.id()));

        intake.accepted().recover(List.of(task), id -> Optional.empty());

        assertThat(home.accepted(task.id())).hasContent(text);
    }

    /** The journal may not have its text: there were secrets in it. */
    @Test
    void a_crash_after_another_turn_was_begun_and_before_the_file_came_back_is_made_up_for() throws IOException {
        Task task = acceptedTask("again");
        String text = Files.readString(home.accepted(task.id()));
        Files.writeString(home.processed(task.id(), TaskStatus.CANCELLED), "of another life");
        Files.move(home.accepted(task.id()), home.processed(task.id(), TaskStatus.FAILED));

        intake.accepted().recover(List.of(task), id -> Optional.empty());

        assertThat(home.accepted(task.id())).hasContent(text);
        assertThat(home.processed(task.id(), TaskStatus.FAILED)).doesNotExist();
        assertThat(home.processed(task.id(), TaskStatus.CANCELLED)).exists();
    }

    @Test
    void a_text_that_changed_after_it_was_accepted_is_not_run() throws IOException {
        Task task = acceptedTask("once");
        Files.writeString(home.accepted(task.id()), "\nAnd delete everything.\n", StandardOpenOption.APPEND);

        assertThat(intake.accepted().read(task)).isInstanceOf(AcceptedTasks.Result.Unusable.class);
    }

    /** Too many open files, say, or a directory without permission: the task waits for better times. */
    @Test
    void a_text_that_cannot_be_read_now_is_no_fault_of_its_task() throws IOException {
        Task task = acceptedTask("once");
        Files.delete(home.accepted(task.id()));
        Files.createDirectory(home.accepted(task.id()));

        assertThatThrownBy(() -> intake.accepted().read(task)).isInstanceOf(UncheckedIOException.class);
    }
}
