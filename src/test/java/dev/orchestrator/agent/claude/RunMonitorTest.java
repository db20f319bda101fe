package dev.orchestrator.agent.claude;

import static org.assertj.core.api.Assertions.assertThat;

import dev.orchestrator.agent.AgentRequest;
import dev.orchestrator.agent.Clocks;
import dev.orchestrator.agent.RunObserver;
import dev.orchestrator.agent.ToolCall;
import dev.orchestrator.agent.run.LineFramer;
import dev.orchestrator.agent.run.OutputLimit;
import dev.orchestrator.agent.run.RunEnd;
import dev.orchestrator.agent.run.RunMonitor;
import dev.orchestrator.agent.run.StreamTail;
import dev.orchestrator.guard.Refusal;
import dev.orchestrator.process.Launch;
import dev.orchestrator.process.ProcessFamily;
import dev.orchestrator.process.ProcessRunner;
import dev.orchestrator.process.ProcessSpec;
import dev.orchestrator.process.RunningProcess;
import dev.orchestrator.task.Access;
import dev.orchestrator.task.Cancellation;
import dev.orchestrator.testkit.Await;
import dev.orchestrator.testkit.Guards;
import dev.orchestrator.time.TimeSource;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

@DisabledOnOs(value = OS.WINDOWS, disabledReason = "platform: the programs of this test are shell scripts")
class RunMonitorTest {
    private static final Duration NEVER = Duration.ofMinutes(5);
    private static final Duration SHORT = Duration.ofMillis(400);
    private static final String INIT = "echo '{\"type\":\"system\",\"subtype\":\"init\",\"session_id\":\"s\"}'\n";
    private static final String RESULT = "echo '{\"type\":\"result\",\"subtype\":\"success\",\"result\":\"ok\"}'\n";
    private static final String LONG_SLEEP = "sleep 300 & wait\n";

    @TempDir
    Path temp;

    private final Cancellation cancellation = new Cancellation();
    private final Transcript transcript = new Transcript();
    private RunObserver observer = SilentObserver.INSTANCE;
    private long mostOutput = Long.MAX_VALUE;

    @Test
    void a_program_that_ends_has_its_exit_code() throws Exception {
        RunEnd end = watch(INIT + RESULT + "exit 3", patient()).orElseThrow();

        assertThat(end.cause()).isEqualTo(RunEnd.Cause.EXITED);
        assertThat(end.exitCode()).hasValue(3);
        assertThat(transcript.result()).isPresent();
    }

    @Test
    void a_program_that_a_ctrl_c_ended_together_with_us_did_not_fail() throws Exception {
        cancellation.announceEnd();

        assertThat(cause(INIT + "exit 0", patient())).isEqualTo(RunEnd.Cause.SHUTDOWN);
    }

    @Test
    void what_a_program_finished_while_we_were_about_to_end_counts() throws Exception {
        cancellation.announceEnd();

        assertThat(cause(INIT + RESULT + "exit 0", patient())).isEqualTo(RunEnd.Cause.EXITED);
    }

    @Test
    void a_program_that_never_says_anything_is_stopped() throws Exception {
        assertThat(cause(LONG_SLEEP, clocks(SHORT, NEVER, NEVER, NEVER))).isEqualTo(RunEnd.Cause.SILENT_START);
    }

    @Test
    void a_program_that_falls_silent_is_stopped() throws Exception {
        assertThat(cause(INIT + LONG_SLEEP, clocks(NEVER, SHORT, NEVER, NEVER))).isEqualTo(RunEnd.Cause.SILENT);
    }

    @Test
    void output_of_which_nothing_comes_is_life_but_no_work() throws Exception {
        String chatty = INIT + "while true; do echo '{}'; sleep 0.05; done";
        assertThat(cause(chatty, clocks(NEVER, Duration.ofSeconds(2), NEVER, NEVER)))
                .isEqualTo(RunEnd.Cause.STALLED);
    }

    @Test
    void what_changes_its_directory_works_until_the_time_is_up() throws Exception {
        AtomicInteger asked = new AtomicInteger();
        observer = new Changing(asked::incrementAndGet);
        String chatty = INIT + "while true; do echo '{}'; sleep 0.05; done";
        assertThat(cause(chatty, clocks(NEVER, Duration.ofSeconds(1), Duration.ofSeconds(5), NEVER)))
                .isEqualTo(RunEnd.Cause.OUT_OF_TIME);
        assertThat(asked.get()).as("looked at once in each span").isBetween(1, 4);
    }

