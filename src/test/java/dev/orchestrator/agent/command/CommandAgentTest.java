package dev.orchestrator.agent.command;

import static org.assertj.core.api.Assertions.assertThat;

import dev.orchestrator.agent.AgentRequest;
import dev.orchestrator.agent.AgentResult;
import dev.orchestrator.agent.Clocks;
import dev.orchestrator.agent.RunObserver;
import dev.orchestrator.agent.ToolCall;
import dev.orchestrator.guard.Refusal;
import dev.orchestrator.guard.sandbox.SandboxMode;
import dev.orchestrator.process.ProcessRunner;
import dev.orchestrator.process.RunFiles;
import dev.orchestrator.secret.Redactor;
import dev.orchestrator.task.Access;
import dev.orchestrator.task.AttemptView;
import dev.orchestrator.task.Cancellation;
import dev.orchestrator.task.TaskId;
import dev.orchestrator.testkit.Await;
import dev.orchestrator.testkit.RealSandbox;
import dev.orchestrator.time.TimeSource;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** What holds for commands beyond what every agent keeps. */
@Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
@EnabledOnOs(value = OS.LINUX, disabledReason = "platform: the programs of this test are shell scripts in a sandbox")
class CommandAgentTest {
    private static final Duration NEVER = Duration.ofMinutes(5);

    @TempDir
    Path temp;

    private final Cancellation cancellation = new Cancellation();
    private SandboxMode mode = SandboxMode.AUTO;
    private Map<String, CommandOptions> agents = Map.of();
    private Map<String, String> environment = Enclosures.PATH;
    private Path root;
    private Path work;

    @BeforeEach
    void lay_out() throws IOException {
        root = temp.toRealPath();
        work = Files.createDirectory(root.resolve("work"));
        Files.createDirectory(root.resolve("logs"));
    }

    @Test
    void in_the_sandbox_a_command_changes_its_directory_and_nothing_else() throws Exception {
        RealSandbox.require();
        Files.writeString(root.resolve("logs/secret"), "hush");
        sandboxed("echo in > in; echo out > ../out 2>/dev/null; cat ../logs/secret; echo done", List.of());

        AgentResult.Ended ended = run(Access.WRITE);

        assertThat(category(ended)).isEqualTo("none");
        assertThat(ended.report().text()).isEqualTo("done");
        assertThat(ended.report().sandbox()).isEqualTo("bubblewrap");
        assertThat(work.resolve("in")).exists();
        assertThat(root.resolve("out")).doesNotExist();
    }

    @Test
    void a_task_that_may_only_read_gives_a_command_a_directory_that_cannot_be_written() throws Exception {
        RealSandbox.require();
        Files.writeString(work.resolve("there"), "as it was");
        sandboxed("echo x > in; echo x > there; rm there; cat there", List.of());

        AgentResult.Ended ended = run(Access.READ);

        assertThat(ended.report().text()).isEqualTo("as it was");
        assertThat(work.resolve("in")).doesNotExist();
        assertThat(work.resolve("there")).hasContent("as it was");
    }

    @Test
    void a_command_may_change_what_its_settings_name() throws Exception {
        RealSandbox.require();
        Path sessions = Files.createDirectory(root.resolve("sessions"));
        sandboxed("echo mine > ../sessions/one; echo done", List.of(sessions));

        assertThat(category(run(Access.READ))).isEqualTo("none");
        assertThat(sessions.resolve("one")).hasContent("mine");
    }

    @Test
    void without_a_sandbox_a_command_is_not_started() throws Exception {
        mode = SandboxMode.OFF;
        sandboxed("echo x > in; echo done", List.of());

        assertThat(category(run(Access.WRITE))).isEqualTo("sandbox_missing");
        assertThat(work.resolve("in")).doesNotExist();
    }

    @Test
    void also_where_none_is_required_of_others() throws Exception {
        environment = Map.of("PATH", root.toString());
        Files.createSymbolicLink(root.resolve("sh"), Path.of("/bin/sh"));
        sandboxed("echo done", List.of());

        assertThat(category(run(Access.WRITE))).isEqualTo("sandbox_missing");
    }

    @Test
    void a_command_that_needs_no_sandbox_by_the_users_word_is_in_none() throws Exception {
        mode = SandboxMode.OFF;
        open(AnswerForm.TEXT, "echo done");

        AgentResult.Ended ended = run(Access.WRITE);

        assertThat(category(ended)).isEqualTo("none");
        assertThat(ended.report().sandbox()).isEqualTo("none");
    }

    @Test
    void a_text_that_ends_because_the_daemon_does_is_not_the_answer() throws Exception {
        open(AnswerForm.TEXT, "trap 'exit 0' TERM; echo half; touch up; while true; do sleep 0.05; done");

        assertThat(stoppedWhenUp()).isInstanceOf(AgentResult.StoppedForShutdown.class);
    }

    @Test
    void an_object_that_is_whole_when_the_daemon_ends_is_the_answer() throws Exception {
        open(
                AnswerForm.JSON,
                "trap 'echo \"{\\\"result\\\":\\\"done\\\"}\"; exit 0' TERM; touch up; while true; do sleep 0.05; done");

        assertThat(stoppedWhenUp())
                .isInstanceOfSatisfying(
                        AgentResult.Ended.class,
                        ended -> assertThat(ended.report().text()).isEqualTo("done"));
    }

    @Test
    void one_that_changes_files_is_not_silent() throws Exception {
        open(AnswerForm.TEXT, "sleep 2; echo done");

        assertThat(category((AgentResult.Ended) run(Access.WRITE, idle(), () -> true)))
                .isEqualTo("none");
    }

