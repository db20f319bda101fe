package dev.orchestrator.agent.claude;

import dev.orchestrator.agent.AgentRequest;
import dev.orchestrator.agent.AgentResult;
import dev.orchestrator.agent.Clocks;
import dev.orchestrator.agent.RunObserver;
import dev.orchestrator.process.ProcessRunner;
import dev.orchestrator.process.Programs;
import dev.orchestrator.secret.Redactor;
import dev.orchestrator.task.Access;
import dev.orchestrator.task.AttemptView;
import dev.orchestrator.task.Cancellation;
import dev.orchestrator.testkit.Guards;
import dev.orchestrator.time.TimeSource;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/** The agent, with tiny shell scripts in the place of the CLI that speak its language. */
final class ScriptedClaude {
    static final Duration NEVER = Duration.ofMinutes(5);
    static final Duration GRACE = Duration.ofSeconds(3);
    static final String INIT = say("'type':'system','subtype':'init','session_id':'s'");
    static final String SUCCESS = result("'is_error':false,'subtype':'success','result':'done'");
    static final String WAIT = "while true; do sleep 0.05; done\n";
    private static final Duration SHORT = Duration.ofMillis(400);

    final Cancellation cancellation = new Cancellation();
    private final Path directory;

    ScriptedClaude(Path directory) {
        this.directory = directory;
    }

    AgentResult run(String script, Clocks clocks) throws Exception {
        return run(script, clocks, SilentObserver.INSTANCE);
    }

    AgentResult run(String script, Clocks clocks, RunObserver observer) throws Exception {
        return agent(script).run(request(clocks), observer, cancellation);
    }

    ClaudeAgent agent(String script) throws Exception {
        Path program = directory.resolve("agent.sh");
        Files.writeString(program, "#!/bin/sh\n" + script);
        Files.setPosixFilePermissions(program, PosixFilePermissions.fromString("rwxr-xr-x"));
        return agent();
    }

    /** With the script that is there, if there is one. Everything that it starts has {@link #mark} in its environment. */
    ClaudeAgent agent() {
        Path program = directory.resolve("agent.sh");
        Map<String, String> environment = Map.of("PATH", "/usr/bin:/bin", "TEST_RUN", directory.toString());
        return new ClaudeAgent(
                () -> new ClaudeOptions(program.toString(), List.of(), List.of("TEST_RUN"), null),
                new ClaudeProgram(new Programs(environment, false)),
                new ProcessRunner(),
                environment,
                Guards.absent(),
                Redactor.SHAPES_ONLY,
                TimeSource.system());
    }

    String mark() {
        return "TEST_RUN=" + directory;
    }

    AgentRequest request(Clocks clocks) {
        return Requests.in(
                directory, Access.WRITE, List.of(), clocks, TimeSource.system().now());
    }

    /** As the journal knows it before its process is known. */
    AttemptView attempt() {
        AgentRequest request = request(clocks("none"));
        return new AttemptView(
                1, 1, new AttemptView.Begin("claude", request.sessionId(), false, request.startedAt(), null, null));
    }

    Path stream() {
        return request(clocks("none")).files().stream();
    }

    /** The clock called {@code which} is short, the others never run out. */
    static Clocks clocks(String which) {
        return new Clocks(
                "startup".equals(which) ? SHORT : NEVER,
                "idle".equals(which) ? SHORT : NEVER,
                "total".equals(which) ? SHORT : NEVER,
                NEVER,
                GRACE);
    }

    /** The category of the failure, or {@code none}. */
    static String failure(AgentResult result) {
        AgentResult.Ended ended = (AgentResult.Ended) result;
        return ended.failure() == null ? "none" : ended.failure().category().toString();
    }

    static String whenStopped(String says) {
        return "last_words() {\n" + says + "exit 0\n}\ntrap last_words TERM\n";
    }

    static String result(String fields) {
        return say("'type':'result'," + fields
                + ",'num_turns':1,'total_cost_usd':0.5,'modelUsage':{'m':{'outputTokens':7}}");
    }

    private static String say(String fields) {
        return "echo '{" + fields.replace('\'', '"') + "}'\n";
    }
}
