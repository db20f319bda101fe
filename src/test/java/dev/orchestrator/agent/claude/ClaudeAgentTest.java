package dev.orchestrator.agent.claude;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.orchestrator.agent.AgentReport;
import dev.orchestrator.agent.AgentRequest;
import dev.orchestrator.agent.AgentResult;
import dev.orchestrator.agent.Clocks;
import dev.orchestrator.agent.RunObserver;
import dev.orchestrator.agent.ToolCall;
import dev.orchestrator.process.ProcessFamily;
import dev.orchestrator.process.ProcessRunner;
import dev.orchestrator.process.Programs;
import dev.orchestrator.task.Access;
import dev.orchestrator.task.AttemptView;
import dev.orchestrator.task.Cancellation;
import dev.orchestrator.testkit.Await;
import dev.orchestrator.time.TimeSource;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongConsumer;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Whole runs of tiny programs that speak the language of the CLI. */
@Timeout(120)
@DisabledOnOs(value = OS.WINDOWS, disabledReason = "platform: the programs of this test are shell scripts")
class ClaudeAgentTest {
    private static final Duration NEVER = Duration.ofMinutes(5);
    private static final Duration SHORT = Duration.ofMillis(400);
    private static final Duration GRACE = Duration.ofSeconds(3);
    private static final String INIT = say("'type':'system','subtype':'init','session_id':'s'");
    private static final String SUCCESS = result("'is_error':false,'subtype':'success','result':'done'");
    private static final String WAIT = "while true; do sleep 0.05; done\n";

    @TempDir
    Path temp;

    private final Cancellation cancellation = new Cancellation();

