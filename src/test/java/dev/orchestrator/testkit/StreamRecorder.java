package dev.orchestrator.testkit;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Writes a run of the real CLI as a fixture, free of this machine's paths:
 *
 * <pre>
 * write.ndjson   its stdout, line by line      write.stderr   its stderr
 * write.json     {"cli_version":"2.1.330","exit_code":0,"argv":["claude","-p",...]}
 * </pre>
 */
final class StreamRecorder {
    static final Path DIRECTORY = Path.of("src", "test", "resources", "streams");

    private static final ObjectMapper JSON = new ObjectMapper().enable(SerializationFeature.INDENT_OUTPUT);

    private final Path project;
    private final Path config;
    private final Path files;
    private final Path claude;

    StreamRecorder(Path project, Path config, Path files, Path claude) {
        this.project = project;
        this.config = config;
        this.files = files;
        this.claude = claude;
    }

    void record(String name, ClaudeRun run, int exit) throws IOException {
        Files.createDirectories(DIRECTORY);
        write(name + ".ndjson", Files.readString(run.stdout(), StandardCharsets.UTF_8));
        write(name + ".stderr", run.errors());
        ObjectNode about =
                JSON.createObjectNode().put("cli_version", RealClaude.VERSION).put("exit_code", exit);
        run.command().forEach(about.putArray("argv")::add);
        write(name + ".json", JSON.writeValueAsString(about) + "\n");
    }

    private void write(String name, String text) throws IOException {
        Files.writeString(DIRECTORY.resolve(name), neutral(text));
    }

    private String neutral(String text) {
        return text.replace(project.toString(), "/project")
                .replace(config.toString(), "/home/user")
                .replace(files.toString(), "/run")
                .replace(claude.toString(), "claude")
                // The CLI names a project's state after the project's path, every other character than a letter or
                // digit as "-".
                .replace(project.toString().replaceAll("[^A-Za-z0-9]", "-"), "-project")
                .replaceAll("127\\.0\\.0\\.1:\\d+", "127.0.0.1:8080")
                .replaceAll("/tmp/cc-socks/\\d+\\.sock", "/tmp/cc-socks/1.sock");
    }
}
