package dev.orchestrator.config;

import static org.assertj.core.api.Assertions.assertThat;

import dev.orchestrator.agent.command.AnswerForm;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Settings under names that the user gives. */
class AgentsSettingsTest {
    @TempDir
    Path dir;

    @Test
    void without_any_there_is_only_the_one_that_is_built_in() {
        assertThat(with("").config().agents()).isEmpty();
        assertThat(with("").config().agent()).isEqualTo("claude");
    }

    @Test
    void an_agent_may_say_everything() {
        Config config = with("""
                agent: codex
                agents:
                  codex:
                    command: [codex, exec, "a, b", "it's", -]
                    output: json
                    pass_env: [OPENAI_*]
                    writable: [state]
                    unsandboxed: true
                """).config();

        assertThat(config.agent()).isEqualTo("codex");
        assertThat(config.agents())
                .containsOnlyKeys("codex")
                .containsEntry(
                        "codex",
                        new CommandAgentConfig(
                                List.of("codex", "exec", "a, b", "it's", "-"),
                                AnswerForm.JSON,
                                List.of("OPENAI_*"),
                                List.of(dir.toAbsolutePath().normalize().resolve("state")),
                                true));
    }

    @Test
    void an_agent_that_says_only_how_it_is_started_has_the_defaults() {
        assertThat(with("agents.my-llm.command: llm -m 'gpt 5'").config().agents())
                .containsEntry(
                        "my-llm",
                        new CommandAgentConfig(
                                List.of("llm", "-m", "gpt 5"), AnswerForm.TEXT, List.of(), List.of(), false));
    }

    @Test
    void the_layers_hold_for_them_too() {
        TestHome home = with("agents.my-llm: {command: a, output: json}\n")
                .dotenv("ORCHESTRATOR_AGENTS_MY_LLM_COMMAND=b\n")
                .env("ORCHESTRATOR_AGENTS_MY_LLM_COMMAND", "c")
                .flag("agents.my-llm.command", "d e");

        assertThat(home.config().agents().get("my-llm").command()).containsExactly("d", "e");
        assertThat(home.sourceOf("agents.my-llm.command")).isEqualTo("--set");
        assertThat(home.sourceOf("agents.my-llm.output")).isEqualTo("orchestrator.yaml line 1");
        assertThat(home.sourceOf("agents.my-llm.unsandboxed")).isEqualTo("default");
    }

    @Test
    void a_variable_alone_makes_one() {
        assertThat(new TestHome(dir)
                        .env("ORCHESTRATOR_AGENTS_CODEX_COMMAND", "codex exec -")
                        .config()
                        .agents())
                .containsOnlyKeys("codex");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "agents: {codex: {comand: x}}                          | agents.codex.comand is not a setting. Did you mean agents.codex.command?",
                "agents: {codex: {colour: x}}                          | agents.codex.colour is not a setting. Remove it; an agent has command, output, pass_env, writable, unsandboxed.",
                "agents: {Codex: {command: x}}                         | agents.Codex is not a setting. A name here is at most 40 small letters and digits, with single - between.",
                "agents: {codex: x}                                    | agents.codex is a group of settings, not a setting. Write its settings below it, indented.",
                "agents: {codex: {output: json}}                       | agents.codex.command is not set. Write how the program is started, such as [codex, -].",
                "agents: {codex: {command: [a, [b]]}}                  | agents.codex.command has an item that is not a single text. Change that item.",
                "agents: {codex: {command: {a: b}}}                    | agents.codex.command has a group as its value. Use a program and its arguments, as a list in YAML or as a text; what a shell is to do, sh -c '...'.",
                "agents: {codex: {command: a > b}}                     | 'agents.codex.command \"a > b\" has >, which only a shell understands. Use a program and its arguments, as a list in YAML or as a text; what a shell is to do, sh -c ''...''.'",
                "agents: {codex: {command: x, output: xml}}            | 'agents.codex.output \"xml\" is not one of them. Use one of text, json.'",
                "agents: {claude: {command: x}}                        | agents.claude is the name of the agent that is built in. Give it another name; how the built-in one is started `claude.command` says.",
                "{agent: codx, agents: {codex: {command: x}}}          | 'agent \"codx\" is not the name of an agent. Did you mean codex?'",
                "agent: zebra                                          | 'agent \"zebra\" is not the name of an agent. The agents are claude; `agents.NAME.command` adds one.'",
            })
    void what_cannot_be_used_is_a_problem(String yaml, String problem) {
        assertThat(with(yaml).problems()).contains("orchestrator.yaml line 1: " + problem);
    }

    @Test
    void all_problems_are_said_at_once() {
        assertThat(with("workers: 99\nagent: codx\nagents:\n  codex: {output: xml}\n  other: {output: text}\n")
                        .problems())
                .hasSize(5);
    }

    @Test
    void their_rows_are_on_the_page() {
        String page = new ConfigurationDoc(Settings.TABLE).markdown();

        assertThat(Settings.TABLE.openRows())
                .hasSize(5)
                .allSatisfy(row -> assertThat(page).contains("`" + row.name() + "`", "`" + row.variable() + "`"));
    }

    private TestHome with(String yaml) {
        return new TestHome(dir).yaml(yaml);
    }
}
