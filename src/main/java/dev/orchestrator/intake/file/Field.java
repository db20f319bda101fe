package dev.orchestrator.intake.file;

import java.util.ArrayList;
import java.util.List;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.ScalarNode;
import org.yaml.snakeyaml.nodes.SequenceNode;

/** A key of the front matter with what stands behind it. */
record Field(String key, Node node, int keyLine) {
    private static final int MAX_ENTRIES = 100;
    private static final int MAX_ENTRY_LENGTH = 200;

    /** The text of a key; keys that are not text are refused. */
    static String key(Node node) throws TaskRejected {
        Yaml.refuseTag(node);
        if (node instanceof ScalarNode scalar) {
            return scalar.getValue();
        }
        throw new TaskRejected(
                "A key of the front matter is not text", Yaml.line(node), "Write each line as 'key: value'.");
    }

    /** The one value behind this key. */
    Value value() throws TaskRejected {
        Yaml.refuseTag(node);
        if (!(node instanceof ScalarNode)) {
            throw new TaskRejected(
                    key + ": holds a list or keys of its own instead of one value",
                    Yaml.line(node),
                    "Write one value after '" + key + ":'.");
        }
        return value(node);
    }

    /** The entries of the list behind this key. */
    List<Value> values() throws TaskRejected {
        if (node instanceof SequenceNode list) {
            Yaml.refuseTag(node);
            List<Value> values = new ArrayList<>();
            for (Node entry : list.getValue()) {
                values.add(value(entry));
            }
            return checked(values);
        }
        Value single = value();
        throw single.bad("is not a list", "Write '" + key + ": [...]', or one entry a line, each after '- '.");
    }

    /** Like {@link #values}, and one text with commas between the entries will do: for entries that hold no comma. */
    List<Value> valuesOrText() throws TaskRejected {
        if (!(node instanceof ScalarNode)) {
            return values();
        }
        List<Value> values = new ArrayList<>();
        Value whole = value();
        for (String part : whole.text().split(",")) {
            if (!part.isBlank()) {
                values.add(new Value(key, part.strip(), whole.line()));
            }
        }
        return checked(values);
    }

    private Value value(Node single) throws TaskRejected {
        Yaml.refuseTag(single);
        if (!(single instanceof ScalarNode scalar)) {
            throw new TaskRejected(
                    key + ": has an entry that is a list or has keys of its own",
                    Yaml.line(single),
                    "Make each entry one text; put it in quotes if it holds ': ', '[' or '{'.");
        }
        Value value = new Value(key, scalar.getValue().strip(), Yaml.line(scalar));
        if (Yaml.isNull(scalar) || value.text().isEmpty()) {
            throw new TaskRejected(
                    key + ": has no value", value.line(), "Write a value after '" + key + ":', or remove the key.");
        }
        if (value.text().codePoints().anyMatch(Visible::isHidden)) {
            throw value.bad(
                    "holds a line break or an invisible character", "Write the value as plain text in one line.");
        }
        return value;
    }

    private List<Value> checked(List<Value> values) throws TaskRejected {
        if (values.size() > MAX_ENTRIES) {
            throw new TaskRejected(
                    key + ": has " + values.size() + " entries; at most " + MAX_ENTRIES + " are accepted",
                    keyLine,
                    "Remove entries, or split the task.");
        }
        for (Value value : values) {
            if (value.text().length() > MAX_ENTRY_LENGTH) {
                String problem = "is " + value.text().length() + " characters long; at most " + MAX_ENTRY_LENGTH
                        + " are accepted";
                throw value.bad(problem, "Shorten the entry.");
            }
        }
        return values;
    }
}
