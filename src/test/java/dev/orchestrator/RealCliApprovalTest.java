package dev.orchestrator;

import static dev.orchestrator.testkit.Script.script;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.orchestrator.control.ControlClient;
import dev.orchestrator.task.TaskId;
import dev.orchestrator.testkit.Await;
import dev.orchestrator.testkit.EffectOf;
import dev.orchestrator.testkit.RealSandbox;
import dev.orchestrator.testkit.Script;
import dev.orchestrator.testkit.ScriptedApi;
import dev.orchestrator.time.TimeSource;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** A guarded task from its file to a person's word and back, with the real CLI. */
class RealCliApprovalTest {
    private static final Duration LONG = Duration.ofSeconds(40);
    private static final String TEN = "1\n2\n3\n4\n5\n6\n7\n8\n9\n10\n";

    @TempDir
    Path temp;

    private Path real;
    private Path project;
    private Path copy;

    @BeforeEach
    void lay_out() throws Exception {
        real = temp.toRealPath();
        project = Files.createDirectories(real.resolve("home/project"));
        copy = real.resolve("home/.staging/safe/work");
        Files.writeString(project.resolve("ten.txt"), TEN);
        Files.writeString(project.resolve("gone.txt"), "gone\n");
        git("init", "-q", "-b", "main");
        git("add", ".");
        git("commit", "-q", "-m", "first");
        Files.writeString(project.resolve("notes.txt"), "not committed\n");
    }

