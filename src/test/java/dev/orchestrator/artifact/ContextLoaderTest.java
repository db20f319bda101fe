package dev.orchestrator.artifact;

import static dev.orchestrator.testkit.TaskBuilder.task;
import static org.assertj.core.api.Assertions.assertThat;

import dev.orchestrator.config.Home;
import dev.orchestrator.task.TaskId;
import dev.orchestrator.testkit.Artifacts;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ContextLoaderTest {
    private static final TaskId A = new TaskId("a");

    private Home home;
    private ArtifactStore store;

    @BeforeEach
    void make(@TempDir Path temp) throws IOException {
        home = new Home(temp.toRealPath());
        home.prepare();
        store = new ArtifactStore(home);
    }

    private String context(int tokens, int turn, String... others) throws IOException {
        return new ContextLoader(store, () -> tokens)
                .of(A, turn, List.of(others).stream().map(TaskId::new).toList());
    }

    private void publish(String id, int turn, String result) throws IOException {
        store.publish(Artifacts.succeeded(task(id).title("Title of " + id).build(), turn, result));
    }

    @Test
    void a_first_turn_that_follows_nobody_has_none() throws IOException {
        publish("a", 1, "Done.");
        assertThat(context(1_000, 1)).isEmpty();
    }

    @Test
    void the_tasks_it_follows_come_first_in_their_order_then_its_own_turns() throws IOException {
        publish("c", 1, "C is\n  done.");
        publish("b", 1, "B is done.");
        publish("a", 1, "First.");
        publish("a", 2, "Second.");
        assertThat(context(1_000, 3, "c", "b", "not-there")).isEqualTo("""
                ### Task `c`: succeeded

                - Title: Title of c
                - Reported: C is done.

                ### Task `b`: succeeded

                - Title: Title of b
                - Reported: B is done.

                ### Turn 1 of this task: succeeded

                - Title: Title of a
                - Reported: First.

                ### Turn 2 of this task: succeeded

                - Title: Title of a
                - Reported: Second.
                """);
        assertThat(context(1_000, 3, "c", "b")).isEqualTo(context(1_000, 3, "c", "b", "c"));
    }

    @Test
    void what_does_not_fit_is_left_out_from_the_oldest_on_and_that_is_said() throws IOException {
        for (int turn = 1; turn <= 5; turn++) {
            publish("a", turn, "Turn " + turn + " " + "x".repeat(200));
        }
        String context = context(220, 6);
        assertThat(context)
                .startsWith("3 earlier ones are left out here, for they do not fit.\n\n### Turn 4")
                .contains("### Turn 5");
        assertThat(context(0, 6)).isEqualTo("5 earlier ones are left out here, for they do not fit.\n\n");
    }

    @Test
    void a_record_that_is_damaged_is_said_to_be_so() throws IOException {
        publish("b", 1, "Done.");
        Files.writeString(home.artifact(new TaskId("b")), "{");
        assertThat(context(1_000, 1, "b")).isEqualTo("### Task `b`: what it did cannot be read\n");
    }

    @Test
    void a_long_report_is_cut_and_never_in_the_middle_of_a_character() throws IOException {
        publish("a", 1, "😀".repeat(2_000));
        assertThat(context(10_000, 2)).contains("😀...").hasSizeLessThan(1_400).doesNotContain("\ud83d.");
    }
}
