package dev.orchestrator.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.orchestrator.config.Home;
import dev.orchestrator.health.Check;
import dev.orchestrator.health.CheckResult;
import dev.orchestrator.health.Checks;
import dev.orchestrator.testkit.Links;
import dev.orchestrator.testkit.SchemaCheck;
import dev.orchestrator.time.TimeSource;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TrustCommandTest {
    private static final String SETTINGS = "{\"hooks\":{\"PostToolUse\":[{\"matcher\":\"Edit\",\"hooks\":["
            + "{\"type\":\"command\",\"command\":\"npm run fmt\\u001b[2K\"},{\"type\":\"http\",\"url\":\"http://a\"}]}]}}";

    @TempDir
    Path temp;

    private Path root;
    private Path project;

    @BeforeEach
    void lay_out() throws IOException {
        root = Files.createDirectories(temp.toRealPath().resolve("home"));
        project = Files.createDirectories(temp.toRealPath().resolve("project"));
    }

    private CliHome.Result run(String... arguments) {
        return CliHome.run(root, arguments);
    }

    private void writeSettings() throws IOException {
        Files.createDirectories(project.resolve(".claude"));
        Files.writeString(project.resolve(".claude/settings.json"), SETTINGS);
        Files.writeString(
                project.resolve(".mcp.json"), "{\"mcpServers\":{\"db\":{\"command\":\"node\",\"args\":[\"db.js\"]}}}");
    }

    private CheckResult doctor() throws Exception {
        for (Check check : Checks.of(new Home(root), Map.of("PATH", ""), TimeSource.system())) {
            if (check.name().equals("trusted")) {
                return check.body().run();
            }
        }
        throw new AssertionError("no such check");
    }

    @Test
    void what_would_run_is_shown_and_nothing_is_trusted_without_a_yes() throws Exception {
        writeSettings();

        CliHome.Result shown = run("trust", project.toString());

        assertThat(shown.code()).isEqualTo(1);
        assertThat(shown.out())
                .contains(
                        "hook    PostToolUse (Edit): npm run fmt?[2K", "server  db: node db.js", "left out: a hook of")
                .doesNotContain("\u001b");
        assertThat(shown.err()).contains("Nothing is trusted by that", "--yes");
        assertThat(run("trust", "--list").out()).contains("No directory is trusted");
        assertThat(root).isEmptyDirectory();
    }

    @Test
    void one_that_is_trusted_is_listed_told_when_it_changes_and_forgotten() throws Exception {
        writeSettings();
        assertThat(doctor().detail()).isEqualTo("settings of repositories are off");

        assertThat(run("trust", project.toString(), "--yes").code()).isZero();

        SchemaCheck.files(new Home(root));
        assertThat(run("trust", "--list").out()).contains(project + "  since ").doesNotContain("off");
        assertThat(doctor().detail()).isEqualTo("hooks and MCP servers are on in " + project);

        Files.writeString(project.resolve(".claude/x"), "");

        assertThat(run("trust", "--list").out()).contains(", off: they are not what they were");
        assertThat(doctor().verdict()).isEqualTo(CheckResult.Verdict.WARN);
        assertThat(run("trust", "--revoke", project.toString()).code()).isZero();
        assertThat(run("trust", "--revoke", project.toString()).code()).isEqualTo(1);
        assertThat(doctor().verdict()).isEqualTo(CheckResult.Verdict.OK);
    }

    @Test
    void one_that_is_gone_or_behind_a_link_can_be_revoked() throws Exception {
        writeSettings();
        Path link = Links.symbolic(temp.resolve("link"), project);
        assertThat(run("trust", link.toString(), "--yes").code()).isZero();
        assertThat(run("trust", "--revoke", link.toString()).code()).isZero();

        assertThat(run("trust", project.toString(), "--yes").code()).isZero();
        Files.move(project, project.resolveSibling("moved"));

        assertThat(run("trust", "--list").out()).contains("off: it is gone");
        assertThat(run("trust", "--revoke", project.toString()).code()).isZero();
    }

    @ParameterizedTest
    @ValueSource(strings = {"trust", "trust --yes", "trust --list --yes", "trust --list x", "trust a --revoke b"})
    void a_call_that_says_nothing_or_two_things_is_a_mistake(String call) {
        CliHome.Result result = run(call.split(" "));

        assertThat(result.code()).isEqualTo(2);
        assertThat(result.err()).contains("trust DIR [--yes], trust --list, trust --revoke DIR");
    }

    @Test
    void what_cannot_be_trusted_is_refused_with_the_reason() throws Exception {
        assertThat(run("trust", project.resolve("no").toString()).code()).isEqualTo(2);
        assertThat(run("trust", project.toString(), "--yes").err()).contains("brings no hooks and no MCP servers");

        Files.writeString(project.resolve(".mcp.json"), "{\n\"mcpServers\": {,}}");

        CliHome.Result damaged = run("trust", project.toString(), "--yes");
        assertThat(damaged.code()).isEqualTo(1);
        assertThat(damaged.err()).contains("cannot be trusted: .mcp.json is not valid JSON, see line 2");
        assertThat(new Home(root).trusted()).doesNotExist();
    }
}