    private void git(String... arguments) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of("git", "-c", "user.name=a", "-c", "user.email=a@example.org"));
        command.addAll(Arrays.asList(arguments));
        ProcessBuilder builder =
                new ProcessBuilder(command).directory(project.toFile()).inheritIO();
        builder.environment().put("GIT_CONFIG_GLOBAL", "/dev/null");
        assertThat(builder.start().waitFor()).isZero();
    }

    /** Changes one file, adds one, removes one. */
    private Script work() {
        return script().tool("Read", Map.of("file_path", copy + "/ten.txt"))
                .tool("Edit", Map.of("file_path", copy + "/ten.txt", "old_string", "9\n", "new_string", "nine\n"))
                .tool("Write", Map.of("file_path", copy + "/src/new.txt", "content", "new\n"))
                .tool("Bash", Map.of("command", "rm gone.txt", "description", "Removes a file"))
                .text("Changed ten.txt, wrote src/new.txt, removed gone.txt.");
    }

    private static void dropSafe(OrchestratorRun run) throws IOException {
        run.drop(
                "safe",
                "Make it nine.",
                "type: bug_fix",
                "cwd: project",
                "guarded: true",
                "allowed_tools: [\"Bash(rm *)\"]");
    }

    /** All that is in the project, and all of its repository, byte for byte. */
    private SortedMap<String, String> everything() throws IOException {
        SortedMap<String, String> found = new TreeMap<>();
        try (Stream<Path> paths = Files.walk(project)) {
            for (Path path : paths.filter(Files::isRegularFile).toList()) {
                found.put(
                        project.relativize(path).toString(),
                        new String(Files.readAllBytes(path), StandardCharsets.ISO_8859_1)
                                + Files.getLastModifiedTime(path));
            }
        }
        return found;
    }

    private List<String> differences(SortedMap<String, String> before) throws IOException {
        SortedMap<String, String> now = everything();
        Set<String> names = new TreeSet<>(now.keySet());
        names.addAll(before.keySet());
        return names.stream()
                .filter(name -> !Objects.equals(before.get(name), now.get(name)))
                .toList();
    }

    private SortedMap<String, String> contents() throws IOException {
        SortedMap<String, String> found = everything();
        found.keySet().removeIf(path -> path.startsWith(".git"));
        found.replaceAll((path, content) -> content.replaceAll("20\\d\\d-[^\n]*Z$", ""));
        return found;
    }

    private static void say(OrchestratorRun run, String command, String... files) throws Exception {
        new ControlClient(run.home, () -> false, TimeSource.system())
                .give(new ControlClient.Wish(command, new TaskId("safe"), null, List.of(files)), "test", Duration.ZERO);
        run.once();
    }

    @Test
    void nothing_changes_before_a_person_says_so_then_exactly_that_and_back() throws Exception {
        try (ScriptedApi api = ScriptedApi.start(work())) {
            OrchestratorRun run = new OrchestratorRun(real, api);
            dropSafe(run);
            SortedMap<String, String> before = everything();
            SortedMap<String, String> contents = contents();

            run.once();

            assertThat(differences(before)).isEmpty();
            JsonNode waiting = run.artifact("safe");
            assertThat(waiting.path("status").asText()).isEqualTo("awaiting_approval");
            assertThat(waiting.at("/security/guarded_write").asBoolean()).isTrue();
            assertThat(waiting.at("/security/guard").asText()).isEqualTo("enforced");
            assertThat(waiting.at("/security/violations")).isEmpty();
            assertThat(waiting.at("/approval/files").asInt()).isEqualTo(3);
            assertThat(waiting.at("/paths/patch").asText()).isEqualTo("results/safe.patch");
            assertThat(run.home.staging().resolve("safe")).doesNotExist();
            git("apply", "--check", run.home.patch(new TaskId("safe")).toString());
            assertThat(run.home.patch(new TaskId("safe")))
                    .content()
                    .contains("-9\n+nine\n", "new file mode 100644", "deleted file mode 100644");

            say(run, "approve");

            JsonNode done = run.artifact("safe");
            assertThat(done.path("status").asText()).isEqualTo("succeeded");
            assertThat(done.at("/approval/by").asText()).isEqualTo("test");
            assertThat(done.path("duration_ms")).isEqualTo(waiting.path("duration_ms"));
            assertThat(contents().keySet()).containsExactly("notes.txt", "src/new.txt", "ten.txt");
            assertThat(project.resolve("ten.txt")).hasContent(TEN.replace("9\n", "nine\n"));
            assertThat(project.resolve("src/new.txt")).hasContent("new");
            assertThat(run.events("safe", "approval_granted")).hasSize(1);
            assertThat(run.events("safe", "change_applied")).hasSize(1);

            say(run, "undo");

            assertThat(contents()).isEqualTo(contents);
            assertThat(run.artifact("safe").path("status").asText()).isEqualTo("rejected");
            assertThat(run.artifact("safe").path("turn").asInt()).isEqualTo(2);
        }
    }

    @Test
    void what_was_changed_there_meanwhile_is_never_overwritten() throws Exception {
        try (ScriptedApi api = ScriptedApi.start(work())) {
            OrchestratorRun run = new OrchestratorRun(real, api);
            dropSafe(run);
            run.once();
            Files.writeString(project.resolve("ten.txt"), TEN.replace("9\n", "NINE\n"));
            SortedMap<String, String> mine = everything();

            say(run, "approve");

            assertThat(differences(mine)).isEmpty();
            assertThat(run.artifact("safe").path("status").asText()).isEqualTo("awaiting_approval");
            assertThat(run.events("safe", "change_refused")
                            .get(0)
                            .path("problems")
                            .get(0)
                            .asText())
                    .isEqualTo("ten.txt: was changed meanwhile in line 9");

            Files.writeString(project.resolve("ten.txt"), TEN.replace("1\n2\n", "one\n2\n"));
            say(run, "approve");

            assertThat(run.artifact("safe").path("status").asText()).isEqualTo("succeeded");
            assertThat(run.artifact("safe").at("/approval/merged").get(0).asText())
                    .isEqualTo("ten.txt");
            assertThat(project.resolve("ten.txt"))
                    .hasContent(TEN.replace("1\n2\n", "one\n2\n").replace("9\n", "nine\n"));
        }
    }

    @Test
    void a_part_can_be_granted() throws Exception {
        try (ScriptedApi api = ScriptedApi.start(work())) {
            OrchestratorRun run = new OrchestratorRun(real, api);
            dropSafe(run);
            run.once();

            say(run, "approve", "src/**");

            assertThat(run.artifact("safe").path("status").asText()).isEqualTo("succeeded");
            assertThat(contents().keySet()).containsExactly("gone.txt", "notes.txt", "src/new.txt", "ten.txt");
            assertThat(project.resolve("ten.txt")).hasContent(TEN);
        }
    }

    @Test
    @EffectOf("guard.approval_expires")
    void what_is_rejected_or_cancelled_or_waits_too_long_is_not_applied() throws Exception {
        for (String word : List.of("reject", "cancel", "expire")) {
            try (ScriptedApi api = ScriptedApi.start(work())) {
                Path root = Files.createDirectory(real.resolve(word));
                OrchestratorRun run = new OrchestratorRun(root, api)
                        .set("guard.approval_expires", word.equals("expire") ? "100ms" : "1h");
                Path own = Files.createDirectories(root.resolve("home/project"));
                Files.writeString(own.resolve("ten.txt"), TEN);
                Files.writeString(own.resolve("gone.txt"), "gone\n");
                copy = root.resolve("home/.staging/safe/work");
                dropSafe(run);
                run.once();
                assertThat(run.artifact("safe").path("status").asText()).isEqualTo("awaiting_approval");
                if (word.equals("expire")) {
                    run.untilInJournal("\"status\":\"rejected\"");
                } else {
                    say(run, word);
                }
                assertThat(run.artifact("safe").path("status").asText())
                        .isEqualTo(word.equals("cancel") ? "cancelled" : "rejected");
                assertThat(own.resolve("ten.txt")).hasContent(TEN);
                assertThat(own.resolve("src")).doesNotExist();
            }
        }
    }

    @Test
    void the_original_is_out_of_reach_and_so_are_the_copies_of_others() throws Exception {
        Path others = real.resolve("home/.staging/other/work/x.txt");
        try (ScriptedApi api =
                ScriptedApi.start(script().tool("Write", Map.of("file_path", project + "/direct.txt", "content", "x"))
                        .tool("Write", Map.of("file_path", others.toString(), "content", "x"))
                        .tool("Write", Map.of("file_path", copy + "/.git/hooks/pre-commit", "content", "x"))
                        .tool("Write", Map.of("file_path", copy + "/good.txt", "content", "x"))
                        .text("Wrote good.txt."))) {
            OrchestratorRun run = new OrchestratorRun(real, api);
            dropSafe(run);
            SortedMap<String, String> before = everything();

            run.once();

            assertThat(differences(before)).isEmpty();
            JsonNode artifact = run.artifact("safe");
            assertThat(artifact.at("/security/violations")).hasSize(3);
            assertThat(artifact.at("/approval/files").asInt()).isEqualTo(1);
            assertThat(others).doesNotExist();
        }
    }

    @Test
    void a_daemon_that_dies_while_its_agent_works_in_a_copy_is_followed_by_one_that_finds_the_change()
            throws Exception {
        CountDownLatch gone = new CountDownLatch(1);
        CountDownLatch back = new CountDownLatch(1);
        try (ScriptedApi api =
                ScriptedApi.start(script().tool("Write", Map.of("file_path", copy + "/before.txt", "content", "x"))
                        .waitFor(gone)
                        .tool("Write", Map.of("file_path", copy + "/meanwhile.txt", "content", "x"))
                        .waitFor(back)
                        .tool("Write", Map.of("file_path", copy + "/after.txt", "content", "x"))
                        .text("Wrote before.txt, meanwhile.txt, after.txt."))) {
            OrchestratorRun run = new OrchestratorRun(real, api).set("shutdown.grace", "0s");
            dropSafe(run);
            run.leaveBehind(() -> Files.exists(copy.resolve("before.txt")));
            gone.countDown();
            Await.until(LONG, () -> Files.exists(copy.resolve("meanwhile.txt")));
            CompletableFuture<Void> opener = CompletableFuture.runAsync(() -> {
                run.awaitInJournal("\"adopted\":true");
                back.countDown();
            });

            run.once();
            opener.join();

            assertThat(run.artifact("safe").path("status").asText()).isEqualTo("awaiting_approval");
            assertThat(run.artifact("safe").at("/approval/files").asInt()).isEqualTo(3);
            assertThat(project.resolve("after.txt")).doesNotExist();
            say(run, "approve");
            assertThat(contents().keySet())
                    .contains("before.txt", "meanwhile.txt", "after.txt", "notes.txt", "gone.txt");
        }
    }

    @Test
    @EnabledOnOs(value = OS.LINUX, disabledReason = "platform: there is no sandbox elsewhere")
    void a_granted_command_in_a_sandbox_does_not_reach_the_original_either() throws Exception {
        RealSandbox.require();
        String command = "sh -c 'rm " + project + "/ten.txt; echo x > " + project + "/new.txt; ls " + real
                + "/home/.staging > seen.txt; git -C " + project + " commit -qam x; true'";
        try (ScriptedApi api = ScriptedApi.start(script().tool("Bash", Map.of("command", command, "description", "x"))
                .text("Wrote seen.txt."))) {
            OrchestratorRun run = new OrchestratorRun(real, api);
            Files.createDirectories(real.resolve("home/.staging/other/work"));
            run.drop(
                    "safe",
                    "Do it.",
                    "type: custom",
                    "cwd: project",
                    "guarded: true",
                    "allowed_tools: [\"Bash(sh *)\"]");
            SortedMap<String, String> before = everything();

            run.once();

            assertThat(differences(before)).isEmpty();
            assertThat(run.artifact("safe").at("/security/sandbox").asText()).isEqualTo("bubblewrap");
            assertThat(run.home.patch(new TaskId("safe")))
                    .content()
                    .contains("+++ b/seen.txt", "+safe")
                    .doesNotContain("other");
        }
    }

    @Test
    @EffectOf({"guard.sentinels", "guard.on_violation"})
    void what_is_watched_and_was_changed_all_the_same_is_told_and_fails_the_task_if_so_wished() throws Exception {
        Path watched = Files.writeString(real.resolve("watched"), "before");
        String command = "sh -c 'echo after > " + watched + "'";
        for (String wish : List.of("record", "fail")) {
            Files.writeString(watched, "before");
            try (ScriptedApi api =
                    ScriptedApi.start(script().tool("Bash", Map.of("command", command, "description", "x"))
                            .text("Done."))) {
                OrchestratorRun run = new OrchestratorRun(Files.createDirectory(real.resolve(wish)), api)
                        .set("guard.sandbox", "off")
                        .set("guard.on_violation", wish)
                        .set("guard.sentinels", watched.toString());
                run.drop("touching", "Do it.", "type: custom", "allowed_tools: [\"Bash(sh *)\"]");

                run.once();

                JsonNode artifact = run.artifact("touching");
                assertThat(artifact.path("status").asText()).isEqualTo(wish.equals("fail") ? "failed" : "succeeded");
                assertThat(artifact.at("/security/violations/0/tool").asText()).isEqualTo("sentinel");
                assertThat(run.events("touching", "security_violation")).hasSize(1);
            }
        }
    }

    @Test
    void what_was_altered_since_a_person_saw_it_is_not_applied() throws Exception {
        try (ScriptedApi api = ScriptedApi.start(work())) {
            OrchestratorRun run = new OrchestratorRun(real, api);
            dropSafe(run);
            run.once();
            SortedMap<String, String> before = everything();
            Path patch = run.home.patch(new TaskId("safe"));
            String shown = Files.readString(patch);
            Files.writeString(patch, shown.substring(0, shown.indexOf("diff --git a/src/new.txt")));
            say(run, "approve");
            assertThat(differences(before)).isEmpty();
            Files.writeString(patch, shown);
            Path kept = run.home.runs(new TaskId("safe")).resolve("turn-1.change.json");
            String record = Files.readString(kept);
            Files.writeString(kept, record.replace("\"ten.txt\"", "\".bashrc\""));
            say(run, "approve");
            assertThat(differences(before)).isEmpty();
            Files.writeString(kept, record);
            Path content = run.home.runs(new TaskId("safe")).resolve("files").resolve(sha256("new\n"));
            Files.writeString(content, "evil\n");
            say(run, "approve");
            assertThat(differences(before)).isEmpty();
            assertThat(run.artifact("safe").path("status").asText()).isEqualTo("awaiting_approval");
            Files.writeString(content, "new\n");
            say(run, "approve");
            assertThat(run.artifact("safe").path("status").asText()).isEqualTo("succeeded");
        }
    }

    private static String sha256(String text) throws Exception {
        byte[] hash = MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
        return HexFormat.of().formatHex(hash);
    }
}
