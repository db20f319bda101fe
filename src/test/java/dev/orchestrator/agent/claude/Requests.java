package dev.orchestrator.agent.claude;

import dev.orchestrator.agent.AgentRequest;
import dev.orchestrator.agent.Clocks;
import dev.orchestrator.process.RunFiles;
import dev.orchestrator.task.Access;
import dev.orchestrator.task.TaskId;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Requests for tests: what a case does not care about has a value that changes nothing. */
final class Requests {
    /** Of its own for every JVM: what runs leave behind is looked for on the whole machine by this id, and stopped. */
    static final String SESSION = UUID.randomUUID().toString();

    static final Clocks PATIENT = new Clocks(
            Duration.ofMinutes(1),
            Duration.ofMinutes(1),
            Duration.ofMinutes(1),
            Duration.ofMinutes(1),
            Duration.ofMinutes(1));

    private Requests() {}

    static AgentRequest in(Path directory) {
        return in(directory, Access.WRITE, List.of(), List.of());
    }

    static AgentRequest in(Path directory, Access access, List<Path> readRoots, List<String> tools) {
        return with(directory, access, readRoots, tools, false, null, null, null, PATIENT, Instant.EPOCH);
    }

    static AgentRequest in(Path directory, Access access, List<Path> readRoots, Clocks clocks, Instant startedAt) {
        return with(directory, access, readRoots, List.of(), false, null, null, null, clocks, startedAt);
    }

    static AgentRequest with(
            Path directory,
            Access access,
            List<Path> readRoots,
            List<String> tools,
            boolean resume,
            @Nullable String model,
            @Nullable Integer maxTurns,
            @Nullable BigDecimal budget,
            Clocks clocks,
            Instant startedAt) {
        return with(directory, access, readRoots, tools, resume, model, maxTurns, budget, null, clocks, startedAt);
    }

    /** One that wants an object besides. */
    static AgentRequest wanting(Path directory, String schema) {
        return with(
                directory, Access.READ, List.of(), List.of(), false, null, null, null, schema, PATIENT, Instant.EPOCH);
    }

    private static AgentRequest with(
            Path directory,
            Access access,
            List<Path> readRoots,
            List<String> tools,
            boolean resume,
            @Nullable String model,
            @Nullable Integer maxTurns,
            @Nullable BigDecimal budget,
            @Nullable String outputSchema,
            Clocks clocks,
            Instant startedAt) {
        return new AgentRequest(
                TaskId.parse("t"),
                startedAt,
                SESSION,
                resume,
                BigDecimal.ZERO,
                "do it",
                directory,
                directory,
                readRoots,
                access,
                tools,
                model,
                maxTurns,
                budget,
                clocks,
                outputSchema,
                new RunFiles(directory.resolve("run"), 1, 1));
    }
}
