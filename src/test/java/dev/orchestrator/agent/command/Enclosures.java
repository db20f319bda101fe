package dev.orchestrator.agent.command;

import dev.orchestrator.agent.claude.Confinement;
import dev.orchestrator.guard.SecretFiles;
import dev.orchestrator.guard.sandbox.Sandbox;
import dev.orchestrator.guard.sandbox.SandboxMode;
import dev.orchestrator.time.TimeSource;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** The sandbox of this machine, for tests. */
final class Enclosures {
    static final Map<String, String> PATH = Map.of("PATH", "/usr/bin:/bin");

    private Enclosures() {}

    static Enclosing of(Map<String, String> environment) {
        return of(environment, SandboxMode.AUTO, List.of());
    }

    /** @param hidden what belongs to the orchestrator */
    static Enclosing of(Map<String, String> environment, SandboxMode mode, List<Path> hidden) {
        Sandbox sandbox = Sandbox.ofThisMachine(() -> mode, environment, TimeSource.system());
        Confinement confinement = new Confinement(sandbox, new Confinement.Own(hidden, List.of(), List.of()), List::of);
        return (command, request, writable, seen) ->
                confinement.enclose(command, request, writable, seen, new SecretFiles(SecretFiles.USUAL));
    }

    /** Whether there is one. */
    static boolean areThere() throws InterruptedException {
        Sandbox sandbox = Sandbox.ofThisMachine(() -> SandboxMode.REQUIRE, PATH, TimeSource.system());
        return sandbox.lack().isEmpty();
    }
}
