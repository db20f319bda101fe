package dev.orchestrator.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.io.JsonStringEncoder;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;
import java.util.List;
import java.util.function.Predicate;
import java.util.stream.Stream;
import java.util.zip.GZIPInputStream;

/** Secrets that were put somewhere on purpose, and are looked for where they must not come out. */
public final class Canaries {
    private final Collection<String> values;

    public Canaries(Collection<String> values) {
        this.values = List.copyOf(values);
    }

    /** No file below {@code root} has one in it or in its name, also within a compressed one, but those that {@code may}. */
    public void areInNoFileOf(Path root, Predicate<Path> may) throws IOException {
        try (Stream<Path> files = Files.walk(root)) {
            assertThat(files.filter(Files::isRegularFile)
                            .filter(may.negate())
                            .flatMap(file -> found(file).map(what -> root.relativize(file) + ": " + what)))
                    .isEmpty();
        }
    }

    public void areNotIn(String text) {
        assertThat(in(text)).as(text).isEmpty();
    }

    private Stream<String> found(Path file) {
        try {
            return in(file.getFileName() + "\n" + text(file));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String text(Path file) throws IOException {
        byte[] bytes = Files.readAllBytes(file);
        if (file.toString().endsWith(".gz")) {
            bytes = new GZIPInputStream(new ByteArrayInputStream(bytes)).readAllBytes();
        }
        return new String(bytes, StandardCharsets.UTF_8);
    }

    private Stream<String> in(String text) {
        return values.stream()
                .filter(value -> text.contains(value)
                        || text.contains(
                                new String(JsonStringEncoder.getInstance().quoteAsString(value))));
    }
}