    @Test
    void one_that_complains_is_not_silent() throws Exception {
        open(AnswerForm.TEXT, "for i in 1 2 3 4 5 6 7 8 9 10; do echo $i >&2; sleep 0.2; done; echo done");

        assertThat(category((AgentResult.Ended) run(Access.WRITE, idle(), () -> false)))
                .isEqualTo("none");
    }

    @Test
    void nothing_is_begun_for_a_name_that_is_gone_from_the_settings() throws Exception {
        open(AnswerForm.TEXT, "echo done");
        agents = Map.of("othre", agents.get("other"));

        AgentResult.Ended ended = run(Access.WRITE);

        assertThat(category(ended)).isEqualTo("config");
        assertThat(ended.failure()).isNotNull().satisfies(failure -> {
            assertThat(failure.message()).contains("`other`");
            assertThat(failure.suggestedAction()).contains("`othre`");
        });
    }

    @Test
    void what_was_begun_under_a_name_that_is_gone_is_read_as_it_was_begun() throws Exception {
        open(AnswerForm.JSON, "echo '{\"result\":\"done\"}'");
        run(Access.WRITE);
        agents = Map.of();

        assertThat(agent().report(request(Access.WRITE, patient()), attempt(), new Hearing(() -> {}, () -> false))
                        .text())
                .isEqualTo("done");
    }

    @Test
    void an_object_is_not_taken_for_a_text_because_nobody_knows_what_it_was_to_be() throws Exception {
        open(
                AnswerForm.JSON,
                "printf '{\"is_error\":true,\"error\":\"no\"}'; : > "
                        + new RunFiles(root.resolve("run"), 1, 1).settings());

        AgentResult.Ended ended = run(Access.WRITE);

        assertThat(category(ended)).isEqualTo("no_result");
        assertThat(ended.report().complete()).isFalse();
        assertThat(ended.report().text()).contains("is_error");
    }

    @Test
    void bytes_that_are_no_text_and_a_last_line_without_an_end_are_an_answer_all_the_same() throws Exception {
        open(AnswerForm.TEXT, "printf 'a\\377b\\000c'");

        AgentResult.Ended ended = run(Access.WRITE);

        assertThat(category(ended)).isEqualTo("none");
        assertThat(ended.report().text()).startsWith("a").endsWith("c");
    }

    private AgentResult stoppedWhenUp() throws Exception {
        Hearing hearing = new Hearing(
                () -> {
                    Await.until(Duration.ofSeconds(20), () -> Files.exists(work.resolve("up")));
                    cancellation.stop(Cancellation.Reason.SHUTDOWN_STOP);
                },
                () -> false);
        return agent().run(request(Access.WRITE, patient()), hearing, cancellation);
    }

    private void sandboxed(String script, List<Path> writable) {
        agents = Map.of(
                "other", new CommandOptions(List.of("sh", "-c", script), AnswerForm.TEXT, List.of(), writable, false));
    }

    private void open(AnswerForm form, String script) {
        agents = Map.of("other", new CommandOptions(List.of("sh", "-c", script), form, List.of(), List.of(), true));
    }

    private AgentResult.Ended run(Access access) throws Exception {
        return (AgentResult.Ended) run(access, patient(), () -> false);
    }

    private AgentResult run(Access access, Clocks clocks, BooleanSupplier changed) throws Exception {
        return agent().run(request(access, clocks), new Hearing(() -> {}, changed), cancellation);
    }

    private CommandAgent agent() {
        Enclosing enclosing = Enclosures.of(environment, mode, List.of(root.resolve("logs")));
        return new CommandAgent(
                "other",
                () -> agents,
                new CommandMachine(environment, enclosing, root, false),
                new ProcessRunner(),
                CommandAgent.MOST_OUTPUT,
                Redactor.SHAPES_ONLY,
                TimeSource.system());
    }

    private static Clocks patient() {
        return new Clocks(NEVER, NEVER, NEVER, NEVER, Duration.ofSeconds(2));
    }

    private static Clocks idle() {
        return new Clocks(NEVER, Duration.ofMillis(800), NEVER, NEVER, Duration.ofSeconds(2));
    }

    private final String session = UUID.randomUUID().toString();

    private AgentRequest request(Access access, Clocks clocks) {
        return new AgentRequest(
                TaskId.parse("t"),
                TimeSource.system().now(),
                session,
                false,
                BigDecimal.ZERO,
                "do it",
                work,
                work,
                List.of(work),
                access,
                List.of(),
                null,
                null,
                null,
                clocks,
                null,
                new RunFiles(root.resolve("run"), 1, 1));
    }

    private AttemptView attempt() {
        return new AttemptView(
                1,
                1,
                new AttemptView.Begin(
                        "other", session, false, TimeSource.system().now(), null, null));
    }

    private static String category(AgentResult.Ended ended) {
        return ended.failure() == null ? "none" : ended.failure().category().toString();
    }

    private record Hearing(Runnable then, BooleanSupplier changed) implements RunObserver {
        @Override
        public void started(long pid, @Nullable Instant processStartedAt, boolean adopted) {
            then.run();
        }

        @Override
        public void answered() {}

        @Override
        public void toolUsed(ToolCall call) {}

        @Override
        public void refused(ToolCall call, Refusal refusal) {}

        @Override
        public boolean directoryChanged() {
            return changed.getAsBoolean();
        }
    }
}
