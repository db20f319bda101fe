package dev.orchestrator.config;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Reads {@code .env}, which other programs may share:
 *
 * <pre>
 * # a comment
 * ORCHESTRATOR_WORKERS=4
 * export ORCHESTRATOR_CLAUDE_MODEL="sonnet"   # quotes only delimit; a backslash is a backslash
 * ORCHESTRATOR_CLAUDE_BASE_DIR=C:\Users\me\code
 * </pre>
 *
 * <p>The last of several lines for one name counts, as in a shell. Lines of another shape belong to others; only where
 * they look like ours is that noted.
 */
final class DotEnv {
    private static final Pattern LINE =
            Pattern.compile("\\s*(?:export\\s+)?(?<name>[A-Za-z_][A-Za-z0-9_.-]*)\\s*=\\s*(?<value>.*)");
    private static final Pattern QUOTED = Pattern.compile("(?<quote>[\"'])(?<text>.*?)\\k<quote>\\s*(#.*)?");
    private static final Pattern COMMENT = Pattern.compile("(^|\\s+)#.*");
    private static final Pattern OURS = Pattern.compile("\\s*(export\\s+)?" + Setting.PREFIX + ".*");

    private DotEnv() {}

    static List<Variable> read(Path file, Findings findings) {
        Map<String, Variable> variables = new TreeMap<>();
        String[] lines = SettingsFile.read(file, findings).split("\\R");
        for (int index = 0; index < lines.length; index++) {
            String source = ".env line " + (index + 1);
            Matcher line = LINE.matcher(lines[index]);
            if (line.matches()) {
                String name = line.group("name");
                Variable before = variables.put(name, new Variable(name, value(line.group("value")), source));
                if (before != null && OURS.matcher(lines[index]).matches()) {
                    findings.note(before.source() + " is ignored: " + name + " is given once more, in " + source + ".");
                }
            } else if (OURS.matcher(lines[index]).matches()) {
                findings.note(source + " is ignored: it is not of the form NAME=value.");
            }
        }
        return new ArrayList<>(variables.values());
    }

    private static String value(String written) {
        Matcher quoted = QUOTED.matcher(written);
        return quoted.matches()
                ? quoted.group("text")
                : COMMENT.matcher(written).replaceFirst("").strip();
    }
}
