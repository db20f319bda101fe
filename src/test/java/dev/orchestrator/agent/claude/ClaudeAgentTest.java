package dev.orchestrator.agent.claude;

import static dev.orchestrator.agent.claude.ScriptedClaude.INIT;
import static dev.orchestrator.agent.claude.ScriptedClaude.NEVER;
import static dev.orchestrator.agent.claude.ScriptedClaude.SUCCESS;
import static dev.orchestrator.agent.claude.ScriptedClaude.WAIT;
import static dev.orchestrator.agent.claude.ScriptedClaude.clocks;
import static dev.orchestrator.agent.claude.ScriptedClaude.failure;
import static dev.orchestrator.agent.claude.ScriptedClaude.result;
import static dev.orchestrator.agent.claude.ScriptedClaude.whenStopped;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.orchestrator.agent.AgentReport;
import dev.orchestrator.agent.AgentResult;
import dev.orchestrator.agent.RunObserver;
import dev.orchestrator.agent.ToolCall;
import dev.orchestrator.guard.Refusal;
import dev.orchestrator.task.AttemptView;
import dev.orchestrator.task.Cancellation;
import dev.orchestrator.task.UsageLimit;
import dev.orchestrator.testkit.Await;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongConsumer;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Whole runs of tiny programs that speak the language of the CLI. */
@Timeout(120)
@DisabledOnOs(value = OS.WINDOWS, disabledReason = "platform: the programs of this test are shell scripts")
class ClaudeAgentTest {
    @TempDir
    Path temp;

    private ScriptedClaude claude;

    @BeforeEach
    void lay_out() {
        claude = new ScriptedClaude(temp);
    }

    @ParameterizedTest
    @CsvSource({"idle", "total", "startup"})
    void a_success_that_is_written_while_a_clock_stops_the_run_is_a_success(String clock) throws Exception {
        AgentResult result =
                claude.run(whenStopped(SUCCESS) + ("startup".equals(clock) ? "" : INIT) + WAIT, clocks(clock));

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
        AgentResult result = claude.run(whenStopped(result(fields.replace("''", "'"))) + INIT + WAIT, clocks("idle"));

        assertThat(failure(result)).isEqualTo(category);
    }

    @Test
    void a_cancelled_run_stays_cancelled_and_reports_what_it_cost() throws Exception {
        AgentResult result =
                claude.run(whenStopped(SUCCESS) + INIT + WAIT, clocks("none"), onStart(Cancellation.Reason.CANCELLED));

        assertThat(result)
                .isInstanceOfSatisfying(
                        AgentResult.Cancelled.class, cancelled -> assertCostIsKnown(cancelled.report()));
    }

    @Test
    void a_run_that_ended_by_itself_after_it_was_cancelled_is_cancelled() throws Exception {
        assertThat(claude.run(INIT + SUCCESS, clocks("none"), onStart(Cancellation.Reason.CANCELLED)))
                .isInstanceOfSatisfying(
                        AgentResult.Cancelled.class, cancelled -> assertCostIsKnown(cancelled.report()));
    }

    @Test
    void a_run_that_the_plan_stopped_says_until_when() throws Exception {
        String rejected = "echo '{\"type\":\"rate_limit_event\",\"rate_limit_info\":{\"status\":\"rejected\","
                + "\"rateLimitType\":\"seven_day_opus\",\"resetsAt\":1795453200}}'\n";
        String refused = result("'is_error':true,'subtype':'success','api_error_status':429,'result':'429'");

        AgentResult.Ended ended = (AgentResult.Ended) claude.run(INIT + rejected + refused, clocks("none"));

        assertThat(failure(ended)).isEqualTo("usage_limit");
        assertThat(ended.limit())
                .isEqualTo(new UsageLimit("seven_day_opus", Instant.parse("2026-11-23T17:00:00Z"), "opus"));
    }

    @Test
    void a_run_that_got_done_while_the_daemon_stopped_it_is_done() throws Exception {
        AgentResult result = claude.run(
                whenStopped(SUCCESS) + INIT + WAIT, clocks("none"), onStart(Cancellation.Reason.SHUTDOWN_STOP));

        assertThat(failure(result)).isEqualTo("none");
    }

