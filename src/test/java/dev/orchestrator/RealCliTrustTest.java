package dev.orchestrator;

import static dev.orchestrator.HookedProject.bash;
import static dev.orchestrator.HookedProject.run;
import static dev.orchestrator.HookedProject.write;
import static dev.orchestrator.testkit.Script.script;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.orchestrator.testkit.Script;
import dev.orchestrator.testkit.ScriptedApi;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a repository brings along for the CLI, trusted and not, with the real one. */
class RealCliTrustTest {
    @TempDir
    Path temp;

    private Path real;
    private HookedProject hooked;
    private Path project;
    private Path outside;

    @BeforeEach
    void lay_out() throws Exception {
        real = temp.toRealPath();
        hooked = new HookedProject(real);
        project = hooked.project;
        outside = hooked.outside;
    }

    private Script work(Path directory) {
        return script().tool("Write", write(directory.resolve("inside.txt")))
                .tool("Write", write(outside.resolve("out.txt")))
                .tool("Bash", bash("touch granted.txt"))
                .tool("mcp__tiny__add", Map.of())
                .tool("mcp__tiny__look", Map.of())
                .tool("Write", write(directory.resolve(".claude/settings.json")))
                .tool("Write", write(directory.resolve(".mcp.json")))
                .tool("Write", write(real.resolve("home/logs/trusted.json")))
                .text("Wrote inside.txt.");
    }

    private List<String> violated(JsonNode artifact) {
        List<String> tools = new ArrayList<>();
        artifact.at("/security/violations")
                .forEach(tried -> tools.add(tried.path("tool").asText()));
        return tools;
    }

    @Test
    void without_trust_nothing_of_it_counts() throws Exception {
        try (ScriptedApi api = ScriptedApi.start(work(project))) {
            JsonNode artifact = run(new OrchestratorRun(real, api), "off", "allowed_tools: [mcp__tiny]");

            assertThat(artifact.at("/security/project_config").asText()).isEqualTo("off");
            assertThat(artifact.at("/security/guard").asText()).isEqualTo("enforced");
            assertThat(project.resolve("inside.txt")).exists();
            for (String name :
                    List.of("marker.txt", "server.txt", "granted.txt", "rewritten.txt", "helper.txt", "leak.txt")) {
                assertThat(project.resolve(name)).doesNotExist();
            }
            assertThat(outside).isEmptyDirectory();
        }
    }

    @Test
    void with_trust_its_hooks_and_servers_count_and_grant_nothing() throws Exception {
        try (ScriptedApi api = ScriptedApi.start(work(project))) {
            hooked.trust();
            Path settings = project.resolve(".claude/settings.json");
            String before = Files.readString(settings);

            JsonNode artifact =
                    run(new OrchestratorRun(real, api), "on", "allowed_tools: [mcp__tiny__add, \"Bash(mvn *)\"]");

            assertThat(artifact.at("/security/project_config").asText()).isEqualTo("trusted");
            assertThat(artifact.at("/security/guard").asText()).isEqualTo("enforced");
            assertThat(artifact.at("/security/unguarded_calls").asInt()).isZero();
            assertThat(artifact.path("status").asText()).isEqualTo("succeeded");
            assertThat(project.resolve("marker.txt")).hasContent("session\nits used");
            assertThat(project.resolve("server.txt")).hasContent("started\ncalled add");
            assertThat(violated(artifact))
                    .containsExactlyInAnyOrder("Write", "Bash", "mcp__tiny__look", "Write", "Write", "Write");
            for (String name : List.of("granted.txt", "rewritten.txt", "helper.txt", "leak.txt")) {
                assertThat(project.resolve(name)).doesNotExist();
            }
            assertThat(outside).isEmptyDirectory();
            assertThat(settings).hasContent(before);
            assertThat(Files.readString(real.resolve("home/summaries/on.md"))).contains("on, as trusted");
            assertThat(hooked.command("status", "on")).contains("hooks and MCP servers of the repository on");
        }
    }

    @Test
    void what_the_guard_grants_is_run_as_it_was_granted() throws Exception {
        try (ScriptedApi api = ScriptedApi.start(
                script().tool("Bash", bash("echo x > granted.txt")).text("Done."))) {
            hooked.trust();

            run(new OrchestratorRun(real, api), "as-is", "allowed_tools: [\"Bash(echo *)\"]");

            assertThat(project.resolve("granted.txt")).exists();
            assertThat(project.resolve("rewritten.txt")).doesNotExist();
        }
    }

    @Test
    void one_other_byte_and_it_is_off_until_somebody_looks_again() throws Exception {
        try (ScriptedApi api = ScriptedApi.start(work(project))) {
            hooked.trust();
            Files.writeString(project.resolve(".claude/hooks/mark.sh"), "\n", java.nio.file.StandardOpenOption.APPEND);

            OrchestratorRun run = new OrchestratorRun(real, api);
            JsonNode artifact = run(run, "changed", "allowed_tools: [mcp__tiny]");

            assertThat(artifact.at("/security/project_config").asText()).isEqualTo("changed");
            assertThat(project.resolve("marker.txt")).doesNotExist();
            assertThat(project.resolve("server.txt")).doesNotExist();
            assertThat(violated(artifact)).contains("mcp__tiny__add");
            assertThat(Files.readString(real.resolve("home/summaries/changed.md")))
                    .contains("`trust DIR`");
            assertThat(hooked.command("status", "changed")).contains("not what was trusted");
            assertThat(hooked.command("trust", "--list")).contains("off: they are not what they were");

            hooked.trust();

            assertThat(run(run, "again").at("/security/project_config").asText())
                    .isEqualTo("trusted");
            assertThat(project.resolve("marker.txt")).exists();
        }
    }

    @Test
    void a_guarded_task_has_them_in_its_copy() throws Exception {
        try (ScriptedApi api = ScriptedApi.start(work(real.resolve("home/.staging/safe/work")))) {
            hooked.trust();

            JsonNode artifact =
                    run(new OrchestratorRun(real, api), "safe", "guarded: true", "allowed_tools: [mcp__tiny__add]");

            assertThat(artifact.at("/security/project_config").asText()).isEqualTo("trusted");
            assertThat(project.resolve("marker.txt")).doesNotExist();
            assertThat(project.resolve("server.txt")).doesNotExist();
            assertThat(Files.readString(real.resolve("home/results/safe.patch")))
                    .contains("+session\n+its used", "+called add");
        }
    }

    @Test
    void a_task_further_down_has_those_from_above() throws Exception {
        Path below = Files.createDirectories(project.resolve("services/auth"));
        try (ScriptedApi api = ScriptedApi.start(
                script().tool("Write", write(below.resolve("inside.txt"))).text("Wrote inside.txt."))) {
            hooked.trust();
            OrchestratorRun run = new OrchestratorRun(real, api);
            run.drop("below", "Do it.", "type: bug_fix", "cwd: project/services/auth");

            run.once();

            assertThat(run.artifact("below").at("/security/project_config").asText())
                    .isEqualTo("trusted");
            assertThat(below.resolve("marker.txt")).hasContent("session\nits used");
        }
    }
}
