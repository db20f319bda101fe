package dev.orchestrator.guard;

import java.util.List;

/** Whether a task may use a tool of an MCP server. Pure. */
final class ServerPolicy {
    private static final String ALL = "__*";
    private final List<String> rules;

    /** @param rules of the task, of which {@code mcp__SERVER__TOOL}, {@code mcp__SERVER__*} and {@code mcp__SERVER} count */
    ServerPolicy(List<String> rules) {
        this.rules = rules.stream().filter(rule -> rule.startsWith("mcp__")).toList();
    }

    boolean grants(String tool) {
        return rules.stream().anyMatch(rule -> grants(rule, tool));
    }

    private static boolean grants(String rule, String tool) {
        String server = rule.endsWith(ALL) ? rule.substring(0, rule.length() - ALL.length()) : rule;
        // A server's name has no two underscores in it: of a rule that has them later, this is a tool, which has no
        // part.
        boolean whole = server.indexOf("__", "mcp__".length()) < 0;
        return rule.equals(tool) || (whole && tool.startsWith(server + "__"));
    }
}
