package dev.orchestrator.intake;

import static org.assertj.core.api.Assertions.assertThat;

import dev.orchestrator.task.Task;
import java.io.IOException;
import java.nio.file.Files;
import org.junit.jupiter.api.Test;

/** A fault holds up the file that meets it, for as long as it lasts, and no other. */
class IntakeFaultsTest extends IntakeCase {
    @Test
    void a_file_whose_id_cannot_be_looked_up_waits_and_holds_up_no_other() throws IOException {
        memory.unreadable = "damaged";
        drop("a.task.md", "---\nid: damaged\n---\nLook.\n");
        drop("b.task.md", LOOK);

        start();

        assertThat(memory.awaitTasks(1))
                .extracting(task -> task.source().file())
                .containsExactly("b.task.md");
        assertThat(home.tasks().resolve("a.task.md")).exists();
        assertThat(memory.rejections()).isEmpty();
        intake.close();
        assertThat(intake.isIdle()).isTrue();
        assertThat(intake.notTaken()).containsExactly("tasks/a.task.md");
    }

    @Test
    void a_file_that_can_be_taken_in_after_all_is_not_complained_about_any_more() throws IOException {
        memory.unreadable = "damaged";
        drop("a.task.md", "---\nid: damaged\n---\nLook.\n");
        start();
        awaitLaterScan("first");
        awaitLaterScan("second");
        assertThat(intake.notTaken()).hasSize(1);

        memory.unreadable = "";

        memory.awaitTasks(1);
        assertThat(intake.notTaken()).isEmpty();
    }

    @Test
    void a_file_that_cannot_be_moved_is_not_accepted_until_it_can_be_and_then_once() throws IOException {
        Files.delete(home.accepted());
        Files.writeString(home.accepted(), "in the way");
        drop("look.task.md", LOOK);
        start();
        awaitLaterScan("first");
        awaitLaterScan("second");
        assertThat(memory.accepted()).isEmpty();
        assertThat(home.tasks().resolve("look.task.md")).hasContent(LOOK);

        Files.delete(home.accepted());

        Task task = memory.awaitTasks(1).get(0);
        awaitLaterScan("third");
        assertThat(memory.accepted()).hasSize(1);
        assertThat(home.accepted(task.id())).hasContent(LOOK);
    }

    @Test
    void files_that_could_not_be_committed_are_put_back_and_taken_later() throws IOException {
        memory.failNextCommit = true;
        Task task = accepted("look.task.md", LOOK);
        assertThat(task.source().file()).isEqualTo("look.task.md");
        assertThat(home.accepted().toFile().list()).hasSize(1);
    }

    @Test
    void a_file_that_meets_a_fault_of_ours_waits_and_holds_up_no_other() throws IOException {
        memory.faults.put("fault", new IllegalArgumentException("a fault"));
        memory.faults.put("deep", new StackOverflowError());
        drop("a.task.md", "---\nid: fault\n---\nLook.\n");
        drop("b.task.md", "---\nid: deep\n---\nLook.\n");
        drop("c.task.md", LOOK);

        start();

        assertThat(memory.awaitTasks(1))
                .extracting(task -> task.source().file())
                .containsExactly("c.task.md");
        assertThat(home.tasks().resolve("a.task.md")).exists();
        assertThat(home.tasks().resolve("b.task.md")).exists();
    }

    @Test
    void an_error_of_the_virtual_machine_does_not_end_the_intake() throws IOException {
        memory.failOnce = new OutOfMemoryError("for a moment");
        drop("a.task.md", "---\nid: a\n---\nLook.\n");

        start();

        assertThat(memory.awaitTasks(1)).hasSize(1);
    }
}
