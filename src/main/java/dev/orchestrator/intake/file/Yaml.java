package dev.orchestrator.intake.file;

import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.composer.Composer;
import org.yaml.snakeyaml.error.MarkedYAMLException;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.Tag;
import org.yaml.snakeyaml.parser.ParserImpl;
import org.yaml.snakeyaml.reader.StreamReader;
import org.yaml.snakeyaml.resolver.Resolver;

/**
 * YAML to nodes and no farther: there is no constructor here that could make a Java object of a tag, and a scalar keeps
 * the text that was written, so {@code id: 007} stays {@code 007}.
 */
final class Yaml {
    private static final int MAX_CHARACTERS = 1 << 18;
    /** A JSON Schema takes two levels for each object in an object. */
    private static final int MAX_DEPTH = 24;

    private static final int MAX_ALIASES = 10;
    private static final int MAX_PROBLEM = 200;
    private static final String INVALID = "The front matter is not valid YAML: ";
    /** The block starts in line 2 of the file, and SnakeYAML counts from 0. */
    private static final int FIRST_LINE = 2;

    private static final Set<Tag> PLAIN_TAGS =
            Set.of(Tag.STR, Tag.INT, Tag.FLOAT, Tag.BOOL, Tag.NULL, Tag.TIMESTAMP, Tag.MERGE, Tag.SEQ, Tag.MAP);

    private Yaml() {}

    /** The one document in {@code yaml}; empty when there is nothing but comments. */
    static Optional<Node> compose(String yaml) throws TaskRejected {
        refuseTooLong(yaml);
        refuseUnreadable(yaml);
        LoaderOptions options = new LoaderOptions();
        options.setNestingDepthLimit(MAX_DEPTH);
        options.setMaxAliasesForCollections(MAX_ALIASES);
        ParserImpl parser = new ParserImpl(new StreamReader(yaml), options);
        try {
            return Optional.ofNullable(new Composer(parser, new Resolver(), options).getSingleNode());
        } catch (MarkedYAMLException e) {
            throw invalid(e);
        } catch (RuntimeException e) {
            // The limits above, and faults of the library: no content may take the daemon down.
            throw new TaskRejected(
                    INVALID + Visible.line(String.valueOf(e.getMessage()), MAX_PROBLEM),
                    FIRST_LINE,
                    "Write plain keys with short values, without anchors, aliases and nesting.");
        }
    }

    /** Line of the file in which {@code node} starts. */
    static int line(Node node) {
        return node.getStartMark().getLine() + FIRST_LINE;
    }

    /** Line of the file in which {@code node} ends. */
    static int lastLine(Node node) {
        return node.getEndMark().getLine() + FIRST_LINE;
    }

    static boolean isNull(Node node) {
        return node.getTag().equals(Tag.NULL);
    }

    static void refuseTag(Node node) throws TaskRejected {
        if (!PLAIN_TAGS.contains(node.getTag())) {
            throw new TaskRejected(
                    "The front matter holds the tag "
                            + Visible.quote(node.getTag().getValue()),
                    line(node),
                    "Remove the tag, or put the value in quotes if it starts with '!'.");
        }
    }

    private static void refuseTooLong(String yaml) throws TaskRejected {
        if (yaml.length() > MAX_CHARACTERS) {
            throw new TaskRejected(
                    "The front matter has " + yaml.length() + " characters; at most " + MAX_CHARACTERS
                            + " are accepted",
                    FIRST_LINE,
                    "Move long text below the front matter.");
        }
    }

    /** Checked here because SnakeYAML does not name the line, and counts the odd line breaks of Unicode as lines. */
    private static void refuseUnreadable(String yaml) throws TaskRejected {
        OptionalInt bad = yaml.codePoints()
                .filter(c -> !StreamReader.isPrintable(c) || c == 0x85 || c == 0x2028 || c == 0x2029)
                .findFirst();
        if (bad.isPresent()) {
            String character = Character.toString(bad.getAsInt());
            long before = yaml.substring(0, yaml.indexOf(character))
                    .chars()
                    .filter(c -> c == '\n')
                    .count();
            throw new TaskRejected(
                    "The front matter holds the invisible character " + Visible.quote(character),
                    (int) before + FIRST_LINE,
                    "Remove the character.");
        }
    }

    private static TaskRejected invalid(MarkedYAMLException e) {
        String problem = String.valueOf(e.getProblem());
        // "expected one thing" and "but found another" come in two parts.
        String whole = problem.startsWith("but ") ? e.getContext() + " " + problem : problem;
        return new TaskRejected(
                INVALID + Visible.line(whole, MAX_PROBLEM),
                e.getProblemMark() == null ? FIRST_LINE : e.getProblemMark().getLine() + FIRST_LINE,
                "Correct this line; put a value in quotes if it holds ': ' or ' #' or starts with one of"
                        + " [ ] { } * & ! % @ ` ' \" | > -");
    }
}
