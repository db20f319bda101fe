package dev.orchestrator.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.orchestrator.json.Json;
import dev.orchestrator.testkit.RealClaude;
import dev.orchestrator.time.TimeSource;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

class DoctorCommandTest {
    private Path home;
    private TestCli cli;

    @BeforeEach
    void home(@TempDir Path root) {
        home = root;
        cli = new TestCli(root);
    }

    @Test
    void a_failed_check_fails_the_command_and_names_its_remedy() {
        assertThat(doctor("no-such-program")).isEqualTo(1);

        assertThat(cli.out()).contains("FAIL  claude program", "mend it:", "npm install -g @anthropic-ai/claude-code");
    }

    @Test
    void when_all_is_well_it_ends_with_0() throws IOException {
        Path claude = RealClaude.require();

        Map<String, String> environment = Map.of(
                "PATH", System.getenv("PATH"),
                "HOME", home.toString(),
                "ANTHROPIC_API_KEY", "any",
                "ORCHESTRATOR_CLAUDE_COMMAND", claude.toString());
        int code = cli.run("doctor", new DoctorCommand(environment, Thread::new, TimeSource.system()));

        assertThat(code).as(cli.out()).isZero();
        assertThat(cli.out()).contains("guard asks", "asked before each call", "guard without an answer", "0 failed");
    }

    /** A program that calls itself the CLI, does what it likes and asks nobody. */
    @Test
    @DisabledOnOs(value = OS.WINDOWS, disabledReason = "the program is a shell script")
    void a_program_that_asks_nobody_is_found_out() throws IOException {
        Path program = home.resolve("claude");
        String script =
                "case \"$1\" in --version) echo 2.1.330;; auth) echo '{\"loggedIn\": true, \"authMethod\": \"x\"}';;"
                        + " *) : > inside.txt; : > granted.txt;; esac";
        Files.writeString(program, "#!/bin/sh\n" + script + "\n");
        Files.setPosixFilePermissions(program, PosixFilePermissions.fromString("rwxr-xr-x"));

        assertThat(doctor(program.toString())).isEqualTo(1);
        assertThat(cli.out()).contains("it did not ask before it used a tool", "a command was run that nobody granted");
    }

    @Test
    void what_is_wrong_with_each_of_several_files_has_a_line_of_its_own() throws IOException {
        Path schedules = Files.createDirectory(home.resolve("schedules"));
        for (String name : List.of("one", "two")) {
            Files.writeString(schedules.resolve(name + ".task.md"), "---\nschedule: often\n---\nLook.\n");
        }

        doctor("no-such-program");

        assertThat(cli.out().lines().dropWhile(line -> !line.contains("home schedules")))
                .satisfies(lines -> {
                    assertThat(lines.get(0)).startsWith("FAIL  home schedules     schedules/one.task.md:2: ");
                    assertThat(lines.get(1)).startsWith("                         schedules/two.task.md:2: ");
                    assertThat(lines.get(2)).startsWith("      mend it:           one: ");
                    assertThat(lines.get(3)).startsWith("                         two: ");
                });
    }

    @Test
    void json_says_the_same() throws IOException {
        assertThat(doctor("no-such-program", "--json")).isEqualTo(1);

        JsonNode report = Json.full().readTree(cli.out());
        assertThat(report.path("schema_version").asText()).isEqualTo("1.0");
        assertThat(report.path("healthy").asBoolean(true)).isFalse();
        assertThat(report.path("checks"))
                .anyMatch(check -> check.path("name").asText().equals("program")
                        && check.path("verdict").asText().equals("fail")
                        && !check.path("remedy").asText().isBlank());
    }

    private int doctor(String claude, String... args) {
        Map<String, String> environment = Map.of("PATH", "", "ORCHESTRATOR_CLAUDE_COMMAND", claude);
        return cli.run("doctor", new DoctorCommand(environment, Thread::new, TimeSource.system()), args);
    }
}