    @Test
    void what_prints_faster_than_we_read_is_ended_when_it_is_too_much() throws Exception {
        mostOutput = 64 << 20;
        assertThat(cause(INIT + "yes | head -c 1000000000; sleep 300", patient()))
                .isEqualTo(RunEnd.Cause.TOO_MUCH_OUTPUT);
        assertThat(temp.resolve("out")).hasSize(mostOutput);
    }

    @Test
    void a_result_before_too_much_counts() throws Exception {
        mostOutput = 64 << 20;
        assertThat(cause(INIT + RESULT + "yes | head -c 1000000000; sleep 300", patient()))
                .isEqualTo(RunEnd.Cause.LINGERED);
    }

    @Test
    void what_printed_too_much_before_we_looked_is_told_from_what_gave_no_result() throws Exception {
        mostOutput = 1 << 20;
        assertThat(cause(INIT + "head -c 2000000 /dev/zero", patient())).isEqualTo(RunEnd.Cause.TOO_MUCH_OUTPUT);
    }

    @Test
    void the_time_that_is_up_is_not_the_time_of_day() throws Exception {
        RunningProcess process = start(INIT + "sleep 0.5");
        TimeSource setForwards = new TimeSource() {
            private Instant next = Instant.EPOCH;

            @Override
            public Instant now() {
                next = next.plus(Duration.ofDays(1));
                return next;
            }

            @Override
            public long nanoTime() {
                return TimeSource.system().nanoTime();
            }
        };
        AgentRequest request =
                request(clocks(NEVER, NEVER, Duration.ofHours(1), NEVER), Instant.EPOCH.plus(Duration.ofDays(1)));
        try (StreamTail tail = tail()) {
            assertThat(monitor(process, tail, request, cancellation, setForwards)
                            .awaitEnd()
                            .orElseThrow()
                            .cause())
                    .isEqualTo(RunEnd.Cause.EXITED);
        }
    }

    @Test
    void a_run_that_is_taken_over_has_what_is_left_of_its_time() throws Exception {
        Instant longAgo = TimeSource.system().now().minus(Duration.ofHours(1));
        RunningProcess process = start(INIT + LONG_SLEEP);
        AgentRequest request = request(clocks(NEVER, NEVER, Duration.ofMinutes(59), NEVER), longAgo);
        try (StreamTail tail = tail()) {
            assertThat(monitor(process, tail, request, cancellation, TimeSource.system())
                            .awaitEnd()
                            .orElseThrow()
                            .cause())
                    .isEqualTo(RunEnd.Cause.OUT_OF_TIME);
        }
    }

    @Test
    void a_program_that_lingers_after_its_result_is_ended_and_its_result_counts() throws Exception {
        assertThat(cause(INIT + RESULT + LONG_SLEEP, clocks(NEVER, SHORT, SHORT.multipliedBy(2), SHORT)))
                .isEqualTo(RunEnd.Cause.LINGERED);
        assertThat(transcript.result()).isPresent();
    }

    @Test
    void a_program_that_retries_what_cannot_succeed_is_ended() throws Exception {
        String retry = "echo '{\"type\":\"system\",\"subtype\":\"api_retry\",\"error\":\"authentication_failed\"}'\n";
        assertThat(cause(INIT + retry + LONG_SLEEP, patient())).isEqualTo(RunEnd.Cause.HOPELESS_RETRY);
    }

    @Test
    void a_retry_that_came_off_before_we_looked_is_not_hopeless() throws Exception {
        String retry = "echo '{\"type\":\"system\",\"subtype\":\"api_retry\",\"error\":\"authentication_failed\"}'\n";
        String much = "yes '{}' | head -n 1000000\n";
        String answer = "echo '{\"type\":\"assistant\",\"message\":{\"content\":[]}}'\n";
        RunningProcess process = start(INIT + retry + much + answer + RESULT + "touch up\n" + LONG_SLEEP);
        Await.until(NEVER, () -> Files.exists(temp.resolve("up")));

        assertThat(watch(process, clocks(NEVER, NEVER, NEVER, SHORT))
                        .orElseThrow()
                        .cause())
                .isEqualTo(RunEnd.Cause.LINGERED);
    }

    @Test
    void a_program_that_ignores_TERM_is_killed_with_what_it_started() throws Exception {
        Path pids = temp.resolve("pids");
        String stubborn = "trap '' TERM\n" + INIT + "(trap '' TERM; while true; do sleep 0.1; done) &\necho $! $$ > "
                + pids + "\nwhile true; do sleep 0.1; done";

        assertThat(cause(stubborn, clocks(NEVER, Duration.ofSeconds(2), NEVER, NEVER)))
                .isEqualTo(RunEnd.Cause.SILENT);

        for (String pid : Files.readString(pids).strip().split(" ", -1)) {
            // Its entry stays until the system has taken note of its end.
            Await.until(
                    Duration.ofSeconds(20),
                    () -> ProcessHandle.of(Long.parseLong(pid))
                            .filter(ProcessHandle::isAlive)
                            .isEmpty());
        }
    }

