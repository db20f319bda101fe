package dev.orchestrator.intake;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.orchestrator.task.Access;
import dev.orchestrator.task.Task;
import dev.orchestrator.task.TaskId;
import dev.orchestrator.task.TaskStatus;
import dev.orchestrator.time.TimeSource;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** From a dropped file to a task: which file, under which id, and when. */
class TaskIntakeTest extends IntakeCase {
    @Test
    void files_that_lie_there_at_the_start_are_accepted() throws IOException {
        Task task = accepted("look.task.md", LOOK);
        assertThat(task.source().file()).isEqualTo("look.task.md");
        assertThat(task.access()).isEqualTo(Access.READ);
        assertThat(task.directory()).isEqualTo(home.root().toRealPath().toString());
        assertThat(home.accepted(task.id())).hasContent(LOOK);
        assertThat(home.tasks().resolve("look.task.md")).doesNotExist();
    }

    @Test
    void a_file_that_is_dropped_later_is_accepted() throws IOException {
        start();

        drop("LATER.TASK.MD", LOOK);

        assertThat(memory.awaitTasks(1).get(0).source().file()).isEqualTo("LATER.TASK.MD");
    }

    @Test
    void two_thousand_files_at_once_are_all_accepted_and_none_twice() throws IOException {
        start();
        Path staged = Files.createDirectories(temp.resolve("staged"));
        for (int i = 0; i < 2000; i++) {
            Files.writeString(staged.resolve("t" + i + ".task.md"), "---\nid: t" + i + "\n---\nLook at " + i + "\n");
        }
        for (int i = 0; i < 2000; i++) {
            Path file = staged.resolve("t" + i + ".task.md");
            Files.move(file, home.tasks().resolve(file.getFileName()), StandardCopyOption.ATOMIC_MOVE);
        }

        List<Task> tasks = memory.awaitTasks(2000);

        assertThat(tasks).hasSize(2000);
        assertThat(new HashSet<>(tasks.stream().map(Task::id).toList())).hasSize(2000);
        assertThat(home.accepted().toFile().list()).hasSize(2000);
    }

    @Test
    void a_file_that_is_still_being_written_waits_until_it_is_whole() throws IOException {
        // Longer than any pause of the writer on a busy machine.
        debounce = "3s";
        start();
        Path file = home.tasks().resolve("slow.task.md");
        Instant end = TimeSource.system().now().plusMillis(600);
        String text = "";
        while (TimeSource.system().now().isBefore(end)) {
            text += "Look at line " + text.length() + "\n";
            Files.writeString(file, text, StandardOpenOption.CREATE);
            assertThat(memory.tasks()).isEmpty();
        }

        Task task = memory.awaitTasks(1).get(0);

        assertThat(home.accepted(task.id())).hasContent(text);
    }

    @Test
    void everything_else_in_the_directory_is_left_alone() throws IOException {
        drop("notes.md", "not a task");
        drop(".hidden.task.md", LOOK);
        accepted("look.task.md", LOOK);

        assertThat(home.tasks().resolve("notes.md")).exists();
        assertThat(home.tasks().resolve(".hidden.task.md")).exists();
    }

    @Test
    void large_files_are_made_safe_a_few_at_a_time_so_that_they_need_not_all_be_in_memory() throws IOException {
        String filler = "x".repeat(900_000);
        for (int i = 0; i < 12; i++) {
            drop("large-" + i + ".task.md", "Look at " + i + ".\n\n" + filler);
        }

        start();

        assertThat(memory.awaitTasks(12)).hasSize(12);
        assertThat(memory.commits).hasSizeGreaterThanOrEqualTo(3).allMatch(count -> count <= 5);
    }

    @Test
    void the_same_content_under_the_same_id_is_a_duplicate() throws IOException {
        String text = "---\nid: once\n---\nLook.\n";
        accepted("once.task.md", text);

        drop("once.task.md", text);

        JsonNode reason = awaitReason("once.task.md");
        assertThat(reason.path("reason").asText()).contains("accepted before as task once, which stands as queued");
        assertThat(reason.path("line").asInt()).isEqualTo(2);
        assertThat(reason.path("remedy").asText()).startsWith("Nothing needs to be done.");
        assertThat(memory.tasks()).hasSize(1);
    }

