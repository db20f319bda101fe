package dev.orchestrator;

import static org.assertj.core.api.Assertions.assertThat;

import dev.orchestrator.testkit.EffectOf;
import dev.orchestrator.testkit.RealSandbox;
import dev.orchestrator.testkit.SchemaCheck;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** What an agent is given, how long it may take and how often it is asked, from the settings to what it sees. */
@Timeout(60)
@DisabledOnOs(value = OS.WINDOWS, disabledReason = "platform: the agents are shell scripts")
class AgentSettingsEffectTest {
    private SettingsLab lab;

    @BeforeEach
    void lay_out(@TempDir Path temp) throws IOException {
        lab = new SettingsLab(temp);
    }

    private Path directory(String name) throws IOException {
        return Files.createDirectories(lab.directory.resolve(name));
    }

    @Test
    @EffectOf({
        "claude.command",
        "claude.base_dir",
        "claude.pass_env",
        "claude.config_dir",
        "claude.model",
        "claude.max_turns",
        "claude.max_budget_usd"
    })
    void the_program_is_started_as_the_settings_say() throws Exception {
        Path code = directory("code");
        Path login = directory("login");
        lab.set("claude.base_dir", code.toString())
                .set("claude.pass_env", "SHOP_*")
                .set("claude.config_dir", login.toString())
                .set("claude.model", "sonnet")
                .set("claude.max_turns", "40")
                .set("claude.max_budget_usd", "2.50")
                .variable("SHOP_REGION", "north")
                .file("look", "id: look\ntype: analyze", "Look.");

        assertThat(lab.once().succeeded()).isEqualTo(1);

        assertThat(lab.seen("directory").strip()).isEqualTo(code.toString());
        assertThat(lab.seen("environment")).contains("SHOP_REGION=north\n", "CLAUDE_CONFIG_DIR=" + login + "\n");
        assertThat(lab.seen("arguments"))
                .contains("--model sonnet ", "--max-turns 40 ")
                .contains("--max-budget-usd 2.50");
    }

    @Test
    @EffectOf("claude.allowed_roots")
    void a_task_works_in_any_of_the_roots_and_nowhere_else() throws Exception {
        String elsewhere = directory("elsewhere").toString();
        lab.drop("out", "Look.", "cwd: " + elsewhere);
        assertThat(lab.once().rejected()).isEqualTo(1);

        lab.set("claude.allowed_roots", elsewhere).drop("in", "Look.", "cwd: " + elsewhere);
        assertThat(lab.once().succeeded()).isEqualTo(1);
    }

    @Test
    @EffectOf("claude.startup_timeout")
    void an_agent_that_prints_nothing_is_given_up() throws Exception {
        lab.set("claude.startup_timeout", "300ms").drop("mute", "MARK-MUTE", "retries: 0");
        lab.once();
        assertThat(lab.category("mute")).isEqualTo("timeout_idle");
    }

    /** It takes five seconds to stop, and would leave a word. */
    @Test
    @EffectOf({"claude.idle_timeout", "claude.stop_grace"})
    void an_agent_that_falls_silent_is_given_up_and_has_as_long_to_stop_as_it_is_given() throws Exception {
        lab.set("claude.idle_timeout", "500ms")
                .set("claude.stop_grace", "0s")
                .drop("silent", "MARK-HANG", "retries: 0");
        lab.once();
        assertThat(lab.category("silent")).isEqualTo("timeout_idle");
        assertThat(lab.seen("late")).isEmpty();
    }

    @Test
    @EffectOf("claude.timeout")
    void an_agent_that_takes_too_long_is_given_up() throws Exception {
        lab.set("claude.timeout", "1s").set("claude.stop_grace", "0s").drop("long", "MARK-HANG", "retries: 0");
        lab.once();
        assertThat(lab.category("long")).isEqualTo("timeout_total");
    }

    /** It would leave a word five seconds after its result. */
    @Test
    @EffectOf("claude.result_grace")
    void an_agent_that_lives_on_after_its_result_is_ended() throws Exception {
        lab.set("claude.result_grace", "0s").set("claude.stop_grace", "0s").drop("lingers", "MARK-LINGER");
        assertThat(lab.once().succeeded()).isEqualTo(1);
        assertThat(lab.seen("late")).isEmpty();
    }

