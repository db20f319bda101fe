package dev.orchestrator.guard.project;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.orchestrator.json.Json;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Random;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ProjectSettingsTest {
    private static final String WHOLE =
            "{\"permissions\":{\"allow\":[\"Bash(*)\"]},\"env\":{\"A\":\"b\"},\"hooks\":{\"PreToolUse\":"
                    + "[{\"matcher\":\"Edit\",\"hooks\":[{\"type\":\"command\",\"command\":\"lint\",\"timeout\":9,\"if\":\"Edit(*.ts)\"}]}]}}";

    @TempDir
    Path temp;

    private Path top;

    @BeforeEach
    void lay_out() throws IOException {
        top = temp.toRealPath();
        Files.createDirectories(top.resolve(".claude"));
    }

    private ProjectSettings settings(String json) throws Exception {
        Files.writeString(top.resolve(".claude/settings.json"), json);
        return ProjectSettings.of(ProjectFiles.read(top));
    }

    private ProjectSettings servers(String json) throws Exception {
        Files.writeString(top.resolve(".mcp.json"), json);
        return ProjectSettings.of(ProjectFiles.read(top));
    }

    @Test
    void hooks_are_taken_and_nothing_else() throws Exception {
        ProjectSettings read = settings(WHOLE);

        assertThat(read.hooks()).containsExactly(new Hook("PreToolUse", "Edit", "lint", 9, "Edit(*.ts)"));
        assertThat(read.servers()).isEmpty();
        assertThat(read.leftOut()).isEmpty();
    }

    @Test
    void hooks_of_both_settings_files_are_taken() throws Exception {
        Files.writeString(top.resolve(".claude/settings.local.json"), WHOLE.replace("lint", "local"));

        assertThat(settings(WHOLE).hooks()).extracting(Hook::command).containsExactly("lint", "local");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"type\":\"http\",\"url\":\"http://a\"}",
                "{\"type\":\"prompt\",\"prompt\":\"may it?\"}",
                "{\"type\":\"command\",\"command\":\"x\",\"args\":[\"y\"]}",
                "{\"type\":\"command\",\"command\":\"x\",\"async\":true}",
                "{\"type\":\"command\",\"command\":\"x\",\"tomorrow\":1}"
            })
    void a_hook_of_which_not_everything_is_known_is_left_out(String hook) throws Exception {
        ProjectSettings read = settings("{\"hooks\":{\"Stop\":[{\"hooks\":[" + hook + "]}]}}");

        assertThat(read.hooks()).isEmpty();
        assertThat(read.leftOut()).hasSize(1);
    }

    @ParameterizedTest
    @ValueSource(strings = {"PermissionRequest", "ConfigChange", "WorktreeCreate", "Tomorrow"})
    void moments_that_decide_about_more_are_left_out(String event) throws Exception {
        assertThat(settings(WHOLE.replace("PreToolUse", event)).hooks()).isEmpty();
    }

    @Test
    void a_repository_may_switch_its_hooks_off() throws Exception {
        assertThat(settings(WHOLE.replaceFirst("\\{", "{\"disableAllHooks\":true,"))
                        .hooks())
                .isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "[]",
                "null",
                "{",
                "{} {}",
                "{\"hooks\":[]}",
                "{\"hooks\":{\"Stop\":{}}}",
                "{\"hooks\":{\"Stop\":[1]}}",
                "{\"hooks\":{\"Stop\":[{\"hooks\":[null]}]}}",
                "{\"hooks\":{\"Stop\":[{\"hooks\":[{\"type\":\"command\"}]}]}}",
                "{\"hooks\":{\"Stop\":[{\"hooks\":[{\"type\":\"command\",\"command\":[\"x\"]}]}]}}",
                "{\"hooks\":{\"Stop\":[{\"hooks\":[{\"type\":\"command\",\"command\":\"x\",\"timeout\":\"1\"}]}]}}",
                "{\"hooks\":{\"Stop\":[{\"hooks\":[{\"type\":\"command\",\"command\":\"x\",\"timeout\":-1}]}]}}",
                "{\"hooks\":{\"Stop\":[{\"matcher\":7,\"hooks\":[]}]}}",
                "{\"hooks\":{},\"hooks\":{\"Stop\":[]}}"
            })
    void settings_that_are_not_what_they_have_to_be_are_refused(String json) {
        assertThatThrownBy(() -> settings(json))
                .isInstanceOf(Unusable.class)
                .hasMessageContaining(".claude/settings.json");
    }

    @Test
    void servers_are_taken_without_what_is_not_known() throws Exception {
        ProjectSettings read =
                servers("{\"mcpServers\":{\"a\":{\"command\":\"node\",\"args\":[\"x.js\"],\"env\":{\"K\":\"${HOME}\"}},"
                        + "\"b_c-1\":{\"type\":\"http\",\"url\":\"https://e.org\",\"headers\":{\"H\":\"secret\"},"
                        + "\"headersHelper\":\"sh steal.sh\"}}}");

        assertThat(read.servers())
                .extracting(Server::shown)
                .containsExactly("node x.js [env K=${HOME}]", "https://e.org [headers H]");
        assertThat(read.leftOut()).containsExactly("headersHelper of the MCP server b_c-1");
        assertThat(new String(read.serversFile(), StandardCharsets.UTF_8))
                .contains("x.js", "secret")
                .doesNotContain("steal");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"mcpServers\":[]}",
                "{\"mcpServers\":{\"a__b\":{\"command\":\"x\"}}}",
                "{\"mcpServers\":{\"a_\":{\"command\":\"x\"}}}",
                "{\"mcpServers\":{\"a b\":{\"command\":\"x\"}}}",
                "{\"mcpServers\":{\"\":{\"command\":\"x\"}}}",
                "{\"mcpServers\":{\"a\":{}}}",
                "{\"mcpServers\":{\"a\":{\"url\":\"https://e.org\"}}}",
                "{\"mcpServers\":{\"a\":{\"type\":\"new\",\"url\":\"x\"}}}",
                "{\"mcpServers\":{\"a\":{\"command\":\"x\",\"args\":[1]}}}",
                "{\"mcpServers\":{\"a\":{\"command\":\"x\",\"env\":{\"A\":{}}}}}",
                "{\"mcpServers\":{\"a\":{\"command\":\"x\"},\"a\":{\"command\":\"y\"}}}"
            })
    void servers_that_are_not_what_they_have_to_be_are_refused(String json) {
        assertThatThrownBy(() -> servers(json)).isInstanceOf(Unusable.class).hasMessageContaining(".mcp.json");
    }

    @Test
    void whatever_bytes_they_are_it_is_settings_or_a_reason() throws Exception {
        Random random = new Random(4711);
        byte[] good = WHOLE.getBytes(StandardCharsets.UTF_8);
        for (int i = 0; i < 3_000; i++) {
            byte[] bytes = good.clone();
            for (int j = 0; j <= i % 5; j++) {
                bytes[random.nextInt(bytes.length)] = (byte) random.nextInt(256);
            }
            Files.write(top.resolve(".claude/settings.json"), bytes);
            try {
                ProjectSettings.of(ProjectFiles.read(top));
            } catch (Unusable e) {
                assertThat(e.problem()).isNotBlank();
            }
        }
    }

    @Test
    void very_deep_json_is_refused() {
        assertThatThrownBy(() -> settings("{\"hooks\":".repeat(50_000))).isInstanceOf(Unusable.class);
    }

    @Test
    void a_command_stays_one_word_in_the_shell_and_says_nothing_before_a_call() {
        String before = Json.text(
                Json.pretty(), Hooks.group(new Hook("PreToolUse", null, "a; } 'b' >&3", null, null), Path.of("/x'y")));
        String after = Json.text(Json.pretty(), Hooks.group(new Hook("PostToolUse", "", "a", 3, null), Path.of("/x")));

        assertThat(before)
                .contains("CLAUDE_PROJECT_DIR='/x'\\\\''y'; ")
                .contains("eval 'a; } '\\\\''b'\\\\'' >&3' >/dev/null");
        assertThat(after).contains("eval 'a'\"").contains("\"matcher\": \"\"").contains("\"timeout\": 3");
    }
}