    @ParameterizedTest
    @CsvSource({"idle", "total", "startup"})
    void a_success_that_is_written_while_a_clock_stops_the_run_is_a_success(String clock) throws Exception {
        AgentResult result = run(whenStopped(SUCCESS) + ("startup".equals(clock) ? "" : INIT) + WAIT, clocks(clock));

        assertThat(result).isInstanceOfSatisfying(AgentResult.Ended.class, ended -> {
            assertThat(ended.failure()).isNull();
            assertThat(ended.report().text()).isEqualTo("done");
            assertThat(ended.report().costUsd()).isEqualByComparingTo("0.5");
        });
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "'is_error':true,'subtype':'error_during_execution','terminal_reason':'aborted_tools' | timeout_idle",
                "'is_error':true,'subtype':'error_during_execution','errors':['x'] | timeout_idle",
                "'is_error':true,'subtype':'error_max_turns' | max_turns"
            })
    void a_failed_result_counts_unless_it_only_tells_of_the_stop(String fields, String category) throws Exception {
        AgentResult result = run(whenStopped(result(fields.replace("''", "'"))) + INIT + WAIT, clocks("idle"));

        assertThat(failure(result)).isEqualTo(category);
    }

    @Test
    void a_cancelled_run_stays_cancelled_and_reports_what_it_cost() throws Exception {
        AgentResult result =
                run(whenStopped(SUCCESS) + INIT + WAIT, clocks("none"), onStart(Cancellation.Reason.CANCELLED));

        assertThat(result)
                .isInstanceOfSatisfying(
                        AgentResult.Cancelled.class, cancelled -> assertCostIsKnown(cancelled.report()));
    }

    @Test
    void a_run_that_ended_by_itself_after_it_was_cancelled_is_cancelled() throws Exception {
        assertThat(run(INIT + SUCCESS, clocks("none"), onStart(Cancellation.Reason.CANCELLED)))
                .isInstanceOfSatisfying(
                        AgentResult.Cancelled.class, cancelled -> assertCostIsKnown(cancelled.report()));
    }

    @Test
    void a_run_that_got_done_while_the_daemon_stopped_it_is_done() throws Exception {
        AgentResult result =
                run(whenStopped(SUCCESS) + INIT + WAIT, clocks("none"), onStart(Cancellation.Reason.SHUTDOWN_STOP));

        assertThat(failure(result)).isEqualTo("none");
    }

    @Test
    void a_run_that_the_daemon_cut_off_is_left_to_the_next() throws Exception {
        String aborted = result("'is_error':true,'subtype':'error_during_execution','terminal_reason':'aborted_tools'");
        AgentResult result =
                run(whenStopped(aborted) + INIT + WAIT, clocks("none"), onStart(Cancellation.Reason.SHUTDOWN_STOP));

        assertThat(result).isInstanceOf(AgentResult.StoppedForShutdown.class);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "sleep 300 &",
                "setsid sleep 300 &",
                "(setsid sh -c 'trap \"\" TERM; while true; do sleep 0.1; done' &)",
                "(sh -c 'while true; do echo late >> late; sleep 0.01; done' &)"
            })
    @EnabledOnOs(value = OS.LINUX, disabledReason = "platform: elsewhere a child that its parent left is not found")
    void nothing_that_a_run_started_outlives_it(String leaves) throws Exception {
        AgentResult result = run(INIT + leaves + "\n" + SUCCESS, clocks("none"));

        assertThat(failure(result)).isEqualTo("none");
        assertThat(marked()).isEmpty();
    }

    /** A child may be anywhere between fork and exec when its parent ends. */
    @Test
    @EnabledOnOs(value = OS.LINUX, disabledReason = "platform: elsewhere a child that its parent left is not found")
    void a_child_that_has_only_just_been_started_is_found_too() throws Exception {
        ClaudeAgent agent = agent(INIT + SUCCESS + "setsid env A=1 setsid sleep 300 &\nexit 0\n");
        for (int round = 0; round < 20; round++) {
            assertThat(failure(agent.run(request(clocks("none")), SilentObserver.INSTANCE, cancellation)))
                    .isEqualTo("none");
        }
        // Looked at in the end only: what is between two programs would be missed here too.
        assertThat(marked()).isEmpty();
    }

    @Test
    void a_child_that_was_seen_while_the_run_lasted_is_stopped_though_it_has_no_mark() throws Exception {
        AgentResult result = run(INIT + "env -i sleep 300 & echo $! > pid; sleep 1\n" + SUCCESS, clocks("none"));

        assertThat(failure(result)).isEqualTo("none");
        long pid = Long.parseLong(Files.readString(temp.resolve("pid")).strip());
        Await.until(
                GRACE,
                () -> ProcessHandle.of(pid).filter(ProcessHandle::isAlive).isEmpty());
    }

    @ParameterizedTest
    @ValueSource(strings = {"(setsid sleep 300 &)", "setsid sh -c 'trap \"\" TERM; while true; do sleep 0.1; done' &"})
    @EnabledOnOs(value = OS.LINUX, disabledReason = "platform: elsewhere a child that its parent left is not found")
    void nothing_that_a_run_started_outlives_its_stop(String leaves) throws Exception {
        AgentResult result = run(INIT + leaves + "\n" + WAIT, clocks("idle"));

        assertThat(failure(result)).isEqualTo("timeout_idle");
        assertThat(marked()).isEmpty();
    }

    @Test
    @EnabledOnOs(value = OS.LINUX, disabledReason = "platform: elsewhere a child that its parent left is not found")
    void what_is_left_of_a_run_that_has_gone_is_stopped_before_anybody_goes_on() throws Exception {
        ProcessBuilder orphan = new ProcessBuilder("sleep", "300");
        orphan.environment().put(ProcessFamily.MARK, request(clocks("none")).sessionId());
        Process sleeping = orphan.start();

        assertThat(agent().takeOver(request(clocks("none")), attempt(), SilentObserver.INSTANCE, cancellation))
                .isEmpty();
        assertThat(sleeping.waitFor(20, TimeUnit.SECONDS)).isTrue();
    }

    /** Programs that still run for this test. */
    private List<Long> marked() {
        return ProcessHandle.allProcesses()
                .filter(each -> {
                    try {
                        return Files.readString(
                                        Path.of("/proc", Long.toString(each.pid()), "environ"),
                                        StandardCharsets.ISO_8859_1)
                                .contains("TEST_RUN=" + temp);
                    } catch (IOException e) {
                        return false;
                    }
                })
                .map(ProcessHandle::pid)
                .toList();
    }

    private AttemptView attempt() {
        AgentRequest request = request(clocks("none"));
        return new AttemptView(1, 1, "claude", request.sessionId(), request.startedAt());
    }

    @Test
    void a_run_that_was_asked_to_stop_before_it_began_does_not_begin() throws Exception {
        cancellation.stop(Cancellation.Reason.CANCELLED);

        assertThat(run("touch begun\n", clocks("none"))).isInstanceOf(AgentResult.Cancelled.class);
        assertThat(temp.resolve("begun")).doesNotExist();
        assertThat(stream()).doesNotExist();
    }

    @Test
    void a_run_that_nobody_can_follow_is_stopped() throws Exception {
        AtomicLong started = new AtomicLong();
        RunObserver broken = new Starts(pid -> {
            started.set(pid);
            throw new IllegalStateException("the disk of the journal is full");
        });

        assertThatThrownBy(() -> run(INIT + WAIT, clocks("none"), broken)).hasMessageContaining("is full");
        assertThat(ProcessHandle.of(started.get()).filter(ProcessHandle::isAlive))
                .isEmpty();
    }

    @Test
    void a_run_whose_record_is_gone_is_stopped_before_it_may_be_tried_again() throws Exception {
        AtomicLong started = new AtomicLong();
        RunObserver thief = new Starts(pid -> {
            started.set(pid);
            assertThat(stream().toFile().delete()).isTrue();
        });

        assertThat(failure(run(INIT + WAIT, clocks("none"), thief))).isEqualTo("internal");
        assertThat(ProcessHandle.of(started.get()).filter(ProcessHandle::isAlive))
                .isEmpty();
    }

    @Test
    void an_interrupt_leaves_the_run_to_whoever_takes_it_up_again() throws Exception {
        AtomicLong started = new AtomicLong();
        RunObserver interrupting = new Starts(pid -> {
            started.set(pid);
            Thread.currentThread().interrupt();
        });
        assertThatThrownBy(() ->
                        run(INIT + "while [ ! -e go ]; do sleep 0.05; done\n" + SUCCESS, clocks("none"), interrupting))
                .isInstanceOf(InterruptedException.class);
        assertThat(ProcessHandle.of(started.get()).filter(ProcessHandle::isAlive))
                .isPresent();

        RunObserver letsGo = new Starts(pid -> touch("go"));
        AttemptView attempt = attempt(started.get());
        assertThat(agent().takeOver(request(clocks("none")), attempt, letsGo, cancellation)
                        .map(ClaudeAgentTest::failure))
                .contains("none");
    }

    @Test
    void files_that_an_interrupt_closed_are_no_failure_of_theirs() throws Exception {
        ClaudeAgent agent = agent(INIT);
        Thread.currentThread().interrupt();
        assertThatThrownBy(() -> agent.run(request(clocks("none")), SilentObserver.INSTANCE, cancellation))
                .isInstanceOf(InterruptedException.class);
    }

    @Test
    void a_run_directory_that_cannot_be_written_is_named() throws Exception {
        Files.writeString(temp.resolve("run"), "in the way");

        AgentResult.Ended ended = (AgentResult.Ended) run(INIT, clocks("none"));

        assertThat(ended.failure().category()).hasToString("internal");
        assertThat(ended.failure().suggestedAction())
                .contains(temp.resolve("run").toString());
    }

    private AttemptView attempt(long pid) {
        Instant start =
                ProcessHandle.of(pid).orElseThrow().info().startInstant().orElseThrow();
        return attempt().withRun(new AttemptView.Run(pid, start));
    }

    private void touch(String name) {
        try {
            Files.createFile(temp.resolve(name));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void assertCostIsKnown(AgentReport report) {
        assertThat(report.costUsd()).isEqualByComparingTo("0.5");
        assertThat(report.usage()).containsEntry("output_tokens", 7L);
    }

    private AgentResult run(String script, Clocks clocks) throws Exception {
        return run(script, clocks, new Starts(pid -> {}));
    }

    private AgentResult run(String script, Clocks clocks, RunObserver observer) throws Exception {
        return agent(script).run(request(clocks), observer, cancellation);
    }

    private ClaudeAgent agent(String script) throws Exception {
        Path program = temp.resolve("agent.sh");
        Files.writeString(program, "#!/bin/sh\n" + script);
        Files.setPosixFilePermissions(program, PosixFilePermissions.fromString("rwxr-xr-x"));
        return agent();
    }

    private ClaudeAgent agent() {
        Path program = temp.resolve("agent.sh");
        Map<String, String> environment = Map.of("PATH", "/usr/bin:/bin", "TEST_RUN", temp.toString());
        return new ClaudeAgent(
                () -> new ClaudeOptions(program.toString(), List.of(), List.of("TEST_RUN"), null),
                new ClaudeProgram(new Programs(environment, false)),
                new ProcessRunner(),
                environment,
                List.of(),
                List.of(),
                TimeSource.system());
    }

    private AgentRequest request(Clocks clocks) {
        Instant now = TimeSource.system().now();
        return Requests.with(temp, Access.WRITE, List.of(), List.of(), false, null, null, null, clocks, now);
    }

    /** Asks for the stop when the program is up, so that it hears of it. */
    private RunObserver onStart(Cancellation.Reason reason) {
        return new Starts(pid -> {
            Await.until(NEVER, () -> Files.readString(stream()).contains("init"));
            cancellation.stop(reason);
        });
    }

    private Path stream() {
        return request(clocks("none")).files().stream();
    }

    private record Starts(LongConsumer then) implements RunObserver {
        @Override
        public void started(long pid, @Nullable Instant processStartedAt, boolean adopted) {
            then.accept(pid);
        }

        @Override
        public void toolUsed(ToolCall call) {}

        @Override
        public void refused(ToolCall call, String reason) {}
    }

    /** The clock called {@code which} is short, the others never run out. */
    private static Clocks clocks(String which) {
        return new Clocks(
                "startup".equals(which) ? SHORT : NEVER,
                "idle".equals(which) ? SHORT : NEVER,
                "total".equals(which) ? SHORT : NEVER,
                NEVER,
                GRACE);
    }

    private static String failure(AgentResult result) {
        AgentResult.Ended ended = (AgentResult.Ended) result;
        return ended.failure() == null ? "none" : ended.failure().category().toString();
    }

    private static String whenStopped(String says) {
        return "last_words() {\n" + says + "exit 0\n}\ntrap last_words TERM\n";
    }

    private static String result(String fields) {
        return say("'type':'result'," + fields
                + ",'num_turns':1,'total_cost_usd':0.5,'modelUsage':{'m':{'outputTokens':7}}");
    }

    private static String say(String fields) {
        return "echo '{" + fields.replace('\'', '"') + "}'\n";
    }
}
