package dev.orchestrator.agent.command;

import java.nio.file.Path;
import java.util.Map;

/**
 * Where programs run.
 *
 * @param environment the daemon's own, of which a run sees a part
 * @param enclosing puts them into the sandbox
 * @param copies where the copies are in which guarded tasks work; its real path, which is the one that git compares
 */
public record CommandMachine(Map<String, String> environment, Enclosing enclosing, Path copies, boolean windows) {

    public CommandMachine {
        environment = Map.copyOf(environment);
    }
}
