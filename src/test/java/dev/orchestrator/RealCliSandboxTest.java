package dev.orchestrator;

import static dev.orchestrator.testkit.Script.script;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.orchestrator.testkit.Await;
import dev.orchestrator.testkit.EffectOf;
import dev.orchestrator.testkit.RealSandbox;
import dev.orchestrator.testkit.Script;
import dev.orchestrator.testkit.ScriptedApi;
import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/**
 * What granted commands do beyond their place comes to nothing, with the real CLI and whatever the guard granted. The home is
 * the directory that the task works in.
 */
@EnabledOnOs(value = OS.LINUX, disabledReason = "platform: there is no sandbox elsewhere")
class RealCliSandboxTest {
    private static final Duration LONG = Duration.ofSeconds(40);
    private static final String SECRET = "KEY=TOP-SECRET-4711";

    @TempDir
    Path temp;

    private Path real;
    private Path home;
    private Path outside;

    @BeforeEach
    void lay_out() throws Exception {
        RealSandbox.require();
        real = temp.toRealPath();
        home = real.resolve("home");
        outside = Files.createDirectories(real.resolve("outside"));
    }

    /** A program that was granted, and does what nobody granted. */
    private Script doing(String... lines) throws IOException {
        Files.createDirectories(home);
        Files.writeString(home.resolve("build.sh"), "#!/bin/sh\n" + String.join("\n", lines) + "\n");
        return script().tool("Bash", Map.of("command", "sh build.sh > out.txt", "description", "d"));
    }

    private static void drop(OrchestratorRun run, String id) throws IOException {
        run.drop(id, "Do it.", "type: bug_fix", "allowed_tools: [\"Bash(sh *)\"]");
    }

    @Test
    void what_a_granted_command_does_elsewhere_changes_nothing_and_shows_nothing() throws Exception {
        Path victim = Files.writeString(outside.resolve("victim.txt"), "untouched");
        Path user = real.resolve("config");
        Script script = doing(
                "echo x > " + victim,
                "echo x > " + outside + "/new.txt",
                "echo x > /etc/orchestrator-test",
                "echo x > .git/hooks/pre-commit",
                "echo x >> .git/config",
                "mv .git moved",
                "echo x > .env",
                "echo x > orchestrator.yaml",
                "echo x > tasks/evil.task.md",
                "echo x > " + user + "/.claude/settings.json",
                "echo x > " + user + "/.claude/commands/evil.md",
                "echo x > " + user + "/.bashrc",
                "cat .env logs/events.ndjson certs/a.pem " + user + "/.ssh/id_rsa",
                "ls logs tasks results summaries " + user + "/.ssh",
                "echo x > inside.txt",
                "echo x > .git/index",
                "ps -e | wc -l > processes.txt");
        try (ScriptedApi api = ScriptedApi.start(script.text("Wrote inside.txt."))) {
            OrchestratorRun run = new OrchestratorRun(real, api);
            Files.createDirectories(home.resolve(".git/hooks"));
            Files.writeString(home.resolve(".git/config"), "[core]\n");
            Files.writeString(home.resolve(".env"), SECRET + "\n");
            Files.writeString(Files.createDirectories(home.resolve("certs")).resolve("a.pem"), SECRET);
            Files.writeString(Files.createDirectories(user.resolve(".ssh")).resolve("id_rsa"), SECRET);
            drop(run, "confined");

            run.once();

            JsonNode artifact = run.artifact("confined");
            assertThat(artifact.path("status").asText()).isEqualTo("succeeded");
            assertThat(artifact.at("/security/sandbox").asText()).isEqualTo("bubblewrap");
            assertThat(artifact.at("/security/guard").asText()).isEqualTo("enforced");
            assertThat(victim).hasContent("untouched");
            assertThat(outside).isDirectoryNotContaining(file -> !file.equals(victim));
            assertThat(Path.of("/etc/orchestrator-test")).doesNotExist();
            assertThat(home.resolve(".git/hooks")).isEmptyDirectory();
            assertThat(home.resolve(".git/config")).hasContent("[core]");
            assertThat(home.resolve("moved")).doesNotExist();
            assertThat(home.resolve(".env")).hasContent(SECRET);
            assertThat(home.resolve("orchestrator.yaml")).isEmptyFile();
            assertThat(home.resolve("tasks/evil.task.md")).doesNotExist();
            assertThat(user.resolve(".claude/settings.json")).hasContent("{}");
            assertThat(user.resolve(".claude/commands")).isEmptyDirectory();
            assertThat(user.resolve(".bashrc")).doesNotExist();
            assertThat(home.resolve("out.txt")).content().doesNotContain(SECRET).doesNotContain("accepted");
            assertThat(home.resolve("inside.txt")).hasContent("x");
            assertThat(home.resolve(".git/index")).hasContent("x");
            // Its own and those around it.
            assertThat(Integer.parseInt(
                            Files.readString(home.resolve("processes.txt")).strip()))
                    .isLessThan(12);
        }
    }

