package dev.orchestrator.agent.claude;

import dev.orchestrator.agent.AgentReport;
import dev.orchestrator.agent.AgentRequest;
import dev.orchestrator.files.AtomicFile;
import dev.orchestrator.files.PrivateFile;
import dev.orchestrator.guard.project.Standing;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.util.List;

/**
 * What of a repository's own settings counts for a run, written down with it: whoever follows the run later judges it by what
 * it was given, whatever is trusted by then.
 */
final class RunProject {
    /** As artifacts have it. */
    private static final String OFF = "off";

    private static final String TRUSTED = AgentReport.TRUSTED;
    private static final String CHANGED = "changed";

    private RunProject() {}

    /** Before the run starts. */
    static void write(AgentRequest request, Standing project) throws IOException {
        if (!(project instanceof Standing.Off)) {
            PrivateFile.createDirectories(request.files().directory());
            String word = project instanceof Standing.Trusted ? TRUSTED : CHANGED;
            PrivateFile.write(request.files().project(), (word + "\n").getBytes(StandardCharsets.UTF_8));
        }
    }

    /** True when the run has any. What the program reads is what was trusted, and not what lies in the repository. */
    static boolean writeServers(AgentRequest request, Standing project) throws IOException {
        if (project instanceof Standing.Trusted trusted
                && !trusted.settings().servers().isEmpty()) {
            AtomicFile.write(request.files().servers(), trusted.settings().serversFile());
            return true;
        }
        return false;
    }

    /** In one word, of a run that was started. */
    static String of(AgentRequest request) {
        try {
            String word = Files.readString(request.files().project()).strip();
            return word.equals(TRUSTED) ? TRUSTED : CHANGED;
        } catch (IOException e) {
            return OFF;
        }
    }

    static boolean isTrusted(AgentRequest request) {
        return of(request).equals(TRUSTED);
    }

    /** What its task grants it: tools of servers only when the servers are those that somebody trusts. */
    static List<String> grants(AgentRequest request) {
        boolean servers = isTrusted(request);
        return request.allowedTools().stream()
                .filter(rule -> servers || !rule.startsWith("mcp__"))
                .toList();
    }
}
