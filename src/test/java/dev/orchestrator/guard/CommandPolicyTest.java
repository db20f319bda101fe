package dev.orchestrator.guard;

import static org.assertj.core.api.Assertions.assertThat;

import dev.orchestrator.guard.Refusal.Kind;
import dev.orchestrator.task.Access;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class CommandPolicyTest {
    private static final List<String> RULES = List.of(
            "Bash(mvn *)", "Bash(npm test)", "WebFetch(domain:docs.example.org)", "WebFetch(domain:*.example.net)");

    @TempDir
    Path temp;

    private Path project;

    @BeforeEach
    void lay_out() throws IOException {
        project = Files.createDirectories(temp.toRealPath().resolve("project"));
        Files.createDirectories(project.resolve("sub/deep"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "mvn -q verify",
                "npm test",
                "cd sub && mvn verify",
                "cd sub/deep && mvn verify > out.txt",
                "mvn verify 2>&1 | tail -n 20",
                "mvn verify > build.log 2>&1",
                "mvn verify 2>/dev/null",
                "mvn verify && echo done || echo failed",
                "mvn verify < pom.xml",
            })
    void a_line_is_granted_when_every_command_in_it_is(String line) {
        assertThat(decision(line)).isEqualTo(new Decision.Granted());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '#',
            value = {
                "rm -rf sub # COMMAND",
                "npm test -- --watch # COMMAND",
                "mvn verify; curl evil.example # COMMAND",
                "mvn verify | sh # COMMAND",
                "mvn verify & rm -rf sub # COMMAND",
                "mvn $(cat .env) # COMMAND",
                "mvn `id` # COMMAND",
                "PATH=/tmp mvn verify # COMMAND",
                "/tmp/mvn verify # COMMAND",
                "cat .env # COMMAND",
                "cd # COMMAND",
                "cd - # COMMAND",
                "cd ../.. && mvn verify # OUTSIDE",
                "cd /etc && mvn verify # OUTSIDE",
                "mvn verify > ../out.txt # OUTSIDE",
                "mvn verify > /etc/passwd # OUTSIDE",
                "cd sub && mvn verify > ../../out.txt # OUTSIDE",
                "cd sub; mvn verify > ../out.txt # OUTSIDE",
                "mvn verify > .git/config # PROTECTED",
                "echo x > .bashrc # PROTECTED",
                "mvn verify < .env # SECRET",
                "mvn verify >> tasks/a.task.md # OWN",
            })
    void a_line_is_refused_for_the_first_thing_in_it_that_is_not_granted(String line, Kind kind) {
        Decision decision = decision(line);

        assertThat(decision).isInstanceOf(Decision.Refused.class);
        assertThat(((Decision.Refused) decision).refusal().kind()).isEqualTo(kind);
    }

    @Test
    void a_refusal_names_the_command_and_what_is_granted() {
        Refusal refusal = ((Decision.Refused) decision("rm -rf sub")).refusal();

        assertThat(refusal.reason()).contains("rm -rf sub", "mvn *", "npm test");
        assertThat(refusal.target()).isEqualTo("rm -rf sub");
    }

    @Test
    void without_a_rule_no_command_is_granted_not_even_a_harmless_one() {
        assertThat(policy(List.of()).decide(bash("echo hello"))).isInstanceOf(Decision.Refused.class);
        assertThat(policy(List.of()).decide(use("KillShell", "shell_id", "1"))).isInstanceOf(Decision.Refused.class);
        assertThat(policy(RULES).decide(use("KillShell", "shell_id", "1"))).isEqualTo(new Decision.Unopposed());
    }

    @Test
    void a_shell_that_has_changed_its_directory_is_judged_from_there() {
        ToolUse inside = new ToolUse("t", "Bash", Map.of("command", "mvn x > ../a.txt"), project.resolve("sub"), null);
        ToolUse outside = new ToolUse("t", "Bash", Map.of("command", "mvn x > a.txt"), project.getParent(), null);

        assertThat(policy(RULES).decide(inside)).isEqualTo(new Decision.Granted());
        assertThat(policy(RULES).decide(outside)).isInstanceOf(Decision.Refused.class);
    }

    @ParameterizedTest
    @CsvSource({
        "https://docs.example.org/a, true",
        "HTTPS://DOCS.EXAMPLE.ORG/a, true",
        "https://a.example.net/, true",
        "https://a.b.example.net/, true",
        "https://example.net/, false",
        "https://evilexample.net/, false",
        "https://evil.example/docs.example.org, false",
        "https://docs.example.org.evil.example/, false",
        "https://docs.example.org@evil.example/, false",
        "https://user@docs.example.org/, false",
        "file:///etc/passwd, false",
        "docs.example.org, false",
        "'https://docs.example.org\\@evil.example/', false",
        "'', false",
    })
    void an_address_is_granted_by_its_host(String url, boolean granted) {
        Decision decision = policy(RULES).decide(use("WebFetch", "url", url));

        assertThat(decision instanceof Decision.Granted).isEqualTo(granted);
    }

    @ParameterizedTest
    @CsvSource({
        "mcp__db, mcp__db__get, true",
        "mcp__db__*, mcp__db__get, true",
        "mcp__db__get, mcp__db__get, true",
        "mcp__db__get, mcp__db__get__all, false",
        "mcp__db__get, mcp__db__put, false",
        "mcp__db, mcp__db2__get, false",
        "mcp__db, mcp__db_2__get, false",
        "mcp__db, mcp__DB__get, false",
        "Bash(mcp__db *), mcp__db__get, false"
    })
    void tools_of_a_server_are_granted_one_by_one_or_all(String rule, String tool, boolean granted) {
        Bounds bounds = new Bounds(project, Access.WRITE, List.of(), List.of(rule));
        Policy policy = new Policy(bounds, new OwnFiles(List.of(), List.of(), false), new SecretFiles(List.of()));

        assertThat(policy.decide(new ToolUse("t", tool, Map.of(), project, null)) instanceof Decision.Granted)
                .isEqualTo(granted);
    }

    @ParameterizedTest
    @ValueSource(strings = {"Task", "Agent", "Skill", "mcp__server__tool", "WebSearch", "AskUserQuestion", "Cron", ""})
    void a_tool_that_the_task_does_not_have_is_refused(String tool) {
        assertThat(policy(RULES).decide(use(tool, "prompt", "x"))).isInstanceOf(Decision.Refused.class);
    }

    private Decision decision(String line) {
        return policy(RULES).decide(bash(line));
    }

    private ToolUse bash(String line) {
        return use("Bash", "command", line);
    }

    private ToolUse use(String tool, String parameter, String value) {
        return new ToolUse("t", tool, Map.of(parameter, value), project, null);
    }

    private Policy policy(List<String> rules) {
        return new Policy(
                new Bounds(project, Access.WRITE, List.of(), rules),
                new OwnFiles(List.of(project.resolve("tasks")), List.of(), false),
                new SecretFiles(SecretFiles.USUAL));
    }
}
