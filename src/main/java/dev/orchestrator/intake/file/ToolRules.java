package dev.orchestrator.intake.file;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The permission rules that a task file may add to its template's, in the agent's own notation. Only those that widen
 * what may be run or fetched, and each by something definite: files are opened by the template and {@code cwd} alone, and
 * a rule without a pattern would take a whole tool away from the guard.
 *
 * <pre>
 * Bash(mvn *)   Bash(npm run test:*)   WebFetch(domain:docs.example.org)   WebSearch
 * </pre>
 */
final class ToolRules {
    /** No parenthesis inside: a rule that ends early and a second one behind it would read as one. */
    private static final Pattern SHAPE = Pattern.compile("([A-Za-z_][A-Za-z0-9_*-]*)(?:\\(([^()]*)\\))?");
    /** The program is spelt out: the first word is no assignment and has no wildcard but the agent's suffix {@code :*}. */
    private static final Pattern COMMAND = Pattern.compile("[^\\s*:=]+(:\\*|\\s.*)?");

    /** With a wildcard in front at least a name and its top level, for {@code *.com} is half of the world. */
    private static final Pattern DOMAIN =
            Pattern.compile("domain:(\\*\\.[A-Za-z0-9-]+\\.)?[A-Za-z0-9-]+(\\.[A-Za-z0-9-]+)*");

    /** One tool of one server, or all of them; a server's name has no two underscores in it, so it is clear where it ends. */
    private static final Pattern SERVER_TOOL =
            Pattern.compile("mcp__[A-Za-z0-9-]+(_[A-Za-z0-9-]+)*(__([A-Za-z0-9_-]+|\\*))?");

    private static final String ACCEPTED =
            "A task may add Bash(<command>) such as Bash(mvn *), WebFetch(domain:<host>), WebSearch, and the MCP tools"
                    + " mcp__<server> or mcp__<server>__<tool>.";

    private ToolRules() {}

    static String rule(Value value) throws TaskRejected {
        Matcher shape = SHAPE.matcher(value.text());
        if (!shape.matches()) {
            throw value.bad(
                    "is not a permission rule",
                    "Write Tool(pattern) without further parentheses, in quotes if it holds a comma. " + ACCEPTED);
        }
        String pattern = shape.group(2) == null ? "" : shape.group(2).strip();
        switch (shape.group(1)) {
            case "Bash" -> require(value, COMMAND.matcher(pattern).matches(), "does not name the program it allows");
            case "WebFetch" -> require(value, DOMAIN.matcher(pattern).matches(), "does not name the host it allows");
            case "WebSearch" -> require(value, shape.group(2) == null, "takes no pattern");
            default ->
                require(value, SERVER_TOOL.matcher(value.text()).matches(), "allows more than a task file may allow");
        }
        return value.text();
    }

    private static void require(Value value, boolean fulfilled, String otherwise) throws TaskRejected {
        if (!fulfilled) {
            throw value.bad(otherwise, ACCEPTED);
        }
    }
}