    @Test
    void a_run_that_the_daemon_cut_off_is_left_to_the_next() throws Exception {
        String aborted = result("'is_error':true,'subtype':'error_during_execution','terminal_reason':'aborted_tools'");
        AgentResult result = claude.run(
                whenStopped(aborted) + INIT + WAIT, clocks("none"), onStart(Cancellation.Reason.SHUTDOWN_STOP));

        assertThat(result).isInstanceOf(AgentResult.StoppedForShutdown.class);
    }

    @Test
    void a_run_that_was_asked_to_stop_before_it_began_does_not_begin() throws Exception {
        claude.cancellation.stop(Cancellation.Reason.CANCELLED);

        assertThat(claude.run("touch begun\n", clocks("none"))).isInstanceOf(AgentResult.Cancelled.class);
        assertThat(temp.resolve("begun")).doesNotExist();
        assertThat(claude.stream()).doesNotExist();
    }

    @Test
    void a_run_that_nobody_can_follow_is_stopped() throws Exception {
        AtomicLong started = new AtomicLong();
        RunObserver broken = new Starts(pid -> {
            started.set(pid);
            throw new IllegalStateException("the disk of the journal is full");
        });

        assertThatThrownBy(() -> claude.run(INIT + WAIT, clocks("none"), broken))
                .hasMessageContaining("is full");
        // One that was killed is still there until its parent has asked for its end, which is this process.
        Await.until(
                Duration.ofSeconds(10),
                () -> ProcessHandle.of(started.get())
                        .filter(ProcessHandle::isAlive)
                        .isEmpty());
    }

    @Test
    void a_run_whose_record_is_gone_is_stopped_before_it_may_be_tried_again() throws Exception {
        AtomicLong started = new AtomicLong();
        RunObserver thief = new Starts(pid -> {
            started.set(pid);
            assertThat(claude.stream().toFile().delete()).isTrue();
        });

        assertThat(claude.run(INIT + WAIT, clocks("none"), thief)).isInstanceOf(AgentResult.OwnFilesFailed.class);
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
        assertThatThrownBy(() -> claude.run(
                        INIT + "while [ ! -e go ]; do sleep 0.05; done\n" + SUCCESS, clocks("none"), interrupting))
                .isInstanceOf(InterruptedException.class);
        assertThat(ProcessHandle.of(started.get()).filter(ProcessHandle::isAlive))
                .isPresent();

        RunObserver letsGo = new Starts(pid -> touch("go"));
        AttemptView attempt = attempt(started.get());
        assertThat(claude.agent()
                        .takeOver(claude.request(clocks("none")), attempt, letsGo, claude.cancellation)
                        .map(ScriptedClaude::failure))
                .contains("none");
    }

    @Test
    void files_that_an_interrupt_closed_are_no_failure_of_theirs() throws Exception {
        ClaudeAgent agent = claude.agent(INIT);
        Thread.currentThread().interrupt();
        assertThatThrownBy(
                        () -> agent.run(claude.request(clocks("none")), SilentObserver.INSTANCE, claude.cancellation))
                .isInstanceOf(InterruptedException.class);
    }

    @Test
    void a_run_directory_that_cannot_be_written_is_named() throws Exception {
        Files.writeString(temp.resolve("run"), "in the way");

        AgentResult.OwnFilesFailed failed = (AgentResult.OwnFilesFailed) claude.run(INIT, clocks("none"));

        assertThat(failed.problem()).hasMessageContaining(temp.resolve("run").toString());
    }

    private AttemptView attempt(long pid) {
        Instant start =
                ProcessHandle.of(pid).orElseThrow().info().startInstant().orElseThrow();
        return claude.attempt().withRun(new AttemptView.Run(pid, start, false));
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

    /** Asks for the stop when the program is up, so that it hears of it. */
    private RunObserver onStart(Cancellation.Reason reason) {
        return new Starts(pid -> {
            Await.until(NEVER, () -> Files.readString(claude.stream()).contains("init"));
            claude.cancellation.stop(reason);
        });
    }

    private record Starts(LongConsumer then) implements RunObserver {
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
