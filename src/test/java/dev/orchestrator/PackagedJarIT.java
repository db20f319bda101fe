package dev.orchestrator;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.orchestrator.json.Json;
import dev.orchestrator.process.Command;
import dev.orchestrator.process.ProcessRunner;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** The jar as a user has it, in processes of its own. */
@Timeout(240)
class PackagedJarIT {
    private static final Path JAR = Path.of(System.getProperty("orchestrator.jar"));
    private static final Path JAVA = Path.of(System.getProperty("java.home"), "bin", "java");
    private static final Map<String, String> ENVIRONMENT = Map.of("PATH", "/usr/bin:/bin");

    @TempDir
    private Path temp;

    @Test
    void demo_mends_the_file_and_tells_how_it_went() throws Exception {
        Path home = temp.resolve("demo");

        Command.Result.Ended demo = run("demo", "--keep", home.toString());

        assertThat(demo.stderr()).isEmpty();
        assertThat(demo.exitCode()).isZero();
        assertThat(home.resolve("project/average.py")).content().contains("return sum(values) / len(values)\n");
        JsonNode artifact = Json.full().readTree(Files.readAllBytes(home.resolve("results/fix-average.json")));
        assertThat(artifact.path("status").asText()).isEqualTo("succeeded");
        assertThat(artifact.path("result").asText()).startsWith("[simulated]");
        assertThat(artifact.path("agent").path("name").asText()).isEqualTo("simulated");
        assertThat(artifact.path("agent").path("model").asText()).isEqualTo("simulated");
        assertThat(artifact.path("files_modified").path(0).path("path").asText())
                .isEqualTo("average.py");
        assertThat(demo.stdout())
                .contains("SIMULATED", "- return sum(values) / (len(values) - 1)", "+ return sum(values) / len(values)")
                .contains(
                        "pass     evidence",
                        home.resolve("results/fix-average.json").toString());
        assertThat(home.resolve("summaries/fix-average.md")).content().contains("succeeded");
    }

    @Test
    @DisabledOnOs(value = OS.WINDOWS, disabledReason = "the agent is started by a shell script")
    void submit_waits_for_the_end_and_exits_by_it() throws Exception {
        Path home = Files.createDirectory(temp.resolve("home"));
        Files.writeString(home.resolve("mean.py"), "def mean(xs):\n    return sum(xs) / (len(xs) - 1)\n");
        Path good = task("good.task.md", "Fix it.\n\n**Target Files:**\n- mean.py\n");
        Path again = task("again.task.md", "Fix it again.\n\n**Target Files:**\n- mean.py\n");
        Path escaping = task("escaping.task.md", "---\ncwd: ..\n---\nFix it.\n");
        Process daemon = daemon(home);
        try (BufferedReader out = daemon.inputReader(StandardCharsets.UTF_8)) {
            assertThat(out.readLine()).isEqualTo("Orchestrator is running");

            Command.Result.Ended succeeded = submit(home, good);
            assertThat(succeeded.stdout())
                    .startsWith("Submitted tasks/good.task.md\n")
                    .contains("succeeded", "summaries");
            assertThat(succeeded.exitCode()).isZero();
            assertThat(home.resolve("mean.py")).content().contains("/ len(xs)\n");

            // Nothing is left to mend, so a task whose type is to change something fails.
            Command.Result.Ended failed = submit(home, again);
            assertThat(failed.exitCode()).isEqualTo(1);
            assertThat(failed.stdout()).contains("failed", "why:", "next:");

            Command.Result.Ended rejected = submit(home, escaping);
            assertThat(rejected.exitCode()).isEqualTo(1);
            assertThat(rejected.stderr()).contains("was rejected", "outside of the allowed roots");
        } finally {
            daemon.destroy();
            assertThat(daemon.waitFor(60, TimeUnit.SECONDS)).isTrue();
        }
        assertThat(submit(home, good).exitCode()).isEqualTo(4);
    }

    private Path task(String name, String text) throws IOException {
        String frontMatter = text.startsWith("---") ? "" : "---\ntype: bug_fix\nretries: 0\n---\n";
        return Files.writeString(temp.resolve(name), frontMatter + text);
    }

    private Process daemon(Path home) throws IOException {
        Path agent = temp.resolve("agent");
        String main = "dev.orchestrator.agent.simulated.SimulatedClaude";
        Files.writeString(agent, "#!/bin/sh\nexec '" + JAVA + "' -cp '" + JAR + "' " + main + " \"$@\"\n");
        Files.setPosixFilePermissions(agent, PosixFilePermissions.fromString("rwxr-xr-x"));
        ProcessBuilder builder = new ProcessBuilder(
                        JAVA.toString(),
                        "-jar",
                        JAR.toString(),
                        "--home",
                        home.toString(),
                        "run",
                        "--set",
                        "claude.command=" + agent,
                        // The jar that it starts may lie where temporary files do.
                        "--set",
                        "guard.sandbox=off")
                .redirectError(temp.resolve("daemon.err").toFile());
        builder.environment().keySet().removeIf(name -> name.startsWith("ORCHESTRATOR_"));
        return builder.start();
    }

    private Command.Result.Ended submit(Path home, Path file) throws InterruptedException {
        return run("--home", home.toString(), "submit", file.toString(), "--wait", "--timeout", "2m");
    }

    private Command.Result.Ended run(String... args) throws InterruptedException {
        List<String> command = new ArrayList<>(List.of(JAVA.toString(), "-jar", JAR.toString()));
        command.addAll(List.of(args));
        Command.Result result = new Command(new ProcessRunner()).run(command, temp, ENVIRONMENT, Duration.ofMinutes(3));
        assertThat(result).isInstanceOf(Command.Result.Ended.class);
        return (Command.Result.Ended) result;
    }
}