    @Test
    @EffectOf("retries")
    void a_task_that_does_not_say_is_tried_as_often_as_the_settings_say() throws Exception {
        lab.set("retries", "0").drop("busy", "MARK-OVERLOADED");
        lab.once();
        assertThat(lab.category("busy")).isEqualTo("overloaded");
        assertThat(lab.starts()).isEqualTo(1);
    }

    @Test
    @EffectOf("workers")
    void with_one_worker_tasks_are_done_one_after_the_other() throws Exception {
        lab.set("workers", "1").drop("one", "MARK-SLOW").drop("two", "MARK-SLOW");
        assertThat(lab.once().succeeded()).isEqualTo(2);
        assertThat(SchemaCheck.journal(lab.home).stream()
                        .map(line -> line.path("event").asText())
                        .filter(name -> name.startsWith("attempt_")))
                .containsExactly("attempt_started", "attempt_finished", "attempt_started", "attempt_finished");
    }

    @Test
    @EffectOf("answers")
    void a_question_waits_for_a_person_when_none_is_to_be_answered_without() throws Exception {
        lab.drop("answered", "MARK-ASK");
        assertThat(lab.once().succeeded()).isEqualTo(1);

        lab.set("answers", "0").drop("waits", "MARK-ASK");
        lab.once();
        assertThat(lab.artifact("waits").path("status").asText()).isEqualTo("awaiting_reply");
    }

    @Test
    @EffectOf("context_tokens")
    void an_agent_is_told_as_much_of_earlier_work_as_it_may_be() throws Exception {
        lab.drop("first", "Look at the zebra.").drop("told", "Go on.", "after: first");
        lab.once();
        assertThat(lab.seen("prompt")).contains("### Task `first`: succeeded");

        lab.set("context_tokens", "0").drop("untold", "And on.", "after: [first, told]");
        lab.once();
        assertThat(lab.seen("prompt")).doesNotContain("### Task `told`").contains("2 earlier ones are left out");
    }

    @Test
    @EffectOf({"acceptance.timeout", "acceptance.rounds"})
    void acceptance_commands_have_so_long_and_are_told_of_so_often() throws Exception {
        lab.set("acceptance.timeout", "300ms")
                .set("acceptance.rounds", "1")
                .file("red", "id: red\ntype: custom\nretries: 0\nacceptance: [sleep 100]", "MARK-WRITE");
        lab.once();
        assertThat(lab.category("red")).isEqualTo("acceptance");
        assertThat(lab.artifact("red").path("acceptance").findValuesAsText("outcome"))
                .containsExactly("timeout", "timeout");
        assertThat(lab.starts()).isEqualTo(2);
    }

    @Test
    @EffectOf({"agent", "agents.NAME.command", "agents.NAME.output", "agents.NAME.pass_env", "agents.NAME.unsandboxed"})
    void a_program_of_the_user_s_does_what_names_no_agent() throws Exception {
        Path said = lab.directory.resolve("said");
        lab.without("guard.sandbox")
                .set("agent", "mine")
                .set("agents.mine.command", "sh -c 'env > " + said + "; echo \"{\\\"result\\\":\\\"all is well\\\"}\"'")
                .set("agents.mine.output", "json")
                .set("agents.mine.pass_env", "SHOP_*")
                .set("agents.mine.unsandboxed", "true")
                .variable("SHOP_REGION", "north")
                .drop("look", "Look.");

        assertThat(lab.once().succeeded()).isEqualTo(1);

        assertThat(lab.artifact("look").at("/agent/name").asText()).isEqualTo("mine");
        assertThat(lab.artifact("look").path("result").asText()).isEqualTo("all is well");
        assertThat(said).content().contains("SHOP_REGION=north\n");
    }

    @Test
    @EnabledOnOs(value = OS.LINUX, disabledReason = "platform: there is no sandbox elsewhere")
    @EffectOf("agents.NAME.writable")
    void a_program_of_the_user_s_may_change_what_the_settings_name() throws Exception {
        RealSandbox.require();
        Path login = directory("login");
        lab.without("guard.sandbox")
                .set("agents.mine.command", "sh -c 'echo x > " + login + "/session; echo done'")
                .set("agents.mine.writable", login.toString())
                .drop("look", "Look.", "agent: mine");

        assertThat(lab.once().succeeded()).isEqualTo(1);
        assertThat(login.resolve("session")).exists();
    }
}
