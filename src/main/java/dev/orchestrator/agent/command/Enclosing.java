package dev.orchestrator.agent.command;

import dev.orchestrator.agent.AgentRequest;
import dev.orchestrator.guard.sandbox.Sandbox;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** Puts the process of a run into the sandbox, or refuses; never lets it run in the open. */
@FunctionalInterface
public interface Enclosing {

    /**
     * @param writable what it may change besides its directory, if it may change that
     * @param environment that it is going to have
     */
    Sandbox.Entry enter(
            List<String> command, AgentRequest request, List<Path> writable, Map<String, String> environment)
            throws IOException, InterruptedException;
}
