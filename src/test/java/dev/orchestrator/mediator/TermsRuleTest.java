package dev.orchestrator.mediator;

import static dev.orchestrator.testkit.TaskBuilder.task;
import static org.assertj.core.api.Assertions.assertThat;

import dev.orchestrator.task.Acceptance;
import dev.orchestrator.task.Access;
import dev.orchestrator.task.Task;
import dev.orchestrator.task.Terms;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

class TermsRuleTest {
    private static final Template GENEROUS = template("""
            read_only: false
            expects_change: true
            tools: ["Bash(mvn *)", WebSearch, mcp__db__query]
            expected_files: [a.txt]
            acceptance: [make check]
            acceptance_rounds: 4
            max_turns: 40
            timeout: 45m
            idle_timeout: 10m
            model: sonnet
            """);
    private static final Template READER = template("read_only: true\ntools: [WebSearch]\n");
    private static final Understanding NAMED = Understanding.byRules("mine", "the task names its type");

    @Test
    void what_the_task_does_not_say_the_template_does() {
        Terms terms = terms(task("t").build(), GENEROUS);

        assertThat(terms)
                .isEqualTo(new Terms(
                        Access.WRITE,
                        true,
                        List.of("Bash(mvn *)", "WebSearch", "mcp__db__query"),
                        List.of("a.txt"),
                        "sonnet",
                        40,
                        Duration.ofMinutes(45),
                        Duration.ofMinutes(10),
                        new Acceptance(List.of("make check"), null, 4)));
        assertThat(terms.mayRunPrograms()).isTrue();
    }

    @Test
    void what_the_task_says_stands_and_tools_come_together() {
        Task task = task("t")
                .allows("Bash(npm *)", "WebSearch")
                .expects("b.txt")
                .model("opus")
                .acceptedBy(null, "make all")
                .build();

        Terms terms = terms(task, GENEROUS);

        assertThat(terms.tools()).containsExactly("Bash(npm *)", "WebSearch", "Bash(mvn *)", "mcp__db__query");
        assertThat(terms.expectedFiles()).containsExactly("b.txt");
        assertThat(terms.model()).isEqualTo("opus");
        // With its own commands goes its own number of rounds, or that of the settings.
        assertThat(terms.acceptance()).isEqualTo(new Acceptance(List.of("make all"), null, null));
    }

    @Test
    void a_task_that_was_accepted_for_reading_gets_nothing_that_changes_files() {
        Terms terms = terms(task("t").reads("/srv/t").build(), GENEROUS);

        assertThat(terms.access()).isEqualTo(Access.READ);
        assertThat(terms.tools()).containsExactly("WebSearch");
        assertThat(terms.mayRunPrograms()).isFalse();
    }

    @Test
    void acceptance_commands_of_a_template_run_only_where_the_task_may_write() {
        assertThat(TermsRule.conflict(task("t").reads("/srv/t").build(), GENEROUS))
                .hasValueSatisfying(why -> assertThat(why).contains("templates/mine.md", "acceptance"));
        assertThat(TermsRule.conflict(task("t").build(), GENEROUS)).isEmpty();
        assertThat(TermsRule.conflict(task("t").reads("/srv/t").build(), READER))
                .isEmpty();
    }

    @Test
    void a_read_only_template_makes_of_a_writer_a_reader() {
        Terms terms = terms(task("t").build(), READER);

        assertThat(terms.access()).isEqualTo(Access.READ);
        assertThat(terms.tools()).containsExactly("WebSearch");
    }

    /** What is to be done may be talked into by a text from anywhere; what may be run is not. */
    @Test
    void a_model_that_picks_the_template_grants_no_tools_by_it() {
        Understanding told = new Understanding("mine", "llm", "told by m", List.of(), null, List.of());

        Terms terms = TermsRule.of(task("t").allows("Bash(npm *)").build(), GENEROUS, told);

        assertThat(terms.tools()).containsExactly("Bash(npm *)");
        assertThat(terms.maxTurns()).isEqualTo(40);
    }

    private static Terms terms(Task task, Template template) {
        return TermsRule.of(task, template, NAMED);
    }

    private static Template template(String head) {
        byte[] content = ("---\n" + head + "---\nText\n").getBytes(StandardCharsets.UTF_8);
        return ((Templates.Search.Found) TemplateFormat.parse("mine", content, "templates/mine.md")).template();
    }
}
