package dev.orchestrator.testkit;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/** One run of the real CLI with the arguments that the orchestrator uses: prompt, stream and errors are files. */
final class ClaudeRun implements AutoCloseable {
    private static final ObjectMapper JSON = new ObjectMapper();

    private final Process process;
    private final Path stdout;
    private final Path stderr;
    private final List<String> command;

    private ClaudeRun(Process process, Path stdout, Path stderr, List<String> command) {
        this.process = process;
        this.stdout = stdout;
        this.stderr = stderr;
        this.command = command;
    }

    /** @param files directory for the run's own files, outside its working directory */
    static Builder in(Path workingDirectory, Path files) {
        return new Builder(workingDirectory, files);
    }

    ProcessHandle handle() {
        return process.toHandle();
    }

    List<String> command() {
        return command;
    }

    Path stdout() {
        return stdout;
    }

    Path stderr() {
        return stderr;
    }

    /** Exit code. */
    int await(Duration timeout) {
        try {
            if (process.waitFor(timeout.toMillis(), TimeUnit.MILLISECONDS)) {
                return process.exitValue();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        throw new AssertionError("the CLI did not end in " + timeout + "; its stream: " + text(stdout));
    }

    /** Whole lines of the stream so far. */
    List<JsonNode> lines() {
        String text = text(stdout);
        List<JsonNode> lines = new ArrayList<>();
        text.substring(0, text.lastIndexOf('\n') + 1).lines().forEach(line -> lines.add(parse(line)));
        return lines;
    }

    Optional<JsonNode> line(String type, String subtype) {
        return lines().stream()
                .filter(line -> line.path("type").asText().equals(type))
                .filter(line -> line.path("subtype").asText().equals(subtype))
                .findFirst();
    }

    JsonNode result() {
        return lines().stream()
                .filter(line -> line.path("type").asText().equals("result"))
                .findFirst()
                .orElseThrow(() -> new AssertionError("no result line; errors: " + errors()));
    }

    String errors() {
        return text(stderr);
    }

    @Override
    public void close() {
        process.descendants().forEach(ProcessHandle::destroyForcibly);
        process.destroyForcibly();
    }

    private static String text(Path file) {
        try {
            return Files.readString(file, StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static JsonNode parse(String line) {
        try {
            return JSON.readTree(line);
        } catch (IOException e) {
            throw new UncheckedIOException("not JSON: " + line, e);
        }
    }

    static final class Builder {
        private final Path workingDirectory;
        private final Path files;
        private final Map<String, String> environment = new HashMap<>();
        private final List<String> more = new ArrayList<>();
        private final List<String> deny = new ArrayList<>(
                List.of("Bash", "WebFetch", "WebSearch", "Task", "Agent", "AskUserQuestion", "NotebookEdit"));
        private List<String> session = List.of();
        private String prompt = "do it";

        private Builder(Path workingDirectory, Path files) {
            this.workingDirectory = workingDirectory;
            this.files = files;
        }

        Builder prompt(String text) {
            prompt = text;
            return this;
        }

        Builder session(String id) {
            session = List.of("--session-id", id);
            return this;
        }

        Builder resume(String id) {
            session = List.of("--resume", id);
            return this;
        }

        Builder with(String... arguments) {
            more.addAll(List.of(arguments));
            return this;
        }

        /** A tool that is there, and whose calls need a permission that nobody gives. */
        Builder offering(String tool) {
            deny.remove(tool);
            return this;
        }

        Builder without(String name) {
            environment.remove(name);
            return this;
        }

        Builder environment(Map<String, String> values) {
            environment.putAll(values);
            return this;
        }

        Builder environment(String name, String value) {
            environment.put(name, value);
            return this;
        }

        ClaudeRun start(Path claude) throws IOException {
            Path stdin = Files.writeString(files.resolve("prompt.md"), prompt);
            Path settings = Files.writeString(files.resolve("settings.json"), settings());
            Path stdout = files.resolve("stream.ndjson");
            Path stderr = files.resolve("stderr.log");
            List<String> command = command(claude, settings);
            ProcessBuilder builder = new ProcessBuilder(command)
                    .directory(workingDirectory.toFile())
                    .redirectInput(stdin.toFile())
                    .redirectOutput(stdout.toFile())
                    .redirectError(stderr.toFile());
            builder.environment().clear();
            builder.environment().putAll(environment);
            return new ClaudeRun(builder.start(), stdout, stderr, command);
        }

        private List<String> command(Path claude, Path settings) {
            List<String> command =
                    new ArrayList<>(List.of(claude.toString(), "-p", "--output-format", "stream-json", "--verbose"));
            command.addAll(session);
            command.addAll(List.of("--setting-sources", "", "--strict-mcp-config", "--settings", settings.toString()));
            command.addAll(List.of("--permission-mode", "dontAsk"));
            command.addAll(more);
            return List.copyOf(command);
        }

        private String settings() throws IOException {
            String root = workingDirectory.toString().replace('\\', '/').replaceFirst("^([A-Za-z]):", "/$1");
            List<String> allow = List.of("Edit(/" + root + "/**)", "Read(/" + root + "/**)");
            return JSON.writeValueAsString(
                    Map.of("permissions", Map.of("allow", allow, "deny", deny), "disableAllHooks", false));
        }
    }
}