    /** Sessions that the user has open run what lies there before each command, and the next one what its settings name. */
    @Test
    void nothing_that_other_sessions_of_the_program_run_can_be_changed() throws Exception {
        Path program = Files.createDirectories(real.resolve("config/.claude"));
        List<Path> theirs = new ArrayList<>();
        for (String name : List.of(
                "shell-snapshots/snapshot-bash-1.sh",
                "session-env/1/hook.sh",
                "local/claude",
                "ide/1.lock",
                "routines/a.md",
                "scheduled_tasks.json",
                "statusline-command.sh")) {
            Path file = program.resolve(name);
            Files.createDirectories(file.getParent());
            theirs.add(Files.writeString(file, "as it was"));
        }
        Script script = doing(
                "for file in " + theirs.stream().map(Path::toString).collect(Collectors.joining(" ")) + "; do",
                "echo x > $file; done",
                "cat " + theirs.get(3),
                "mv " + program + "/shell-snapshots " + program + "/moved",
                "echo done");
        try (ScriptedApi api = ScriptedApi.start(script.text("Wrote out.txt."))) {
            OrchestratorRun run = new OrchestratorRun(real, api);
            drop(run, "sessions");

            run.once();

            assertThat(run.artifact("sessions").at("/security/sandbox").asText())
                    .isEqualTo("bubblewrap");
            assertThat(theirs).allSatisfy(file -> assertThat(file).hasContent("as it was"));
            assertThat(home.resolve("out.txt")).hasContent("done");
        }
    }

    @Test
    void a_socket_of_another_program_is_out_of_reach() throws Exception {
        Path socket = Path.of("/run", "orchestrator-test-" + real.getFileName() + ".sock");
        Assumptions.assumeTrue(Files.isWritable(socket.getParent()), "platform: /run belongs to root here");
        Script script = doing("test -e " + socket + " || echo gone");
        try (ServerSocketChannel server = ServerSocketChannel.open(StandardProtocolFamily.UNIX);
                ScriptedApi api = ScriptedApi.start(script.text("Wrote out.txt."))) {
            server.bind(UnixDomainSocketAddress.of(socket));
            OrchestratorRun run = new OrchestratorRun(real, api);
            drop(run, "socket");

            run.once();

            assertThat(home.resolve("out.txt")).hasContent("gone");
        } finally {
            Files.deleteIfExists(socket);
        }
    }

    @Test
    @EffectOf("guard.sandbox")
    void without_it_a_granted_command_does_what_its_user_may_and_the_artifact_says_so() throws Exception {
        Script script = doing("echo x > " + outside + "/new.txt", "echo x > inside.txt");
        try (ScriptedApi api = ScriptedApi.start(script.text("Wrote inside.txt."))) {
            OrchestratorRun run = new OrchestratorRun(real, api).set("guard.sandbox", "off");
            drop(run, "open");

            run.once();

            assertThat(outside.resolve("new.txt")).exists();
            assertThat(run.artifact("open").at("/security/sandbox").asText()).isEqualTo("none");
        }
    }

