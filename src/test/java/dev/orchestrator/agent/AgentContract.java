package dev.orchestrator.agent;

import static org.assertj.core.api.Assertions.assertThat;

import dev.orchestrator.guard.Refusal;
import dev.orchestrator.process.RunFiles;
import dev.orchestrator.task.Access;
import dev.orchestrator.task.AttemptView;
import dev.orchestrator.task.Cancellation;
import dev.orchestrator.task.FailureCategory;
import dev.orchestrator.task.TaskId;
import dev.orchestrator.testkit.Await;
import dev.orchestrator.time.TimeSource;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import java.util.function.LongConsumer;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** What every agent keeps that is a program, whichever it is. The programs are tiny shell scripts that play it. */
@Timeout(value = 120, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
@EnabledOnOs(value = OS.LINUX, disabledReason = "platform: the tests look into /proc and use setsid")
public abstract class AgentContract {
    private static final Duration NEVER = Duration.ofMinutes(5);
    private static final Duration SHORT = Duration.ofMillis(1200);
    private static final Duration SOON = Duration.ofSeconds(20);
    private static final long MOST_OUTPUT = 8L << 20;
    private static final String WAITS = "while [ ! -e go ]; do sleep 0.05; done\n";

    @TempDir
    Path temp;

    private final String session = UUID.randomUUID().toString();
    private final Cancellation cancellation = new Cancellation();
    private final Instant begun = TimeSource.system().now();
    private Path directory;
    private @Nullable ProcessHandle started;
    private int heard;

    /** What a test needs to make the agent that it is about. */
    protected record Setting(Path program, Map<String, String> environment, String passed, long mostOutput, Path own) {}

    protected abstract Agent agent(Setting setting);

    /** What the program does when it is up. */
    protected abstract String begins();

    /** By which the program says that it is done, and with which words. */
    protected abstract String succeeds(String words);

    /** Whether a later attempt can go on in the session of one that succeeded. */
    protected abstract boolean resumes();

    @BeforeEach
    void lay_out() throws IOException {
        directory = Files.createDirectory(temp.toRealPath().resolve("work"));
    }

    @AfterEach
    void leave_nobody() {
        marked().forEach(pid -> ProcessHandle.of(pid).ifPresent(ProcessHandle::destroyForcibly));
    }

    @Test
    void a_run_is_started_once_and_told_its_task_and_its_words_are_reported() throws Exception {
        AgentResult result = run("cat > told\n" + begins() + succeeds("all done"), clocks("none"));

        assertThat(category(result)).isEqualTo("none");
        assertThat(((AgentResult.Ended) result).report().text()).isEqualTo("all done");
        assertThat(((AgentResult.Ended) result).report().complete()).isTrue();
        assertThat(read("starts")).hasLineCount(1);
        assertThat(read("told")).contains("do it");
        assertThat(heard).isOne();
    }

    @Test
    void a_run_is_over_only_when_nothing_of_it_is_at_work() throws Exception {
        AgentResult result = run(begins() + "(setsid sleep 300 &)\nsleep 300 &\n" + succeeds("done"), clocks("none"));

        assertThat(category(result)).isEqualTo("none");
        assertThat(marked()).isEmpty();
    }

    @Test
    void a_run_that_is_cancelled_is_stopped_with_all_that_it_started() throws Exception {
        String stubborn = "(setsid sh -c 'trap \"\" TERM; while true; do sleep 0.1; done' &)\n";

        assertThat(run(begins() + stubborn + "touch up\n" + WAITS, clocks("none"), Cancellation.Reason.CANCELLED))
                .isInstanceOf(AgentResult.Cancelled.class);
        assertThat(marked()).isEmpty();
    }

    @Test
    void a_run_that_the_daemon_stops_is_left_to_the_next() throws Exception {
        assertThat(run(begins() + "touch up\n" + WAITS, clocks("none"), Cancellation.Reason.SHUTDOWN_STOP))
                .isInstanceOf(AgentResult.StoppedForShutdown.class);
        assertThat(marked()).isEmpty();
    }

    @Test
    void a_run_that_was_asked_to_stop_before_it_began_does_not_begin() throws Exception {
        cancellation.stop(Cancellation.Reason.CANCELLED);

        assertThat(run(begins() + succeeds("done"), clocks("none"))).isInstanceOf(AgentResult.Cancelled.class);
        assertThat(directory.resolve("starts")).doesNotExist();
    }

    @Test
    void a_run_that_is_left_goes_on_and_a_later_daemon_follows_it_to_its_end() throws Exception {
        leave(begins() + "touch up\n" + WAITS + succeeds("done"));
        assertThat(marked()).isNotEmpty();

        Optional<AgentResult> taken = takeOver(attempt(true), () -> touch("go"));

        assertThat(taken.map(AgentContract::category)).contains("none");
        assertThat(((AgentResult.Ended) taken.orElseThrow()).report().text()).isEqualTo("done");
        assertThat(read("starts")).hasLineCount(1);
        assertThat(marked()).isEmpty();
    }

    /** The daemon died before it had written down the pid. */
    @Test
    void a_run_of_which_nobody_knows_the_process_is_found_all_the_same() throws Exception {
        leave(begins() + "touch up\n" + WAITS + succeeds("done"));

        assertThat(takeOver(attempt(false), () -> touch("go")).map(AgentContract::category))
                .contains("none");
        assertThat(read("starts")).hasLineCount(1);
    }

    @Test
    void a_failure_of_a_run_that_was_taken_over_is_one() throws Exception {
        leave(begins() + "touch up\n" + WAITS + "exit 3\n");

        assertThat(takeOver(attempt(true), () -> touch("go")).map(AgentContract::category))
                .isPresent()
                .get()
                .isNotEqualTo("none");
    }

    @Test
    void a_run_that_ended_while_nobody_looked_has_its_result_on_disk() throws Exception {
        leave(begins() + "(setsid sleep 300 &)\ntouch up\n" + WAITS + succeeds("done"));
        touch("go");
        Await.until(SOON, () -> started != null && !started.isAlive());

        assertThat(takeOver(attempt(true), () -> {}).map(AgentContract::category))
                .contains("none");
        assertThat(read("starts")).hasLineCount(1);
        assertThat(marked()).isEmpty();
    }

    @Test
    void a_run_that_is_gone_without_a_result_is_nothing() throws Exception {
        leave(begins() + "(setsid sleep 300 &)\ntouch up\n" + WAITS);
        ProcessHandle root = Objects.requireNonNull(started);
        List<ProcessHandle> below = root.descendants().toList();
        root.destroyForcibly();
        below.forEach(ProcessHandle::destroyForcibly);
        Await.until(SOON, () -> !root.isAlive());

        assertThat(takeOver(attempt(true), () -> {})).isEmpty();
        assertThat(marked()).isEmpty();
    }

    @Test
    void a_run_that_never_was_is_nothing() throws Exception {
        assertThat(takeOver(attempt(false), () -> {})).isEmpty();
        assertThat(directory.resolve("starts")).doesNotExist();
    }

    @Test
    void a_run_that_is_to_end_without_its_task_is_stopped_with_all_that_it_started() throws Exception {
        leave(begins() + "(setsid sleep 300 &)\ntouch up\n" + WAITS);

        agent(MOST_OUTPUT).stop(attempt(true), Duration.ofSeconds(1));

        Await.until(SOON, () -> marked().isEmpty());
    }

    @Test
    void what_a_run_reported_can_be_read_when_it_is_over() throws Exception {
        run(begins() + succeeds("all done"), clocks("none"));

        AgentReport report = agent(MOST_OUTPUT).report(request(clocks("none")), attempt(true), new Hearing(pid -> {}));

        assertThat(report.text()).isEqualTo("all done");
        assertThat(report.complete()).isTrue();
    }

    @Test
    void a_run_that_came_to_nothing_reports_that_it_is_not_complete() throws Exception {
        run(begins() + "exit 3\n", clocks("none"));

        AgentReport report = agent(MOST_OUTPUT).report(request(clocks("none")), attempt(true), new Hearing(pid -> {}));

        assertThat(report.complete()).isFalse();
    }

    @Test
    void a_session_can_be_continued_when_there_is_one() throws Exception {
        assertThat(agent(MOST_OUTPUT).canResume(request(clocks("none")))).isFalse();
        run(begins() + succeeds("done"), clocks("none"));

        assertThat(agent(MOST_OUTPUT).canResume(request(clocks("none")))).isEqualTo(resumes());
    }

    @Test
    void a_program_that_is_not_there_is_missing() throws Exception {
        AgentResult result = agent(MOST_OUTPUT).run(request(clocks("none")), new Hearing(pid -> {}), cancellation);

        assertThat(category(result)).isEqualTo(FailureCategory.AGENT_MISSING.toString());
    }

    @Test
    void a_run_that_prints_without_end_is_stopped_and_not_tried_again() throws Exception {
        AgentResult result = run(begins() + "yes\n", clocks("none"));

        assertThat(category(result)).isEqualTo("crash");
        assertThat(((AgentResult.Ended) result).failure())
                .isNotNull()
                .satisfies(failure -> assertThat(failure.retryable()).isFalse());
        assertThat(Files.size(request(clocks("none")).files().stream())).isLessThanOrEqualTo(MOST_OUTPUT);
        assertThat(marked()).isEmpty();
    }

    @Test
    void a_run_that_is_silent_for_too_long_is_stopped() throws Exception {
        assertThat(category(run(begins() + "setsid sleep 300 &\n" + WAITS, clocks("idle"))))
                .isEqualTo("timeout_idle");
        assertThat(marked()).isEmpty();
    }

    @Test
    void a_run_whose_time_is_up_is_stopped() throws Exception {
        assertThat(category(run(begins() + WAITS, clocks("total")))).isEqualTo("timeout_total");
        assertThat(marked()).isEmpty();
    }

    @Test
    void an_end_without_an_answer_is_no_success() throws Exception {
        assertThat(category(run("exit 0\n", clocks("none")))).isEqualTo("no_result");
    }

    @Test
    void an_exit_code_other_than_0_without_an_answer_is_a_crash() throws Exception {
        assertThat(category(run("echo 'out of cheese' >&2\nexit 3\n", clocks("none"))))
                .isEqualTo("crash");
    }

    @Test
    void a_run_that_somebody_kills_was_killed() throws Exception {
        assertThat(category(run(begins() + "kill -9 $$\n", clocks("none")))).isEqualTo("killed");
    }

    @Test
    void a_run_does_not_see_the_secrets_of_the_daemon() throws Exception {
        run("env > seen\n" + begins() + succeeds("done"), clocks("none"));

        assertThat(read("seen")).contains("PATH=").doesNotContain("MY_TOKEN").doesNotContain("BASH_ENV");
    }

    private AgentResult run(String script, Clocks clocks) throws Exception {
        write(script);
        return agent(MOST_OUTPUT).run(request(clocks), new Hearing(this::remember), cancellation);
    }

    /** Asks for the stop when the program is up. */
    private AgentResult run(String script, Clocks clocks, Cancellation.Reason reason) throws Exception {
        write(script);
        return agent(MOST_OUTPUT)
                .run(
                        request(clocks),
                        new Hearing(pid -> {
                            remember(pid);
                            Await.until(SOON, () -> Files.exists(directory.resolve("up")));
                            cancellation.stop(reason);
                        }),
                        cancellation);
    }

    private void leave(String script) throws Exception {
        assertThat(run(script, clocks("none"), Cancellation.Reason.SHUTDOWN_LEAVE))
                .isInstanceOf(AgentResult.LeftRunning.class);
    }

    private Optional<AgentResult> takeOver(AttemptView attempt, Runnable then) throws InterruptedException {
        return agent(MOST_OUTPUT)
                .takeOver(request(clocks("none")), attempt, new Hearing(pid -> then.run()), new Cancellation());
    }

    private void remember(long pid) {
        heard++;
        started = ProcessHandle.of(pid).orElse(null);
    }

    private Agent agent(long mostOutput) {
        Map<String, String> environment = Map.of(
                "PATH",
                "/usr/bin:/bin",
                "TEST_RUN",
                directory.toString(),
                "MY_TOKEN",
                "hunter2hunter2",
                "BASH_ENV",
                "/etc/profile");
        return agent(new Setting(program(), environment, "TEST_RUN", mostOutput, temp));
    }

    private Path program() {
        return directory.resolveSibling("agent.sh");
    }

    private void write(String script) throws IOException {
        Files.writeString(program(), "#!/bin/sh\necho started >> starts\n" + script);
        Files.setPosixFilePermissions(program(), PosixFilePermissions.fromString("rwxr-xr-x"));
    }

    private void touch(String name) {
        try {
            Files.createFile(directory.resolve(name));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private String read(String name) throws IOException {
        return Files.readString(directory.resolve(name));
    }

    /** As the journal knows it. */
    private AttemptView attempt(boolean withProcess) {
        AttemptView attempt = new AttemptView(1, 1, new AttemptView.Begin("agent", session, false, begun, null, null));
        if (!withProcess || started == null) {
            return attempt;
        }
        Instant at = started.info().startInstant().orElse(begun);
        return attempt.withRun(new AttemptView.Run(started.pid(), at, false));
    }

    private AgentRequest request(Clocks clocks) {
        return new AgentRequest(
                TaskId.parse("t"),
                begun,
                session,
                false,
                BigDecimal.ZERO,
                "do it",
                directory,
                directory,
                List.of(directory),
                Access.WRITE,
                List.of(),
                null,
                null,
                null,
                clocks,
                null,
                new RunFiles(directory.resolveSibling("run"), 1, 1));
    }

    private static Clocks clocks(String shortOne) {
        return new Clocks(
                NEVER,
                "idle".equals(shortOne) ? SHORT : NEVER,
                "total".equals(shortOne) ? SHORT : NEVER,
                Duration.ofSeconds(1),
                Duration.ofSeconds(1));
    }

    private static String category(AgentResult result) {
        AgentResult.Ended ended = (AgentResult.Ended) result;
        return ended.failure() == null ? "none" : ended.failure().category().toString();
    }

    /** Programs that still run for this test. */
    private List<Long> marked() {
        String mark = "TEST_RUN=" + directory;
        return ProcessHandle.allProcesses()
                .map(ProcessHandle::pid)
                .filter(pid -> environment(pid).contains(mark))
                .toList();
    }

    private static String environment(long pid) {
        try {
            return Files.readString(Path.of("/proc", Long.toString(pid), "environ"), StandardCharsets.ISO_8859_1);
        } catch (IOException e) {
            return "";
        }
    }

    private record Hearing(LongConsumer then) implements RunObserver {
        @Override
        public void started(long pid, @Nullable Instant processStartedAt, boolean adopted) {
            then.accept(pid);
        }

        @Override
        public void answered() {}

        @Override
        public void toolUsed(ToolCall call) {}

        @Override
        public void refused(ToolCall call, Refusal refusal) {}

        @Override
        public boolean directoryChanged() {
            return false;
        }
    }
}
