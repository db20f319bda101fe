package dev.orchestrator.testkit.ollama;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * A request that the model has not seen in training, and what is right for it. In {@code requests.tsv} the text has {@code \n}
 * for the ends of its lines, and files are separated by commas:
 *
 * <pre>bug_fix&lt;TAB&gt;src/cart.py&lt;TAB&gt;# Empty cart\nsrc/cart.py fails for an empty cart.</pre>
 */
public record HeldOut(String type, List<String> files, String text) {
    private static final Path FILE = TinyModelServer.MODEL.resolveSibling("requests.tsv");

    public static List<HeldOut> all() {
        try {
            return Files.readAllLines(FILE).stream().map(HeldOut::of).toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static HeldOut of(String line) {
        String[] parts = line.split("\t", 3);
        List<String> files = parts[1].isEmpty() ? List.of() : List.of(parts[1].split(","));
        return new HeldOut(parts[0], files, parts[2].replace("\\n", "\n"));
    }
}
