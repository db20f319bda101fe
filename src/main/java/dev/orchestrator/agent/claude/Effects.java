package dev.orchestrator.agent.claude;

import dev.orchestrator.agent.ToolCall;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * Tells a tool call that is to change something from one that only looks. A tool that is not known, such as one of an MCP
 * server, is taken to change something. Pure.
 */
final class Effects {
    /** Calls of a subagent tell themselves; starting one changes nothing. */
    private static final Set<String> LOOKING = Set.of(
            "Read",
            "Grep",
            "Glob",
            "LS",
            "NotebookRead",
            "WebFetch",
            "WebSearch",
            "BashOutput",
            "TaskOutput",
            "ListMcpResourcesTool",
            "ReadMcpResourceTool",
            "ToolSearch",
            "Skill",
            "Task",
            "Agent",
            "ListAgents",
            "TodoWrite",
            "TaskCreate",
            "TaskGet",
            "TaskList",
            "TaskUpdate",
            "AskUserQuestion",
            "EnterPlanMode",
            "ExitPlanMode",
            "ReportFindings",
            "StructuredOutput");

    /** One plain command that only prints: the program runs such commands without asking for permission. */
    private static final Pattern LOOKING_COMMAND = Pattern.compile(
            "(ls|cat|head|tail|wc|pwd|stat|file|tree|grep|rg|diff|echo|git (status|log|diff|show))( [^;&|<>`$()\\n\\r]*)?");

    private Effects() {}

    static boolean wanted(ToolCall call) {
        if (call.tool().equals("Bash")) {
            return call.target() == null
                    || !LOOKING_COMMAND.matcher(call.target().strip()).matches();
        }
        return !LOOKING.contains(call.tool());
    }
}
