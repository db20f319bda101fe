package dev.orchestrator.agent.claude;

import dev.orchestrator.agent.AgentRequest;
import dev.orchestrator.json.Json;
import dev.orchestrator.task.Access;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The settings file of one run: the layer of protection that holds whoever is dead. With {@code dontAsk} everything is
 * refused that no rule here allows; a deny rule wins over every allow rule. Pure. Sample, for a home that is itself the
 * working directory:
 *
 * <pre>
 * {"permissions":{"allow":["Read(./**)","Edit(./**)"],
 *                 "deny":["Edit(./tasks/**)","Edit(./results/**)","Read(./.env)","Edit(./.env)"]},
 *  "disableAllHooks":false}
 * </pre>
 */
final class ClaudeSettings {
    /** Nothing lies below it, so rules are written with absolute paths; those hold whatever the case of a name. */
    private static final Path NOWHERE = Path.of("nowhere");

    private final List<Path> ownDirectories;
    private final List<Path> ownFiles;
    private final boolean caseIgnored;

    /**
     * @param ownDirectories the orchestrator's own, which no agent may change
     * @param ownFiles the orchestrator's own, which no agent may read or change
     * @param caseIgnored true when {@code Tasks} and {@code tasks} are one directory
     */
    ClaudeSettings(List<Path> ownDirectories, List<Path> ownFiles, boolean caseIgnored) {
        this.ownDirectories = List.copyOf(ownDirectories);
        this.ownFiles = List.copyOf(ownFiles);
        this.caseIgnored = caseIgnored;
    }

    byte[] of(AgentRequest request) {
        Map<String, Object> permissions = new LinkedHashMap<>();
        permissions.put("allow", allow(request));
        permissions.put("deny", deny(request.directory()));
        Map<String, Object> settings = new LinkedHashMap<>();
        settings.put("permissions", permissions);
        // Said outright, so that no other settings file can switch the guard's hooks off.
        settings.put("disableAllHooks", false);
        return Json.document(settings);
    }

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
        rules.addAll(request.allowedTools());
        return rules;
    }

    private List<String> deny(Path workingDirectory) {
        Set<String> rules = new LinkedHashSet<>();
        for (Path from : caseIgnored ? List.of(workingDirectory, NOWHERE) : List.of(workingDirectory)) {
            ownDirectories.forEach(directory -> rules.add(PathRule.under("Edit", directory, from)));
            for (Path file : ownFiles) {
                rules.add(PathRule.exactly("Edit", file, from));
                rules.add(PathRule.exactly("Read", file, from));
            }
        }
        return List.copyOf(rules);
    }
}
