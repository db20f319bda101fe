package dev.orchestrator.agent.claude;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

@DisabledOnOs(value = OS.WINDOWS, disabledReason = "the programs are shell scripts")
class ClaudeProbeTest {
    @TempDir
    private Path directory;

    @Test
    void the_version_is_the_first_word() throws Exception {
        assertThat(probe("echo '2.1.330 (Claude Code)'").version())
                .isEqualTo(new ClaudeProbe.Version.Known("2.1.330", true));
    }

    @Test
    void versions_are_compared_by_number() {
        assertThat(List.of("2.1.214", "2.1.1000", "2.2.0", "10.0.0")).allMatch(ClaudeProbe::isSupported);
        assertThat(List.of("2.1.213", "2.1.99", "2.0.300", "1.9.999")).noneMatch(ClaudeProbe::isSupported);
    }

    @Test
    void something_else_than_a_version_is_shown_in_one_harmless_line() throws Exception {
        assertThat(probe("printf 'hello\\033[31m\\nthere\\n'").version())
                .isEqualTo(new ClaudeProbe.Version.Unknown("`--version` does not begin with a version: hello?[31m"));
    }

    @Test
    void a_failing_program_is_quoted() throws Exception {
        assertThat(probe("echo broken >&2; exit 3").version())
                .isEqualTo(new ClaudeProbe.Version.Unknown("`--version` ended with exit code 3: broken"));
    }

    @Test
    void standard_input_is_at_its_end() throws Exception {
        assertThat(probe("cat; echo 2.1.330").version()).isEqualTo(new ClaudeProbe.Version.Known("2.1.330", true));
    }

    @Test
    void a_program_that_hangs_is_ended_and_named() throws Exception {
        assertThat(probe("exec tail -f /dev/null", Duration.ofMillis(300)).version())
                .isInstanceOfSatisfying(
                        ClaudeProbe.Version.Unknown.class,
                        unknown -> assertThat(unknown.problem()).contains("no answer"));
    }

    @Test
    void who_is_logged_in_is_told_by_the_json_and_not_by_the_exit_code() throws Exception {
        assertThat(probe("echo '{\"loggedIn\": true, \"authMethod\": \"api_key\"}'")
                        .login())
                .isEqualTo(new ClaudeProbe.Login.LoggedIn("api_key"));
        assertThat(probe("echo '{\"loggedIn\": false, \"authMethod\": \"none\"}'; exit 1")
                        .login())
                .isEqualTo(new ClaudeProbe.Login.LoggedOut());
    }

    @Test
    void a_program_that_does_not_know_the_question_gives_no_answer() throws Exception {
        assertThat(probe("echo \"error: unknown command 'auth'\" >&2; exit 1").login())
                .isInstanceOfSatisfying(
                        ClaudeProbe.Login.Unknown.class,
                        unknown -> assertThat(unknown.problem()).contains("exit code 1", "unknown command"));
        assertThat(probe("echo '[]'").login()).isInstanceOf(ClaudeProbe.Login.Unknown.class);
    }

    @Test
    void the_program_sees_the_environment_of_a_run_and_no_more() throws Exception {
        assertThat(probe("[ -z \"$GITHUB_TOKEN\" ] && [ \"$ANTHROPIC_API_KEY\" = k ] && echo 2.1.330")
                        .version())
                .isEqualTo(new ClaudeProbe.Version.Known("2.1.330", true));
    }

    @Test
    void a_missing_program_is_not_asked() throws Exception {
        ClaudeOptions options = new ClaudeOptions("no-such-program", List.of(), List.of(), null);
        ClaudeProbe probe = new ClaudeProbe(options, Map.of("PATH", "/usr/bin"), directory, Duration.ofSeconds(1));

        assertThat(probe.program()).isInstanceOf(ClaudeProgram.Search.Missing.class);
        assertThat(probe.version())
                .isEqualTo(new ClaudeProbe.Version.Unknown("there is no program `no-such-program` on the PATH"));
    }

    private ClaudeProbe probe(String script) throws IOException {
        return probe(script, Duration.ofSeconds(30));
    }

    private ClaudeProbe probe(String script, Duration atMost) throws IOException {
        Path program = directory.resolve("claude");
        Files.writeString(program, "#!/bin/sh\n" + script + "\n");
        Files.setPosixFilePermissions(program, PosixFilePermissions.fromString("rwxr-xr-x"));
        ClaudeOptions options = new ClaudeOptions(program.toString(), List.of(), List.of(), null);
        Map<String, String> environment =
                Map.of("PATH", "/usr/bin:/bin", "GITHUB_TOKEN", "t", "ANTHROPIC_API_KEY", "k");
        return new ClaudeProbe(options, environment, directory, atMost);
    }
}
