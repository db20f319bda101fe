package dev.orchestrator.agent.claude;

import static org.assertj.core.api.Assertions.assertThat;

import dev.orchestrator.agent.AgentRequest;
import dev.orchestrator.task.Access;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class ClaudeCommandTest {
    private static final Path PROJECT = Path.of("/srv/project");

    @Test
    void a_plain_run_has_these_arguments() {
        assertThat(ClaudeCommand.of(List.of("claude"), Requests.in(PROJECT, Access.READ, List.of(), List.of())))
                .containsExactly(
                        "claude",
                        "-p",
                        "--output-format",
                        "stream-json",
                        "--verbose",
                        "--session-id",
                        Requests.SESSION,
                        "--setting-sources",
                        "",
                        "--strict-mcp-config",
                        "--settings",
                        PROJECT.resolve("run/turn-1.attempt-1.settings.json").toString(),
                        "--permission-mode",
                        "dontAsk",
                        "--tools",
                        "Read,Grep,Glob");
    }

    @Test
    void a_resumed_run_has_the_same_and_names_the_session_to_continue() {
        AgentRequest first = Requests.in(PROJECT, Access.WRITE, List.of(), List.of());
        AgentRequest resumed = Requests.with(
                PROJECT, Access.WRITE, List.of(), List.of(), true, null, null, null, Requests.PATIENT, Instant.EPOCH);

        List<String> command = ClaudeCommand.of(List.of("claude"), resumed);

        assertThat(command).contains("--resume").doesNotContain("--session-id");
        assertThat(command.stream().map(word -> word.equals("--resume") ? "--session-id" : word))
                .containsExactlyElementsOf(ClaudeCommand.of(List.of("claude"), first));
    }

    @Test
    void limits_are_passed_without_exponents() {
        AgentRequest limited = Requests.with(
                PROJECT,
                Access.WRITE,
                List.of(),
                List.of(),
                false,
                "opus",
                7,
                new BigDecimal("1E-4"),
                Requests.PATIENT,
                Instant.EPOCH);

        assertThat(ClaudeCommand.of(List.of("node", "cli.js"), limited))
                .startsWith("node", "cli.js", "-p")
                .endsWith("--model", "opus", "--max-turns", "7", "--max-budget-usd", "0.0001");
    }

    @Test
    void a_tool_exists_only_when_the_kind_of_task_or_a_rule_needs_it() {
        assertThat(ClaudeCommand.tools(Requests.in(PROJECT, Access.WRITE, List.of(), List.of())))
                .containsExactly("Read", "Grep", "Glob", "Edit", "Write", "NotebookEdit");
        assertThat(ClaudeCommand.tools(Requests.in(
                        PROJECT, Access.READ, List.of(), List.of("Bash(mvn *)", "Bash(ls)", "Read", "WebFetch"))))
                .containsExactly("Read", "Grep", "Glob", "Bash", "WebFetch");
    }
}
