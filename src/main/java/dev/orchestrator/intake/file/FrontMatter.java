package dev.orchestrator.intake.file;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.NodeTuple;

/**
 * The YAML block in front of the Markdown, split off and read as keys and nodes.
 *
 * <pre>
 * ---
 * id: fix-login
 * ---
 * Markdown
 * </pre>
 *
 * <p>The block starts only in the very first line, and the first line that is {@code ---} or {@code ...} at column 0
 * ends it, whatever surrounds that line: YAML itself takes such a line for the end of the document even inside a quoted
 * value, and the text of a block scalar is indented.
 *
 * @param fields in the order of the file, no key twice
 * @param bodyLine number of the first line of {@code body}, counted from 1
 */
record FrontMatter(Map<String, Field> fields, String body, int bodyLine) {
    private static final String MARKER = "---";
    private static final String INVISIBLE = "[\\s\\p{Z}\\p{Cf}]*+";
    /** A blank line, or dashes of any kind: word processors turn three hyphens into one of them. */
    private static final Pattern DECORATION = Pattern.compile(INVISIBLE + "[-\u2010-\u2015\u2212]*+" + INVISIBLE);

    private static final Pattern KEY = Pattern.compile(INVISIBLE + "([a-z_]++)\\s*:(\\s.*)?");

    static FrontMatter of(String text) throws TaskRejected {
        return of(text, FrontMatterKeys::isKey);
    }

    /** @param isKey what must not stand outside of the front matter */
    static FrontMatter of(String text, Predicate<String> isKey) throws TaskRejected {
        List<String> lines = text.lines().toList();
        if (text.isBlank()) {
            throw new TaskRejected("The file is empty", null, "Write what is to be done; plain text is enough.");
        }
        if (!isMarker(lines.get(0))) {
            refuseMisplaced(lines, 0, isKey);
            return new FrontMatter(Map.of(), text, 1);
        }
        int end = end(lines);
        refuseMisplaced(lines, end + 1, isKey);
        String yaml = String.join("\n", lines.subList(1, end)) + "\n";
        String body = String.join("\n", lines.subList(end + 1, lines.size()));
        return new FrontMatter(fields(yaml), body, end + 2);
    }

    /** True for the first line of a file that has front matter. */
    static boolean isMarker(String line) {
        return line.stripTrailing().equals(MARKER);
    }

    private static int end(List<String> lines) throws TaskRejected {
        for (int i = 1; i < lines.size(); i++) {
            String line = lines.get(i).stripTrailing();
            if (line.equals(MARKER) || line.equals("...")) {
                return i;
            }
        }
        throw new TaskRejected(
                "The front matter that starts in line 1 does not end",
                1,
                "Add a line '---' after its last key, or remove line 1 if the file has no front matter.");
    }

    /**
     * Front matter that is not recognised must not pass for the start of the prose: a task that asks for limits or
     * approval would run without them.
     */
    private static void refuseMisplaced(List<String> lines, int from, Predicate<String> isKey) throws TaskRejected {
        int at = from;
        while (at < lines.size() && DECORATION.matcher(lines.get(at)).matches()) {
            at++;
        }
        Matcher key = KEY.matcher(at < lines.size() ? lines.get(at) : "");
        if (key.matches() && isKey.test(key.group(1))) {
            throw new TaskRejected(
                    "The key '" + key.group(1) + "' stands outside of any front matter",
                    at + 1,
                    "Put all keys between two lines '---', the first of which is the very first line of the file;"
                            + " if the line is meant as text, put a heading before it.");
        }
    }

    private static Map<String, Field> fields(String yaml) throws TaskRejected {
        Map<String, Field> fields = new LinkedHashMap<>();
        for (NodeTuple entry : entries(yaml)) {
            String key = Field.key(entry.getKeyNode());
            Field field = new Field(key, entry.getValueNode(), Yaml.line(entry.getKeyNode()));
            Field earlier = fields.putIfAbsent(key, field);
            if (earlier != null) {
                String both = "lines " + earlier.keyLine() + " and " + field.keyLine();
                throw new TaskRejected(
                        "The key " + Visible.quote(key) + " is given twice, in " + both,
                        field.keyLine(),
                        "Keep one of the two.");
            }
        }
        return fields;
    }

    private static List<NodeTuple> entries(String yaml) throws TaskRejected {
        Node root = Yaml.compose(yaml).orElse(null);
        if (root == null || Yaml.isNull(root)) {
            return new ArrayList<>();
        }
        if (!(root instanceof MappingNode mapping)) {
            throw new TaskRejected(
                    "The front matter is not a list of keys with values",
                    Yaml.line(root),
                    "Write each line as 'key: value'; if the lines are meant as text, remove the '---' around them.");
        }
        Yaml.refuseTag(root);
        return mapping.getValue();
    }
}
