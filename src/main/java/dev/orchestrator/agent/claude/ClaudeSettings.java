package dev.orchestrator.agent.claude;

import com.fasterxml.jackson.databind.JsonNode;
import dev.orchestrator.agent.AgentRequest;
import dev.orchestrator.guard.OwnFiles;
import dev.orchestrator.guard.ProtectedNames;
import dev.orchestrator.guard.ProtectedPlaces;
import dev.orchestrator.guard.SecretFiles;
import dev.orchestrator.guard.project.Hook;
import dev.orchestrator.guard.project.Hooks;
import dev.orchestrator.guard.project.Standing;
import dev.orchestrator.json.Json;
import dev.orchestrator.task.Access;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/**
 * The settings file of one run: the layer of protection that holds whoever is dead. With {@code dontAsk} everything is
 * refused that no rule here allows; a deny rule wins over every allow rule. Sample, for a home that is itself the
 * working directory:
 *
 * <pre>
 * {"permissions":{"allow":["Read(./**)","Edit(./**)"],
 *                 "deny":["Edit(./tasks/**)","Edit(./results/**)","Read(./**&#47;.env)","Edit(./**&#47;.env)"]},
 *  "disableAllHooks":false,
 *  "hooks":{"PreToolUse":[{"matcher":"*","hooks":[{"type":"http","url":"http://127.0.0.1:41234/8x...","timeout":10}]}]}}
 * </pre>
 */
final class ClaudeSettings {
    private static final List<String> BOTH = List.of("Edit", "Read");
    /** Nothing lies below it, so rules are written with absolute paths; those hold whatever the case of a name. */
    private static final Path NOWHERE = Path.of("nowhere");

    /** Longer than any answer takes; behind it the program goes by these rules alone. */
    private static final int GUARD_TIMEOUT_SECONDS = 10;

    private final Function<AgentRequest, OwnFiles> ownFiles;

    /** @param ownFiles what a run may not touch, whatever its roots */
    ClaudeSettings(Function<AgentRequest, OwnFiles> ownFiles) {
        this.ownFiles = ownFiles;
    }

    /**
     * @param secrets names of files that no agent may touch
     * @param guard where the run has to ask before each call
     */
    byte[] of(AgentRequest request, SecretFiles secrets, Optional<URI> guard) {
        return of(request, secrets, guard, new Standing.Off());
    }

    /** @param project what of the repository's own settings counts */
    byte[] of(AgentRequest request, SecretFiles secrets, Optional<URI> guard, Standing project) {
        Map<String, Object> permissions = new LinkedHashMap<>();
        permissions.put("allow", allow(request));
        permissions.put("deny", deny(request, secrets));
        Map<String, Object> settings = new LinkedHashMap<>();
        settings.put("permissions", permissions);
        // Said outright, so that no other settings file can switch the guard's hooks off.
        settings.put("disableAllHooks", false);
        Map<String, List<Object>> hooks = hooks(guard, project);
        if (!hooks.isEmpty()) {
            settings.put("hooks", hooks);
        }
        return Json.document(settings);
    }

    /** The guard's stands first: there it is looked for, when it is to be found again. */
    private static Map<String, List<Object>> hooks(Optional<URI> guard, Standing project) {
        Map<String, List<Object>> hooks = new LinkedHashMap<>();
        guard.ifPresent(address -> hooks.computeIfAbsent(Hooks.BEFORE_A_CALL, any -> new ArrayList<>())
                .add(asking(address)));
        if (project instanceof Standing.Trusted trusted) {
            for (Hook hook : trusted.settings().hooks()) {
                hooks.computeIfAbsent(hook.event(), any -> new ArrayList<>()).add(Hooks.group(hook, trusted.top()));
            }
        }
        return hooks;
    }

    private static Map<String, Object> asking(URI guard) {
        Map<String, Object> ask = Map.of("type", "http", "url", guard.toString(), "timeout", GUARD_TIMEOUT_SECONDS);
        return Map.of("matcher", "*", "hooks", List.of(ask));
    }

    /** Where a run with {@code settings} asks; empty when nowhere. */
    static Optional<URI> guard(JsonNode settings) {
        String url = settings.at("/hooks/PreToolUse/0/hooks/0/url").asText();
        try {
            return url.isEmpty() ? Optional.empty() : Optional.of(new URI(url));
        } catch (URISyntaxException e) {
            return Optional.empty();
        }
    }

    /** Commands and addresses are not in it: only the guard grants those, so that none is granted when it is gone. */
    private static List<String> allow(AgentRequest request) {
        List<String> rules = new ArrayList<>();
        rules.add(PathRule.here("Read"));
        for (Path root : request.readRoots()) {
            if (!root.equals(request.directory())) {
                rules.add(PathRule.under("Read", root, request.directory()));
            }
        }
        if (request.access() == Access.WRITE) {
            rules.add(PathRule.here("Edit"));
        }
        return rules;
    }

    private List<String> deny(AgentRequest request, SecretFiles secrets) {
        Set<String> rules = new LinkedHashSet<>();
        OwnFiles own = ownFiles.apply(request);
        Path workingDirectory = request.directory();
        for (Path from : own.caseIgnored() ? List.of(workingDirectory, NOWHERE) : List.of(workingDirectory)) {
            own.directories().forEach(directory -> rules.add(PathRule.under("Edit", directory, from)));
            for (Path hidden : own.hidden()) {
                // Of a directory that is all that is in it, too.
                BOTH.forEach(tool -> rules.add(PathRule.exactly(tool, hidden, from)));
            }
        }
        for (String name : ProtectedNames.all()) {
            rules.add(PathRule.anywhere("Edit", workingDirectory, name, workingDirectory));
        }
        for (Path place : ProtectedPlaces.in(workingDirectory)) {
            rules.add(PathRule.exactly("Edit", place, workingDirectory));
        }
        List<Path> roots = new ArrayList<>(request.readRoots());
        roots.add(workingDirectory);
        for (Path root : roots) {
            for (String name : secrets.names()) {
                BOTH.forEach(tool -> rules.add(PathRule.anywhere(tool, root, name, workingDirectory)));
            }
        }
        return List.copyOf(rules);
    }
}
