package dev.orchestrator;

import dev.orchestrator.config.Home;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/**
 * A directory with a home in it, and beside it what the agent alone writes: one line for each of its starts.
 *
 * <pre>
 * ROOT/home/     the home
 * ROOT/starts    session ids
 * </pre>
 */
record FaultRoot(Path path) {

    Home home() {
        return new Home(path.resolve("home"));
    }

    Path starts() {
        return path.resolve("starts");
    }

    List<String> started() throws IOException {
        return Files.readAllLines(starts());
    }

    /** Where agents write, first what they write first. */
    Stream<Path> writtenByAgents() throws IOException {
        return Stream.concat(Stream.of(starts()), streams());
    }

    /** Output of the agent's runs. */
    Stream<Path> streams() throws IOException {
        return files(home().runs())
                .filter(file -> file.toString().endsWith(".stream.ndjson")
                        || file.toString().endsWith(".stderr.log"));
    }

    /** All files below {@code directory}, which need not exist. */
    static Stream<Path> files(Path directory) throws IOException {
        if (!Files.exists(directory)) {
            return Stream.of();
        }
        try (Stream<Path> all = Files.walk(directory)) {
            return all.filter(Files::isRegularFile).sorted().toList().stream();
        } catch (UncheckedIOException e) {
            throw e.getCause();
        }
    }
}