    @Test
    void without_it_settings_of_submodules_and_of_a_repository_elsewhere_are_looked_at() throws Exception {
        Path repository = Files.createDirectories(outside.resolve("shop.git/worktrees/home"));
        Path shared = Files.writeString(outside.resolve("shop.git/config"), "[core]\n");
        Files.writeString(repository.resolve("HEAD"), "ref: refs/heads/main\n");
        Files.writeString(repository.resolve("commondir"), "../..\n");
        Path module = Files.createDirectories(outside.resolve("shop.git/modules/libs/inner"));
        Path inner = Files.writeString(module.resolve("config"), "[core]\n");
        Script script = doing("echo x >> " + shared, "echo x >> " + inner, "echo x > inside.txt");
        Files.writeString(home.resolve(".git"), "gitdir: " + repository + "\n");
        try (ScriptedApi api = ScriptedApi.start(script.text("Wrote inside.txt."))) {
            OrchestratorRun run = new OrchestratorRun(real, api).set("guard.sandbox", "off");
            drop(run, "watched");

            run.once();

            assertThat(run.artifact("watched").at("/security/violations"))
                    .extracting(each -> each.path("tool").asText() + " "
                            + each.path("target").asText())
                    .containsExactlyInAnyOrder("sentinel " + shared, "sentinel " + inner);
        }
    }

    @Test
    @EffectOf("guard.sandbox_writable")
    void what_the_user_names_may_be_changed() throws Exception {
        Script script = doing("echo x > " + outside + "/cache.txt", "echo x > inside.txt");
        try (ScriptedApi api = ScriptedApi.start(script.text("Wrote inside.txt."))) {
            OrchestratorRun run = new OrchestratorRun(real, api).set("guard.sandbox_writable", outside.toString());
            drop(run, "cache");

            run.once();

            assertThat(outside.resolve("cache.txt")).exists();
            assertThat(run.artifact("cache").at("/security/sandbox").asText()).isEqualTo("bubblewrap");
        }
    }

    /** It has no mark, no parent and no session in common with the run. */
    @Test
    void nothing_is_left_of_a_run_that_outlived_its_daemon_not_even_what_belongs_to_nobody() throws Exception {
        CountDownLatch left = new CountDownLatch(1);
        String child = "sleep 31." + Math.abs(real.hashCode());
        Script script = doing("(env -i setsid sh -c '" + child + " & wait' < /dev/null > /dev/null 2>&1 &)", "echo x");
        try (ScriptedApi api = ScriptedApi.start(script.waitFor(left).text("Wrote out.txt."))) {
            OrchestratorRun run = new OrchestratorRun(real, api).set("shutdown.grace", "0s");
            drop(run, "kept");
            run.leaveBehind(() -> api.requests().stream()
                    .anyMatch(request -> !request.toolResults().isEmpty()));
            assertThat(running(child)).isNotEmpty();
            CompletableFuture<Void> opener = CompletableFuture.runAsync(() -> {
                run.awaitInJournal("\"adopted\":true");
                left.countDown();
            });

            run.once();
            opener.join();

            assertThat(run.artifact("kept").path("status").asText()).isEqualTo("succeeded");
            assertThat(run.artifact("kept").at("/security/sandbox").asText()).isEqualTo("bubblewrap");
            assertThat(run.events("kept", "attempt_started")).hasSize(1);
            assertThat(run.events("kept", "run_started").get(1).path("adopted").asBoolean())
                    .isTrue();
            Await.until(LONG, () -> running(child).isEmpty());
        }
    }

    private static List<ProcessHandle> running(String command) {
        return ProcessHandle.allProcesses()
                .filter(each -> (each.info().command().orElse("") + " "
                                + String.join(" ", each.info().arguments().orElse(new String[0])))
                        .endsWith(command))
                .toList();
    }
}
