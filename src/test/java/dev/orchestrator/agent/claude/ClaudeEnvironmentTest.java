package dev.orchestrator.agent.claude;

import static org.assertj.core.api.Assertions.assertThat;

import dev.orchestrator.agent.run.RunEnvironment;
import java.io.File;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ClaudeEnvironmentTest {
    @ParameterizedTest
    @ValueSource(
            strings = {
                "PATH",
                "Path",
                "HOME",
                "ANTHROPIC_API_KEY",
                "CLAUDE_CODE_OAUTH_TOKEN",
                "LC_ALL",
                "https_proxy",
                "SystemRoot",
                "ProgramFiles(x86)",
                "XDG_CONFIG_HOME"
            })
    void what_the_program_needs_passes(String name) {
        assertThat(of(name, List.of())).containsEntry(name, "v");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "TELEGRAM_BOT_TOKEN",
                "ORCHESTRATOR_TELEGRAM_TOKEN",
                "OPENAI_API_KEY",
                "AWS_SECRET_ACCESS_KEY",
                "GITHUB_TOKEN",
                "MY_ANTHROPIC_KEY",
                "LD_PRELOAD",
                "NODE_OPTIONS",
                "PATHX",
                "SSH_AUTH_SOCK",
                "CLAUDECODE",
                "CLAUDE_CODE_SIMPLE",
                "CLAUDE_CODE_ENTRYPOINT",
                "CLAUDE_CODE_SUBPROCESS_ENV_SCRUB",
                "claude_code_safe_mode"
            })
    void secrets_of_others_and_what_disarms_the_guard_stay_out(String name) {
        assertThat(of(name, List.of())).doesNotContainKey(name);
    }

    @Test
    void the_user_lets_more_through_by_name_or_glob() {
        assertThat(of("MVN_OPTS", List.of("MVN_*"))).containsKey("MVN_OPTS");
        assertThat(of("A.B", List.of("A?B"))).doesNotContainKey("A.B");
        assertThat(of("AxB", List.of("A.B"))).doesNotContainKey("AxB");
        assertThat(of("JAVA_HOME", List.of("java_home"))).containsKey("JAVA_HOME");
    }

    @Test
    void a_glob_of_the_user_does_not_bring_back_what_disarms_the_guard() {
        assertThat(of("CLAUDE_CODE_SIMPLE", List.of("CLAUDE_*"))).doesNotContainKey("CLAUDE_CODE_SIMPLE");
        assertThat(of("CLAUDECODE", List.of("*"))).doesNotContainKey("CLAUDECODE");
    }

    @Test
    void an_unattended_run_sets_its_own() {
        Map<String, String> environment =
                ClaudeEnvironment.of(Map.of("DISABLE_AUTOUPDATER", "0"), List.of(), Path.of("/c"));

        assertThat(environment)
                .containsEntry("DISABLE_AUTOUPDATER", "1")
                .containsEntry("CLAUDE_CODE_DISABLE_NONESSENTIAL_TRAFFIC", "1")
                .containsEntry("CLAUDE_CONFIG_DIR", Path.of("/c").toString());
    }

    /** The token of the bot and the secret of the webhook among them. */
    @ParameterizedTest
    @ValueSource(strings = {"TELEGRAM_BOT_TOKEN", "ORCHESTRATOR_NOTICES_WEBHOOK_SECRET", "orchestrator_telegram_token"})
    void what_is_the_daemon_s_own_passes_for_nobody(String name) {
        assertThat(of(name, List.of("*"))).doesNotContainKey(name);
        assertThat(of(name, List.of(name))).doesNotContainKey(name);
    }

    private static Map<String, String> of(String name, List<String> pass) {
        return ClaudeEnvironment.of(Map.of(name, "v"), pass, null);
    }

    /** The guard is on this machine, and a proxy is not. */
    @Test
    void no_proxy_is_asked_for_what_is_on_this_machine() {
        assertThat(ClaudeEnvironment.of(Map.of("HTTPS_PROXY", "http://proxy:3128"), List.of(), null))
                .containsEntry("NO_PROXY", "127.0.0.1,localhost")
                .containsEntry("no_proxy", "127.0.0.1,localhost");
        assertThat(ClaudeEnvironment.of(Map.of("NO_PROXY", "example.org"), List.of(), null))
                .containsEntry("NO_PROXY", "example.org,127.0.0.1,localhost");
    }

    @Test
    void git_looks_no_further_up_than_the_copies_nor_than_the_user_wants() {
        assertThat(above(Map.of())).isEqualTo("/home/.staging");
        assertThat(above(Map.of("GIT_CEILING_DIRECTORIES", ""))).isEqualTo("/home/.staging");
        assertThat(above(Map.of("GIT_CEILING_DIRECTORIES", "/srv")))
                .isEqualTo("/srv" + File.pathSeparator + "/home/.staging");
    }

    private static @Nullable String above(Map<String, String> own) {
        Map<String, String> environment = ClaudeEnvironment.of(own, List.of(), null);
        RunEnvironment.keepGitIn("/home/.staging", environment);
        return environment.get("GIT_CEILING_DIRECTORIES");
    }

    @Test
    void what_changes_the_meaning_of_a_command_is_left_out() {
        assertThat(ClaudeEnvironment.of(
                        Map.of("CDPATH", "/tmp", "BASH_ENV", "/tmp/x", "ENV", "/tmp/x"), List.of("*"), null))
                .doesNotContainKeys("CDPATH", "BASH_ENV", "ENV")
                .containsEntry("GIT_CONFIG_VALUE_0", "explicit");
    }
}
