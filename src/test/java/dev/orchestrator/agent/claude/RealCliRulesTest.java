package dev.orchestrator.agent.claude;

import static dev.orchestrator.testkit.Script.script;
import static org.assertj.core.api.Assertions.assertThat;

import dev.orchestrator.agent.AgentRequest;
import dev.orchestrator.agent.AgentResult;
import dev.orchestrator.agent.RunObserver;
import dev.orchestrator.agent.ToolCall;
import dev.orchestrator.guard.Refusal;
import dev.orchestrator.process.ProcessRunner;
import dev.orchestrator.process.Programs;
import dev.orchestrator.secret.Redactor;
import dev.orchestrator.task.Access;
import dev.orchestrator.task.Cancellation;
import dev.orchestrator.testkit.Guards;
import dev.orchestrator.testkit.RealClaude;
import dev.orchestrator.testkit.Script;
import dev.orchestrator.testkit.ScriptedApi;
import dev.orchestrator.time.TimeSource;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** What the real CLI makes of the rules that are written for unusual names. */
@EnabledOnOs(value = OS.LINUX, disabledReason = "platform: such names, and such rules about case, exist only there")
class RealCliRulesTest {
    @TempDir
    Path temp;

    @Test
    void a_rule_names_its_directory_and_no_other_but_for_the_case() throws Exception {
        List<Path> granted = List.of(file("a[bc]d"), file("e*f"), file("g\\h"));
        List<Path> others = List.of(file("abd"), file("exf"), file("gh"));
        Path otherCase = file("E*F");
        Script reads = script();
        for (Path each : List.of(granted, others, List.of(otherCase)).stream()
                .flatMap(List::stream)
                .toList()) {
            reads = reads.tool("Read", Map.of("file_path", each.toString()));
        }

        Heard heard = new Heard();
        AgentResult.Ended ended = (AgentResult.Ended)
                run(reads.text("done"), granted.stream().map(Path::getParent).toList(), heard);

        assertThat(ended.report().denials().stream().map(ToolCall::target))
                .containsExactlyInAnyOrderElementsOf(
                        others.stream().map(Path::toString).toList());
        assertThat(heard.used.stream().filter(ToolCall::succeeded).count())
                .as("the granted ones, and one that differs in case, which an absolute rule does not see")
                .isEqualTo(granted.size() + 1);
    }

    private AgentResult run(Script says, List<Path> readRoots, RunObserver observer) throws Exception {
        Path claude = RealClaude.require();
        Path config = Files.createDirectory(temp.resolve("config"));
        try (ScriptedApi api = ScriptedApi.start(says)) {
            Map<String, String> environment = RealClaude.environment(config, api);
            ClaudeAgent agent = new ClaudeAgent(
                    () -> new ClaudeOptions(claude.toString(), List.of(), List.of(), null),
                    new ClaudeProgram(new Programs(environment, false)),
                    new ProcessRunner(),
                    environment,
                    Guards.absent(),
                    Redactor.SHAPES_ONLY,
                    TimeSource.system());
            return agent.run(request(readRoots), observer, new Cancellation());
        }
    }

    private AgentRequest request(List<Path> readRoots) throws IOException {
        Path project = Files.createDirectory(temp.toRealPath().resolve("project"));
        return Requests.in(
                project,
                Access.READ,
                readRoots,
                Requests.PATIENT,
                TimeSource.system().now());
    }

    private Path file(String directory) throws IOException {
        return Files.writeString(
                Files.createDirectory(temp.toRealPath().resolve(directory)).resolve("f.txt"), "text\n");
    }

    private static final class Heard implements RunObserver {
        private final List<ToolCall> used = new ArrayList<>();

        @Override
        public void started(long pid, @Nullable Instant processStartedAt, boolean adopted) {}

        @Override
        public void answered() {}

        @Override
        public void toolUsed(ToolCall call) {
            used.add(call);
        }

        @Override
        public void refused(ToolCall call, Refusal refusal) {}

        @Override
        public boolean directoryChanged() {
            return false;
        }
    }
}
