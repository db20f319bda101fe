package dev.orchestrator.testkit.ollama;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;

/**
 * A {@link TinyOllama} in a process of its own, with the model in {@code src/test/resources/model}. Starting takes about a
 * second.
 *
 * <p>{@code try (TinyModelServer server = TinyModelServer.start()) {... server.url() ...}}
 */
public final class TinyModelServer implements AutoCloseable {
    public static final Path MODEL = Path.of("src", "test", "resources", "model", "ato-tiny.gguf");

    private static final Duration LONGEST_START = Duration.ofSeconds(60);
    private static final Duration LONGEST_END = Duration.ofSeconds(20);

    private final Process process;
    private final Path directory;
    private final int port;

    private TinyModelServer(Process process, Path directory, int port) {
        this.process = process;
        this.directory = directory;
        this.port = port;
    }

    /**
     * @throws org.opentest4j.TestAbortedException when llama.cpp does not run here and this is a developer's machine: the
     *     test is skipped
     * @throws AssertionError when it does not run and {@code CI=true}
     */
    public static TinyModelServer start() {
        return start(MODEL, "true".equals(System.getenv("CI")));
    }

    static TinyModelServer start(Path model, boolean ci) {
        try {
            Path directory = Files.createTempDirectory("tiny-ollama");
            Process process = new ProcessBuilder(command(directory, model))
                    .redirectError(log(directory).toFile())
                    .start();
            return serving(process, directory, ci);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static TinyModelServer serving(Process process, Path directory, boolean ci) throws IOException {
        String said = firstLine(process);
        if (said.matches("\\d+")) {
            return new TinyModelServer(process, directory, Integer.parseInt(said));
        }
        String log = Files.readString(log(directory));
        end(process, directory);
        return unavailable(said, log, ci);
    }

    private static List<String> command(Path directory, Path model) {
        return List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx128m",
                "-XX:+UseSerialGC",
                "--enable-native-access=ALL-UNNAMED",
                "-Dde.kherud.llama.tmpdir=" + directory,
                "-cp",
                System.getProperty("java.class.path"),
                TinyOllama.class.getName(),
                model.toString());
    }

    private static String firstLine(Process process) {
        try {
            return CompletableFuture.supplyAsync(() -> read(process.inputReader()))
                    .get(LONGEST_START.toSeconds(), TimeUnit.SECONDS);
        } catch (ExecutionException | TimeoutException e) {
            return "nothing: " + e;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return "nothing: " + e;
        }
    }

    private static String read(BufferedReader stdout) {
        try {
            String line = stdout.readLine();
            return line == null ? "nothing, and ended" : line;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static TinyModelServer unavailable(String said, String log, boolean ci) {
        String message = "The tests against a real language model did not run: the server said " + said
                + System.lineSeparator() + log;
        if (ci) {
            throw new AssertionError(message);
        }
        System.err.println("SKIPPED: " + message);
        return Assumptions.abort(message);
    }

    /** What {@code OLLAMA_HOST} would be. */
    public URI url() {
        return URI.create("http://127.0.0.1:" + port);
    }

    /** Name of the only model. */
    public String model() {
        return "ato-tiny:latest";
    }

    /** What the server and llama.cpp have logged so far. */
    public String log() {
        try {
            return Files.readString(log(directory));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Ends it as a crash would, in the middle of whatever it does. */
    public void kill() {
        process.destroyForcibly();
        awaitEnd(process);
    }

    @Override
    public void close() {
        end(process, directory);
    }

    private static void end(Process process, Path directory) {
        process.destroyForcibly();
        awaitEnd(process);
        delete(directory);
    }

    private static void awaitEnd(Process process) {
        try {
            if (!process.waitFor(LONGEST_END.toSeconds(), TimeUnit.SECONDS)) {
                throw new AssertionError("the model server does not end, pid " + process.pid());
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    // Only files lie in it: the library and the log.
    private static void delete(Path directory) {
        try (Stream<Path> files = Files.list(directory)) {
            for (Path file : files.toList()) {
                Files.deleteIfExists(file);
            }
            Files.deleteIfExists(directory);
        } catch (IOException e) {
            System.err.println("left behind: " + directory + ": " + e);
        }
    }

    private static Path log(Path directory) {
        return directory.resolve("server.log");
    }
}
