package dev.orchestrator.config;

import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.NodeTuple;
import org.yaml.snakeyaml.nodes.ScalarNode;
import org.yaml.snakeyaml.nodes.SequenceNode;
import org.yaml.snakeyaml.nodes.Tag;

/**
 * Finds settings in a tree of YAML nodes. A value is taken as it is written: {@code 010} stays {@code 010}. The walk goes
 * no deeper than the names of the table, so that neither nesting nor an alias inside its own anchor leads anywhere.
 */
final class YamlSettings {
    private static final Set<Tag> PLAIN =
            Set.of(Tag.STR, Tag.INT, Tag.FLOAT, Tag.BOOL, Tag.NULL, Tag.TIMESTAMP, Tag.MERGE, Tag.SEQ, Tag.MAP);

    private final String fileName;
    private final SettingsTable table;
    private final Findings findings;
    private final Map<String, Integer> lines = new HashMap<>();
    private final Map<String, Given> givens = new HashMap<>();

    private YamlSettings(String fileName, SettingsTable table, Findings findings) {
        this.fileName = fileName;
        this.table = table;
        this.findings = findings;
    }

    static Collection<Given> find(Node root, String fileName, SettingsTable table, Findings findings) {
        YamlSettings settings = new YamlSettings(fileName, table, findings);
        settings.document(root);
        return settings.givens.values();
    }

    private void document(Node root) {
        if (root instanceof MappingNode mapping && isPlain(mapping)) {
            group("", mapping);
        } else if (!isNothing(root)) {
            broken(root, "holds no settings", "Write them as 'name: value', one in each line.");
        }
    }

    private void group(String prefix, MappingNode mapping) {
        for (NodeTuple entry : mapping.getValue()) {
            Node key = entry.getKeyNode();
            if (key instanceof ScalarNode scalar && isPlain(key)) {
                entry(prefix + scalar.getValue(), key, entry.getValueNode());
            } else {
                broken(key, "has a key that is not plain text", "Use the name of a setting.");
            }
        }
    }

    private void entry(String name, Node key, Node value) {
        Integer before = lines.putIfAbsent(name, key.getStartMark().getLine());
        if (before != null) {
            named(name, key, "is there twice, first in line " + (before + 1), "Remove one of them.");
        } else if (!isPlain(value)) {
            named(name, value, "carries the YAML tag " + value.getTag().getValue(), "Remove the tag.");
        } else if (table.isGroup(name)) {
            groupOrNothing(name, value);
        } else {
            table.named(name).ifPresentOrElse(setting -> value(setting, value), () -> unknown(name, key));
        }
    }

    private void groupOrNothing(String name, Node value) {
        if (value instanceof MappingNode mapping) {
            group(name + ".", mapping);
        } else if (!isNothing(value)) {
            named(name, value, "is a group of settings, not a setting", "Write its settings below it, indented.");
        }
    }

    private void value(Setting<?> setting, Node value) {
        if (value instanceof ScalarNode scalar) {
            if (!isNothing(value)) {
                give(setting, scalar.getValue(), value);
            }
        } else if (value instanceof SequenceNode sequence && setting.isList()) {
            list(setting, sequence.getValue(), value);
        } else if (value instanceof SequenceNode sequence && setting.isCommandLine()) {
            words(setting, sequence.getValue(), value);
        } else {
            String kind = value instanceof SequenceNode ? "a list" : "a group";
            named(
                    setting.name(),
                    value,
                    "has " + kind + " as its value",
                    "Use " + setting.type().form() + ".");
        }
    }

    private void list(Setting<?> setting, List<Node> items, Node value) {
        boolean plain = items.stream()
                .allMatch(
                        item -> isText(item) && !((ScalarNode) item).getValue().contains(","));
        if (plain) {
            List<String> texts =
                    items.stream().map(item -> ((ScalarNode) item).getValue()).toList();
            give(setting, String.join(",", texts), value);
        } else {
            named(setting.name(), value, "has an item that is not a single text without a comma", "Change that item.");
        }
    }

    private void words(Setting<?> setting, List<Node> items, Node value) {
        if (items.stream().allMatch(YamlSettings::isText)) {
            List<String> words =
                    items.stream().map(item -> ((ScalarNode) item).getValue()).toList();
            give(setting, CommandLines.print(words), value);
        } else {
            named(setting.name(), value, "has an item that is not a single text", "Change that item.");
        }
    }

    private static boolean isText(Node item) {
        return item instanceof ScalarNode && isPlain(item) && !isNothing(item);
    }

    private void give(Setting<?> setting, String text, Node value) {
        givens.put(setting.name(), Given.verbatim(setting, text, source(value)));
    }

    private void unknown(String name, Node key) {
        named(name, key, "is not a setting", table.remedy(name));
    }

    private void named(String name, Node at, String message, String remedy) {
        findings.problem(Problem.ofName(name, source(at), message, remedy));
    }

    private void broken(Node at, String message, String remedy) {
        findings.problem(Problem.ofFile(source(at), message, remedy));
    }

    private String source(Node node) {
        return YamlFile.source(fileName, node.getStartMark().getLine());
    }

    private static boolean isNothing(Node node) {
        return node.getTag().equals(Tag.NULL);
    }

    private static boolean isPlain(Node node) {
        return PLAIN.contains(node.getTag());
    }
}
