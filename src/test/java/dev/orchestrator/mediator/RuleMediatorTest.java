package dev.orchestrator.mediator;

import static org.assertj.core.api.Assertions.assertThat;

import dev.orchestrator.task.TaskBody;
import dev.orchestrator.task.TaskSpec;
import dev.orchestrator.testkit.TaskBuilder;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RuleMediatorTest {
    private final RuleMediator mediator = new RuleMediator();

    @Test
    void a_type_that_the_user_named_stands() {
        Understanding understanding = mediator.understand(spec("documentation", "Fix the bug"), body("Fix it"));

        assertThat(understanding.type()).isEqualTo("documentation");
        assertThat(understanding.reason()).contains("names its type");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "Fix the login timeout|bug_fix",
                "Please fix the login|bug_fix",
                "Bug: the totals are wrong|bug_fix",
                "Review the payment module|code_review",
                "Code review of src/auth|code_review",
                "Summarise the last release|summarize",
                "Summarize docs/|summarize",
                "Document the retry policy|documentation",
                "README for newcomers|documentation",
                "Analyse the slow start|analyze",
                "Explain how retries work|analyze",
                "Why is the sky blue?|analyze",
                "Add a --verbose flag|custom",
                "Rename Foo to Bar and fix the callers|custom"
            })
    void the_first_words_decide(String title, String type) {
        assertThat(mediator.understand(spec(null, title), body(title)).type()).isEqualTo(type);
    }

    @Test
    void the_instructions_count_when_the_title_speaks_for_nothing() {
        assertThat(mediator.understand(spec(null, "Ticket 4711"), body("Fix the crash on start."))
                        .type())
                .isEqualTo("bug_fix");
    }

    @Test
    void the_same_request_is_understood_the_same_way_every_time() {
        assertThat(mediator.understand(spec(null, "Look"), body("Look")))
                .isEqualTo(new RuleMediator().understand(spec(null, "Look"), body("Look")));
    }

    @Test
    void however_often_somebody_says_please_it_is_understood() {
        assertThat(mediator.understand(spec(null, "Look"), body("please ".repeat(50_000) + "review it"))
                        .type())
                .isEqualTo("code_review");
    }

    private static TaskSpec spec(@Nullable String type, String title) {
        return TaskBuilder.task("any").type(type).title(title).build().spec();
    }

    private static TaskBody body(String instructions) {
        return new TaskBody(instructions, List.of(), List.of(), "");
    }
}