    @ParameterizedTest
    @EnumSource(names = {"FAILED", "CANCELLED", "REJECTED"})
    void the_same_content_again_is_a_new_task_when_the_first_ended_badly(TaskStatus ended) throws IOException {
        String text = "---\nid: once\n---\nLook.\n";
        accepted("once.task.md", text);
        memory.status = ended;

        drop("once.task.md", text);

        assertThat(memory.awaitTasks(2).stream().map(task -> task.id().value())).containsExactly("once", "once-2");
    }

    @ParameterizedTest
    @EnumSource(names = {"QUEUED", "RUNNING", "SUCCEEDED", "AWAITING_APPROVAL", "AWAITING_REPLY"})
    void the_same_content_again_is_a_duplicate_of_a_task_that_is_done_or_not_over(TaskStatus stands)
            throws IOException {
        String text = "---\nid: once\n---\nLook.\n";
        accepted("once.task.md", text);
        memory.status = stands;

        drop("once.task.md", text);

        assertThat(awaitReason("once.task.md").path("reason").asText()).endsWith("which stands as " + stands);
        assertThat(memory.tasks()).hasSize(1);
    }

    @Test
    void other_content_under_the_same_id_is_a_new_task_with_a_numbered_id() throws IOException {
        accepted("a.task.md", "---\nid: Again\n---\nLook here.\n");

        drop("a.task.md", "---\nid: again\n---\nLook there.\n");

        assertThat(memory.awaitTasks(2).stream().map(task -> task.id().value())).containsExactly("again", "again-2");
        assertThat(memory.accepted().get(1).requestedId()).isEqualTo(TaskId.parse("again"));
    }

    @Test
    void two_files_of_one_batch_cannot_take_one_id() throws IOException {
        drop("a.task.md", "---\nid: same\n---\nLook here.\n");
        drop("b.task.md", "---\nid: same\n---\nLook there.\n");

        start();

        assertThat(memory.awaitTasks(2).stream().map(task -> task.id().value()))
                .containsExactlyInAnyOrder("same", "same-2");
    }

    @Test
    void files_wait_on_disk_while_the_engine_has_enough() throws IOException {
        room = 0;
        drop("look.task.md", LOOK);
        start();
        // A later file is heard of by the same thread; both must still lie there when room is made.
        drop("later.task.md", LOOK);
        assertThat(memory.tasks()).isEmpty();

        room = 10;

        assertThat(memory.awaitTasks(2)).hasSize(2);
    }

    @Test
    void a_file_that_all_the_others_may_wait_for_is_let_in_past_the_limit() throws IOException {
        room = 0;
        stuck = true;
        drop("awaited.task.md", LOOK);

        start();

        assertThat(memory.awaitTasks(1)).hasSize(1);
    }

    @Test
    void twice_the_limit_is_never_passed() throws IOException {
        room = -10_000;
        stuck = true;
        drop("look.task.md", LOOK);
        start();
        drop("later.task.md", LOOK);
        assertThat(memory.tasks()).isEmpty();

        room = 10;

        assertThat(memory.awaitTasks(2)).hasSize(2);
    }

    @Test
    void a_directory_with_the_name_of_a_task_file_is_no_waiting_file() throws IOException {
        Files.createDirectories(home.tasks().resolve("trap.task.md"));
        accepted("look.task.md", LOOK);
        intake.close();

        assertThat(intake.isIdle()).isTrue();
    }

    @Test
    void other_content_under_an_id_that_ends_like_a_turn_is_a_new_task_too() throws IOException {
        accepted("a.task.md", "---\nid: left.turn\n---\nLook here.\n");

        drop("a.task.md", "---\nid: left.turn\n---\nLook there.\n");

        assertThat(memory.awaitTasks(2).get(1).id().value()).isEqualTo("left-turn-2");
    }
}
