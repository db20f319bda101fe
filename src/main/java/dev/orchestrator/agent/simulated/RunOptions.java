package dev.orchestrator.agent.simulated;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * What the arguments of {@code claude} say that matters here. All others are accepted and mean nothing without a model.
 *
 * @param tools that exist for the run
 * @param settings the file with the permission rules
 */
record RunOptions(List<String> tools, Path settings, String sessionId) {

    static RunOptions parse(List<String> args) {
        String tools = value(args, "--tools").orElseThrow(() -> missing("--tools"));
        String settings = value(args, "--settings").orElseThrow(() -> missing("--settings"));
        String session = value(args, "--session-id")
                .or(() -> value(args, "--resume"))
                .orElseThrow(() -> missing("--session-id"));
        return new RunOptions(List.of(tools.split(",", -1)), Path.of(settings), session);
    }

    private static Optional<String> value(List<String> args, String name) {
        int at = args.indexOf(name);
        return at < 0 || at + 1 == args.size() ? Optional.empty() : Optional.of(args.get(at + 1));
    }

    private static BadUsage missing(String name) {
        return new BadUsage("the option " + name + " is missing");
    }
}
