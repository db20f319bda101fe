package dev.orchestrator.agent.claude;

import static org.assertj.core.api.Assertions.assertThat;

import dev.orchestrator.agent.AgentRequest;
import dev.orchestrator.agent.AgentResult;
import dev.orchestrator.agent.Clocks;
import dev.orchestrator.process.ProcessRunner;
import dev.orchestrator.process.Programs;
import dev.orchestrator.secret.Redactor;
import dev.orchestrator.task.Access;
import dev.orchestrator.task.Cancellation;
import dev.orchestrator.testkit.Guards;
import dev.orchestrator.testkit.HostileAgent;
import dev.orchestrator.time.TimeSource;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** One run of each kind of bad agent: it ends in time, is called what it was, and leaves nobody behind. */
@Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
@EnabledOnOs(value = OS.LINUX, disabledReason = "platform: the agent looks into /proc and uses setsid")
class HostileAgentTest {
    private static final Duration NEVER = Duration.ofMinutes(5);
    private static final Duration SHORT = Duration.ofMillis(1200);
    private static final long MOST_OUTPUT = 256 << 20;
    private static final Duration GRACE = Duration.ofSeconds(1);

    @TempDir
    Path temp;

    private Path directory;

    @BeforeEach
    void real_directory() throws IOException {
        directory = temp.toRealPath();
    }

    @AfterEach
    void leave_nobody() {
        HostileAgent.killAllIn(directory);
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(
            delimiter = '|',
            value = {
                "well                         | none          |",
                "hang-at-once                 | timeout_idle  | startup",
                "hang                         | timeout_idle  | idle",
                "ignore-term                  | timeout_idle  | idle",
                "stubborn-grandchildren       | timeout_idle  | idle",
                "setsid-and-result            | none          |",
                "setsid-without-result        | no_result     |",
                "stubborn-setsid-and-result   | none          |",
                "hopping                      | none          |",
                "unmarked-child               | none          |",
                "noise-before-init            | timeout_idle  | idle",
                "noise                        | timeout_idle  | idle",
                "flood                        | none          |",
                "flood-for-ever               | crash         |",
                "tool-flood                   | none          |",
                "long-line                    | none          |",
                "long-result                  | none          |",
                "garbage                      | none          |",
                "odd-types                    | permission    |",
                "deep                         | none          |",
                "no-result                    | no_result     |",
                "nothing                      | no_result     |",
                "result-then-hang             | none          |",
                "result-then-flood            | none          |",
                "segv                         | killed        |",
                "kill                         | killed        |",
                "term                         | killed        |",
                "closes-stdout                | timeout_idle  | idle",
                "closes-stdout-after-result   | none          |",
                "cuts-stream                  | none          |",
                "stretches-stream             | crash         |",
                "deletes-stream               | none          |",
                "floods-stderr                | none          |",
                "leaves-stdin                 | none          |",
                "exit-one-with-result         | none          |",
                "late-result                  | none          | idle",
                "talks                        | timeout_idle  | idle",
            })
    void a_bad_agent_comes_to_an_end(String mode, String category, String shortClock) throws Exception {
        AgentRequest request = request(mode, shortClock);

        AgentResult result = agent().run(request, SilentObserver.INSTANCE, new Cancellation());

        assertThat(ScriptedClaude.failure(result)).isEqualTo(category);
        assertThat(HostileAgent.processesIn(directory)).isEmpty();
        assertThat(((AgentResult.Ended) result).report().text()).hasSizeLessThanOrEqualTo(100_000);
    }

    private AgentRequest request(String mode, String shortClock) throws IOException {
        return Requests.in(
                Files.createDirectories(directory.resolve(mode)),
                Access.WRITE,
                List.of(),
                clocks(String.valueOf(shortClock)),
                TimeSource.system().now());
    }

    private ClaudeAgent agent() throws IOException {
        Path program = HostileAgent.in(directory);
        Map<String, String> environment = Map.of("PATH", "/usr/bin:/bin");
        return new ClaudeAgent(
                () -> new ClaudeOptions("claude", program.toString(), List.of(), List.of(), null, MOST_OUTPUT),
                new ClaudeProgram(new Programs(environment, false)),
                new ProcessRunner(),
                environment,
                Guards.absent(),
                Redactor.SHAPES_ONLY,
                TimeSource.system());
    }

    private static Clocks clocks(String which) {
        return new Clocks(
                "startup".equals(which) ? SHORT : NEVER, "idle".equals(which) ? SHORT : NEVER, NEVER, GRACE, GRACE);
    }
}
