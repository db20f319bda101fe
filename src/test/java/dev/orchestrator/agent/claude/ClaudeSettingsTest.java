package dev.orchestrator.agent.claude;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.google.common.jimfs.Configuration;
import com.google.common.jimfs.Jimfs;
import dev.orchestrator.agent.AgentRequest;
import dev.orchestrator.guard.OwnFiles;
import dev.orchestrator.guard.SecretFiles;
import dev.orchestrator.task.Access;
import java.io.IOException;
import java.net.URI;
import java.nio.file.FileSystem;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ClaudeSettingsTest {
    private static final SecretFiles NO_SECRETS = new SecretFiles(List.of());

    private static final FileSystem UNIX = Jimfs.newFileSystem(Configuration.unix());
    private static final FileSystem WINDOWS = Jimfs.newFileSystem(Configuration.windows());

    @Test
    void a_reader_reads_the_roots_and_edits_nothing() throws IOException {
        Path root = UNIX.getPath("/roots");

        JsonNode settings = settings(root.resolve("project"), Access.READ, List.of(root), List.of());

        assertThat(texts(settings.at("/permissions/allow"))).containsExactly("Read(./**)", "Read(//roots/**)");
        assertThat(settings.path("disableAllHooks").asBoolean(true)).isFalse();
    }

    @Test
    void a_writer_edits_its_directory_and_commands_are_not_granted_by_a_rule() throws IOException {
        Path project = UNIX.getPath("/roots/project");

        assertThat(texts(settings(project, Access.WRITE, List.of(project), List.of("Bash(mvn *)"))
                        .at("/permissions/allow")))
                .containsExactly("Read(./**)", "Edit(./**)");
    }

    @Test
    void what_is_the_orchestrators_is_denied_wherever_the_task_runs() throws IOException {
        assertThat(texts(settings(UNIX.getPath("/home"), Access.WRITE, List.of(), List.of())
                        .at("/permissions/deny")))
                .startsWith("Edit(./tasks/**)", "Edit(./.env)", "Read(./.env)");
        assertThat(texts(settings(UNIX.getPath("/else"), Access.WRITE, List.of(), List.of())
                        .at("/permissions/deny")))
                .startsWith("Edit(//home/tasks/**)", "Edit(//home/.env)", "Read(//home/.env)");
    }

    @Test
    void where_case_is_ignored_what_is_the_orchestrators_is_denied_by_its_whole_path_too() throws IOException {
        Path home = UNIX.getPath("/home");
        ClaudeSettings settings = new ClaudeSettings(
                request -> new OwnFiles(List.of(home.resolve("tasks")), List.of(home.resolve(".env")), true));

        JsonNode written = new ObjectMapper()
                .readTree(settings.of(
                        Requests.in(home, Access.WRITE, List.of(), List.of()), NO_SECRETS, Optional.empty()));

        assertThat(texts(written.at("/permissions/deny")))
                .startsWith(
                        "Edit(./tasks/**)",
                        "Edit(./.env)",
                        "Read(./.env)",
                        "Edit(//home/tasks/**)",
                        "Edit(//home/.env)",
                        "Read(//home/.env)");
    }

    @ParameterizedTest
    @CsvSource({
        "/srv/a b, Edit(//srv/a b/**)",
        "/srv/[x]*, Edit(//srv/\\[x\\]\\*/**)",
        "/srv/ü, Edit(//srv/ü/**)",
        "/srv/a\\b, Edit(//srv/a\\\\\\\\b/**)",
        "/project/sub [1], Edit(./sub \\[1\\]/**)"
    })
    void a_name_is_escaped_for_the_pattern_language(String directory, String rule) {
        assertThat(PathRule.under("Edit", UNIX.getPath(directory), UNIX.getPath("/project")))
                .isEqualTo(rule);
    }

    @ParameterizedTest
    @CsvSource({
        "C:\\Users\\Ann B, Edit(//c/Users/Ann B/**)",
        "D:\\, Edit(//d/**)",
        "C:\\project\\src, Edit(./src/**)",
        "C:\\project, Edit(./**)"
    })
    void a_drive_is_a_lower_case_directory(String directory, String rule) {
        assertThat(PathRule.under("Edit", WINDOWS.getPath(directory), WINDOWS.getPath("C:\\project")))
                .isEqualTo(rule);
    }

    @Test
    void a_path_that_no_rule_can_name_is_known() {
        assertThat(PathRule.problem(UNIX.getPath("/a/b ?c"))).isPresent();
        assertThat(PathRule.problem(UNIX.getPath("/a /b"))).isPresent();
        assertThat(PathRule.problem(UNIX.getPath("/a b/c[1]"))).isEmpty();
    }

    @Test
    void secrets_are_denied_below_each_root_and_the_run_is_told_where_to_ask() throws IOException {
        ClaudeSettings settings = new ClaudeSettings(request -> new OwnFiles(List.of(), List.of(), false));
        AgentRequest request = Requests.in(
                UNIX.getPath("/r/p"), Access.WRITE, List.of(UNIX.getPath("/r/p"), UNIX.getPath("/s")), List.of());

        JsonNode written = new ObjectMapper()
                .readTree(settings.of(
                        request, new SecretFiles(List.of("*.pem")), Optional.of(URI.create("http://127.0.0.1:1/x"))));

        assertThat(texts(written.at("/permissions/deny")))
                .contains("Edit(./**/.git)", "Edit(./**/.bashrc)")
                .contains("Read(./**/*.pem)", "Edit(./**/*.pem)", "Read(//s/**/*.pem)", "Edit(//s/**/*.pem)");
        assertThat(ClaudeSettings.guard(written)).contains(URI.create("http://127.0.0.1:1/x"));
        assertThat(written.at("/hooks/PreToolUse/0/matcher").asText()).isEqualTo("*");
    }

    private static JsonNode settings(Path project, Access access, List<Path> roots, List<String> tools)
            throws IOException {
        ClaudeSettings settings = new ClaudeSettings(request ->
                new OwnFiles(List.of(UNIX.getPath("/home/tasks")), List.of(UNIX.getPath("/home/.env")), false));
        return new ObjectMapper()
                .readTree(settings.of(Requests.in(project, access, roots, tools), NO_SECRETS, Optional.empty()));
    }

    private static List<String> texts(JsonNode array) {
        List<String> texts = new ArrayList<>();
        array.forEach(text -> texts.add(text.asText()));
        return texts;
    }
}
