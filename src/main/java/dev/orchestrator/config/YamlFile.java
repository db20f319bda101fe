package dev.orchestrator.config;

import java.io.IOException;
import java.io.StringReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.error.MarkedYAMLException;
import org.yaml.snakeyaml.error.YAMLException;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.reader.ReaderException;

/**
 * Reads {@code orchestrator.yaml}; groups and dots mean the same:
 *
 * <pre>
 * workers: 4
 * claude.timeout: 90m
 * claude:
 *   allowed_roots: [code, /srv/shared]
 * </pre>
 *
 * <p>Only the tree of nodes is made, never an object. {@link YamlSettings} finds the settings in it.
 */
final class YamlFile {
    private static final int MAX_ALIASES = 20;
    /** What people call it. */
    private static final List<String> MISNAMED =
            List.of("orchestrator.yml", "Orchestrator.yaml", "orchestrator.yaml.txt");

    private YamlFile() {}

    /** Nothing when there is no such file or, with a problem, when it is no YAML. */
    static Collection<Given> read(Path file, SettingsTable table, Findings findings) {
        String name = String.valueOf(file.getFileName());
        MISNAMED.forEach(other -> noteMisnamed(file, file.resolveSibling(other), findings));
        String text = SettingsFile.read(file, findings);
        if (text.isEmpty()) {
            // The parser is large, and a short command has no time to load it for nothing.
            return List.of();
        }
        Optional<Node> root = compose(name, text, findings);
        return root.isPresent() ? YamlSettings.find(root.get(), name, table, findings) : List.of();
    }

    private static void noteMisnamed(Path file, Path other, Findings findings) {
        try {
            // Where letters do not count it is the same.
            if (Files.exists(other) && !(Files.exists(file) && Files.isSameFile(file, other))) {
                findings.note(other.getFileName() + " is ignored: settings stand in " + file.getFileName() + ".");
            }
        } catch (IOException e) {
            // What cannot be looked at cannot be told apart.
        }
    }

    private static Optional<Node> compose(String name, String text, Findings findings) {
        LoaderOptions options = new LoaderOptions();
        options.setMaxAliasesForCollections(MAX_ALIASES);
        try {
            return Optional.ofNullable(new Yaml(options).compose(new StringReader(text)));
        } catch (MarkedYAMLException e) {
            findings.problem(broken(name, e.getProblemMark().getLine(), e.getProblem()));
        } catch (ReaderException e) {
            findings.problem(broken(name, lineOf(e.getPosition(), text), "a control character is not allowed"));
        } catch (YAMLException e) {
            findings.problem(Problem.ofFile(name, "not valid YAML: " + e.getMessage(), "Correct the file."));
        }
        return Optional.empty();
    }

    private static Problem broken(String name, int line, String reason) {
        return Problem.ofFile(source(name, line), "not valid YAML: " + reason, "Correct that line.");
    }

    /** @param line counted from zero, as the parser does */
    static String source(String name, int line) {
        return name + " line " + (line + 1);
    }

    private static int lineOf(int codePoints, String text) {
        return (int) text.codePoints()
                .limit(codePoints)
                .filter(character -> character == '\n')
                .count();
    }
}