    @Test
    void a_cancelled_run_is_stopped_and_a_left_one_goes_on() throws Exception {
        CompletableFuture<Void> asked = CompletableFuture.runAsync(() -> {
            Await.until(NEVER, () -> Files.exists(temp.resolve("up")));
            cancellation.stop(Cancellation.Reason.SHUTDOWN_LEAVE);
        });
        RunningProcess process = start(INIT + "touch " + temp.resolve("up") + "\n" + LONG_SLEEP);

        assertThat(watch(process, patient())).isEmpty();
        asked.join();
        assertThat(process.waitFor(Duration.ZERO)).isFalse();

        process.stop(Duration.ofSeconds(5));
        cancellationOf(Cancellation.Reason.CANCELLED);
    }

    private void cancellationOf(Cancellation.Reason reason) throws Exception {
        Cancellation now = new Cancellation();
        now.stop(reason);
        RunningProcess process = start(INIT + LONG_SLEEP);
        AgentRequest request = request(patient());
        try (StreamTail tail = tail()) {
            assertThat(monitor(process, tail, request, now, TimeSource.system())
                            .awaitEnd()
                            .orElseThrow()
                            .cause())
                    .isEqualTo(RunEnd.Cause.CANCELLED);
        }
    }

    private record Changing(Runnable whenAsked) implements RunObserver {
        @Override
        public void started(long pid, @Nullable Instant processStartedAt, boolean adopted) {}

        @Override
        public void answered() {}

        @Override
        public void toolUsed(ToolCall call) {}

        @Override
        public void refused(ToolCall call, Refusal refusal) {}

        @Override
        public boolean directoryChanged() {
            whenAsked.run();
            return true;
        }
    }

    private RunEnd.Cause cause(String script, Clocks clocks) throws Exception {
        return watch(script, clocks).orElseThrow().cause();
    }

    private Optional<RunEnd> watch(String script, Clocks clocks) throws Exception {
        return watch(start(script), clocks);
    }

    private Optional<RunEnd> watch(RunningProcess process, Clocks clocks) throws Exception {
        try (StreamTail tail = tail()) {
            return monitor(process, tail, request(clocks), cancellation, TimeSource.system())
                    .awaitEnd();
        }
    }

    private RunMonitor monitor(
            RunningProcess process, StreamTail tail, AgentRequest request, Cancellation asked, TimeSource time) {
        Progress progress = new Progress(transcript, observer, request.clocks().idle(), time);
        OutputLimit limit = new OutputLimit(temp.resolve("out"), temp.resolve("err"), mostOutput);
        RunOutput output = new RunOutput(tail, transcript, guarded(), progress, limit);
        return new RunMonitor(process, family(process), output, request, asked, time);
    }

    private GuardedRun guarded() {
        try {
            return Guards.absent().over(request(patient()), observer).run();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static ProcessFamily family(RunningProcess process) {
        return new ProcessRunner().family(process, "m", TimeSource.system());
    }

    private StreamTail tail() throws Exception {
        return StreamTail.open(temp.resolve("out"), new LineFramer(1 << 20, transcript::line), mostOutput);
    }

    private AgentRequest request(Clocks clocks) {
        return request(clocks, TimeSource.system().now());
    }

    private AgentRequest request(Clocks clocks, Instant startedAt) {
        return Requests.in(temp, Access.READ, List.of(), clocks, startedAt);
    }

    private RunningProcess start(String script) throws Exception {
        Path in = Files.writeString(temp.resolve("in"), "");
        Path file = Files.writeString(temp.resolve("agent.sh"), script);
        Launch launch = new ProcessRunner()
                .start(new ProcessSpec(
                        List.of("/bin/sh", file.toString()),
                        temp,
                        Map.of("PATH", "/usr/bin:/bin"),
                        in,
                        temp.resolve("out"),
                        temp.resolve("err")));
        return ((Launch.Started) launch).process();
    }

    private static Clocks patient() {
        return clocks(NEVER, NEVER, NEVER, NEVER);
    }

    private static Clocks clocks(Duration startup, Duration idle, Duration total, Duration resultGrace) {
        return new Clocks(startup, idle, total, resultGrace, Duration.ofMillis(500));
    }
}
