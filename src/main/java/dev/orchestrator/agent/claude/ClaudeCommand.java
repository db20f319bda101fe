package dev.orchestrator.agent.claude;

import dev.orchestrator.agent.AgentRequest;
import dev.orchestrator.task.Access;
import java.util.ArrayList;
import java.util.List;

/**
 * The command line of one run. Pure. It holds fixed flags and checked values only: the prompt goes through standard input,
 * rules go through the settings file, secrets go nowhere.
 */
final class ClaudeCommand {
    private static final List<String> READING = List.of("Read", "Grep", "Glob");
    private static final List<String> WRITING = List.of("Read", "Grep", "Glob", "Edit", "Write", "NotebookEdit");

    private ClaudeCommand() {}

    /** @param program the program, with leading arguments if it needs some to start */
    static List<String> of(List<String> program, AgentRequest request) {
        return of(program, request, false);
    }

    /** @param servers whether the run has MCP servers of its own */
    static List<String> of(List<String> program, AgentRequest request, boolean servers) {
        List<String> command = new ArrayList<>(program);
        command.addAll(List.of("-p", "--output-format", "stream-json", "--verbose"));
        // Before the empty argument: the JDK shows the arguments of other processes only up to one, and a later daemon
        // looks
        // for the session among them.
        command.addAll(List.of(request.resume() ? "--resume" : "--session-id", request.sessionId()));
        // Nothing of the user's or the repository's own settings, hooks or servers applies to an unattended run.
        command.addAll(List.of("--setting-sources", "", "--strict-mcp-config"));
        if (servers) {
            command.addAll(List.of("--mcp-config", request.files().servers().toString()));
        }
        command.addAll(List.of("--settings", request.files().settings().toString()));
        command.addAll(List.of("--permission-mode", "dontAsk"));
        command.addAll(List.of("--tools", String.join(",", tools(request))));
        if (request.model() != null) {
            command.addAll(List.of("--model", request.model()));
        }
        if (request.maxTurns() != null) {
            command.addAll(List.of("--max-turns", request.maxTurns().toString()));
        }
        if (request.maxBudgetUsd() != null) {
            command.addAll(List.of("--max-budget-usd", request.maxBudgetUsd().toPlainString()));
        }
        return command;
    }

    /** The tools that exist for the run; whether a call is granted is then up to the rules. */
    static List<String> tools(AgentRequest request) {
        List<String> tools = new ArrayList<>(request.access() == Access.WRITE ? WRITING : READING);
        for (String rule : request.allowedTools()) {
            String tool = rule.contains("(") ? rule.substring(0, rule.indexOf('(')) : rule;
            // Those of a server are there when the server is.
            if (!tools.contains(tool) && !tool.startsWith("mcp__")) {
                tools.add(tool);
            }
        }
        return tools;
    }
}
