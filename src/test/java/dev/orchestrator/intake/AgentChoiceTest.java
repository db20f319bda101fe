package dev.orchestrator.intake;

import static org.assertj.core.api.Assertions.assertThat;

import dev.orchestrator.intake.file.Rejection;
import dev.orchestrator.intake.file.TaskDraft;
import dev.orchestrator.intake.file.TaskFileReader;
import dev.orchestrator.intake.file.TaskFileResult;
import java.nio.charset.StandardCharsets;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AgentChoiceTest {
    private static final AgentChoice CHOICE = new AgentChoice("claude", Set.of("codex", "llm"));

    @Test
    void a_task_that_names_none_is_for_the_default() {
        assertThat(chosen(CHOICE, "labels: a")).isNull();
        assertThat(chosen(new AgentChoice("codex", Set.of("codex")), "labels: a"))
                .isEqualTo("codex");
    }

    @Test
    void a_task_is_for_the_agent_that_it_names() {
        assertThat(chosen(CHOICE, "agent: codex")).isEqualTo("codex");
        assertThat(chosen(new AgentChoice("codex", Set.of("codex")), "agent: claude"))
                .isNull();
    }

    @Test
    void an_unknown_name_is_refused_with_the_nearest_one() {
        assertThat(refused(CHOICE, "labels: a\nagent: codx"))
                .isEqualTo(new Rejection("agent: 'codx' is not the name of an agent", 3, "Did you mean 'codex'?"));
        assertThat(refused(CHOICE, "agent: zebra").remedy()).startsWith("The agents are claude, codex, llm;");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "model          | sonnet",
                "max_turns      | 7",
                "max_budget_usd | 2.50",
                "allowed_tools  | [Bash(mvn *)]"
            })
    void what_no_command_can_be_held_to_is_refused_and_not_ignored(String key, String value) {
        Rejection rejection = refused(CHOICE, "agent: codex\n" + key + ": " + value);

        assertThat(rejection.reason()).contains("`" + key + "`").contains("'codex'");
        assertThat(rejection.line()).isEqualTo(3);
        assertThat(chosen(CHOICE, key + ": " + value)).isNull();
    }

    private static @Nullable String chosen(AgentChoice choice, String keys) {
        return ((AgentChoice.Result.Chosen) choice.of(draft(keys))).spec().agent();
    }

    private static Rejection refused(AgentChoice choice, String keys) {
        return ((AgentChoice.Result.Refused) choice.of(draft(keys))).rejection();
    }

    private static TaskDraft draft(String keys) {
        byte[] file = ("---\n" + keys + "\n---\nDo it.\n").getBytes(StandardCharsets.UTF_8);
        TaskFileResult result = new TaskFileReader(Set::of, 1 << 20).read("x.task.md", file);
        return ((TaskFileResult.Understood) result).draft();
    }
}
