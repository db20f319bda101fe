package dev.orchestrator.guard;

import dev.orchestrator.guard.Refusal.Kind;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Whether a call of a tool may happen, for one task. The one place where that is decided: the guard asks it before a call, and
 * afterwards for calls that happened while no guard was there. It looks at the disk, to see where paths lead, and does nothing
 * else. Thread-safe.
 */
public final class Policy {
    private static final Map<String, String> READING =
            Map.of("Read", "file_path", "NotebookRead", "notebook_path", "LS", "path");
    private static final Map<String, String> CHANGING = Map.of(
            "Write", "file_path", "Edit", "file_path", "MultiEdit", "file_path", "NotebookEdit", "notebook_path");
    private static final Set<String> SEARCHING = Set.of("Grep", "Glob");
    /** What a command leaves running is looked at and ended with these; without a command they have nothing to do. */
    private static final Set<String> ABOUT_COMMANDS =
            Set.of("BashOutput", "KillShell", "KillBash", "TaskOutput", "TaskStop");
    /** Notes of the agent for itself. */
    private static final Set<String> WITHOUT_EFFECT = Set.of("TodoWrite", "StructuredOutput");

    private static final String COMMAND = "Bash";

    private final PathPolicy paths;
    private final CommandPolicy commands;
    private final WebPolicy web;
    private final ServerPolicy servers;

    public Policy(Bounds bounds, OwnFiles own, SecretFiles secrets) {
        this.paths = new PathPolicy(bounds, own, secrets);
        this.commands = new CommandPolicy(bounds.grants(), paths);
        this.web = new WebPolicy(bounds.grants());
        this.servers = new ServerPolicy(bounds.grants());
    }

    public Decision decide(ToolUse use) {
        String tool = use.tool();
        if (READING.containsKey(tool)) {
            return unlessRefused(onPath(use, READING.get(tool), false));
        }
        if (CHANGING.containsKey(tool)) {
            return unlessRefused(onPath(use, CHANGING.get(tool), true));
        }
        if (SEARCHING.contains(tool)) {
            return unlessRefused(search(use));
        }
        if (COMMAND.equals(tool)) {
            return commands.decide(use);
        }
        if (WebPolicy.TOOLS.contains(tool)) {
            return web.decide(use);
        }
        if (servers.grants(tool)) {
            return new Decision.Granted();
        }
        boolean harmless = WITHOUT_EFFECT.contains(tool) || (ABOUT_COMMANDS.contains(tool) && commands.grantAny());
        return harmless
                ? new Decision.Unopposed()
                : new Decision.Refused(new Refusal(Kind.TOOL, "this task does not have the tool " + tool, null, null));
    }

    private static Decision unlessRefused(Optional<Refusal> refusal) {
        return refusal.<Decision>map(Decision.Refused::new).orElseGet(Decision.Unopposed::new);
    }

    private Optional<Refusal> onPath(ToolUse use, @Nullable String parameter, boolean changes) {
        Optional<String> target = use.input(String.valueOf(parameter));
        if (target.isEmpty()) {
            return Optional.of(new Refusal(Kind.UNCLEAR, "it names no file", null, null));
        }
        return changes ? paths.changing(target.get(), use.cwd()) : paths.reading(target.get(), use.cwd(), use.notes());
    }

    /** A search reads where it starts, and a pattern may lead away from there. */
    private Optional<Refusal> search(ToolUse use) {
        String start = use.input("path").orElse(use.cwd().toString());
        Optional<Refusal> refusal = paths.reading(start, use.cwd(), use.notes());
        if (refusal.isPresent()) {
            return refusal;
        }
        for (String pattern : patterns(use)) {
            Optional<String> fixed =
                    pattern.length() > PathPolicy.LONGEST_PATH ? Optional.empty() : SearchPattern.beginning(pattern);
            if (fixed.isEmpty()) {
                return Optional.of(new Refusal(
                        Kind.UNCLEAR,
                        "nobody can tell where the pattern leads: it is too long, or climbs behind a *",
                        pattern.length() > PathPolicy.LONGEST_PATH ? null : pattern,
                        null));
            }
            if (!fixed.get().isEmpty()) {
                refusal = paths.reading(fixed.get(), use.cwd().resolve(start), use.notes())
                        .map(why -> new Refusal(why.kind(), why.reason(), pattern, why.realPath()));
            }
            if (refusal.isPresent()) {
                return refusal;
            }
        }
        return Optional.empty();
    }

    private static List<String> patterns(ToolUse use) {
        List<String> patterns = new ArrayList<>();
        if ("Glob".equals(use.tool())) {
            use.input("pattern").ifPresent(patterns::add);
        }
        use.input("glob").ifPresent(patterns::add);
        return patterns;
    }
}
