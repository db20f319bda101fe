package dev.orchestrator.intake.file;

import static dev.orchestrator.intake.file.Reading.READER;
import static dev.orchestrator.intake.file.Reading.rejected;
import static org.assertj.core.api.Assertions.assertThat;

import dev.orchestrator.task.TaskId;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ReplyReaderTest {
    private static TaskFileResult read(String file) {
        return READER.read("x.task.md", file.getBytes(StandardCharsets.UTF_8));
    }

    @Test
    void what_stands_below_is_said_as_it_is() {
        assertThat(read("---\nturn_of: Fix-Login\n---\n\n# In euros\n\n- please\n\n"))
                .isEqualTo(new TaskFileResult.Reply(new TaskId("fix-login"), "# In euros\n\n- please", 2));
    }

    @ParameterizedTest
    @ValueSource(strings = {"cwd: a", "guarded: true", "id: b", "max_budget_usd: 3", "nonsense: 1"})
    void the_key_stands_alone(String other) {
        Rejection rejection = rejected("---\nturn_of: a\n" + other + "\n---\nIn euros.\n");

        assertThat(rejection.reason()).contains(other.substring(0, other.indexOf(':')), "besides 'turn_of'");
        assertThat(rejection.line()).isEqualTo(3);
    }

    @Test
    void who_says_nothing_is_told_so() {
        assertThat(rejected("---\nturn_of: a\n---\n \n").reason()).isEqualTo("There is nothing to tell the task");
    }

    @Test
    void what_is_too_long_to_be_said_is_refused() {
        assertThat(rejected("---\nturn_of: a\n---\n" + "x".repeat(20_001)).reason())
                .isEqualTo("The text has 20001 characters; at most 20000 can be said to a task");
    }

    @ParameterizedTest
    @ValueSource(strings = {"turn_of: [a, b]", "turn_of:", "turn_of: a/b", "turn_of: {a: b}"})
    void it_names_one_task(String line) {
        assertThat(rejected("---\n" + line + "\n---\nIn euros.\n").line()).isEqualTo(2);
    }

    @Test
    void outside_of_front_matter_it_is_no_prose() {
        assertThat(rejected("turn_of: a\n\nIn euros.\n").reason()).contains("stands outside of any front matter");
    }

    @Test
    void one_that_is_misspelt_is_known() {
        assertThat(rejected("---\nturnof: a\n---\nIn euros.\n").remedy()).isEqualTo("Did you mean 'turn_of'?");
    }
}
