package dev.orchestrator;

import static org.assertj.core.api.Assertions.assertThat;

import dev.orchestrator.config.Home;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** The packaged jar as a process, with a shell script for an agent. */
final class JarDaemon implements AutoCloseable {
    private static final String INIT =
            "{\"type\":\"system\",\"subtype\":\"init\",\"session_id\":\"s\",\"model\":\"none\"}";
    private static final String RESULT =
            "{\"type\":\"result\",\"subtype\":\"success\",\"is_error\":false,\"result\":\"done\","
                    + "\"num_turns\":1,\"session_id\":\"s\",\"total_cost_usd\":0,\"usage\":{},\"permission_denials\":[],"
                    + "\"terminal_reason\":\"completed\"}";

    final Home home;
    private final Path agent;
    private final Path directory;
    private final List<Started> all = new ArrayList<>();

    JarDaemon(Path directory) throws IOException {
        this.directory = directory;
        this.home = new Home(directory.resolve("home"));
        this.agent = directory.resolve("agent.sh");
        Files.createDirectories(home.tasks());
    }

    /** An agent that says that it started, runs {@code script}, and says that it is done. */
    void agent(String script) throws IOException {
        Files.writeString(agent, "#!/bin/sh\necho '" + INIT + "'\n" + script + "\necho '" + RESULT + "'\n");
        Files.setPosixFilePermissions(agent, PosixFilePermissions.fromString("rwx------"));
    }

    Started start(String... arguments) throws IOException {
        String jar = System.getProperty("orchestrator.jar");
        assertThat(jar).as("system property orchestrator.jar").isNotNull();
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(List.of("-jar", jar, "--home", home.root().toString()));
        command.addAll(List.of(arguments));
        command.addAll(List.of("--set", "claude.command=" + agent, "--set", "intake.debounce=20ms"));
        // Agents leave notes beside the home, also those in a sandbox.
        command.addAll(List.of("--set", "guard.sandbox_writable=" + directory));
        Path output = Files.createTempFile(directory, "daemon", ".out");
        Process process = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(output.toFile())
                .redirectInput(ProcessBuilder.Redirect.from(
                        Files.createFile(output.resolveSibling(output.getFileName() + ".in"))
                                .toFile()))
                .start();
        Started started = new Started(process, output);
        all.add(started);
        return started;
    }

    /** A task of the simplest kind; dropped the way a careful program does it: complete, by one rename. */
    void drop(String id, String... settings) throws IOException {
        String rest = settings.length == 0 ? "" : String.join("\n", settings) + "\n";
        dropFile(id, "---\nid: " + id + "\ntype: analyze\n" + rest + "---\nLook.\n");
    }

    /** As {@link #drop}, with any content. */
    void dropFile(String stem, String content) throws IOException {
        Path whole = Files.writeString(directory.resolve(stem), content);
        Files.move(whole, home.tasks().resolve(stem + ".task.md"));
    }

    /** Empty before there is one. */
    String journal() throws IOException {
        return Files.exists(home.journal()) ? Files.readString(home.journal()) : "";
    }

    /** Kills the daemon that was started last, and nothing of what it started. */
    void kill() {
        Process process = all.get(all.size() - 1).process;
        process.destroyForcibly();
        process.onExit().join();
    }

    @Override
    public void close() {
        all.forEach(started -> started.process.destroyForcibly());
    }

    record Started(Process process, Path file) {
        long pid() {
            return process.pid();
        }

        boolean isAlive() {
            return process.isAlive();
        }

        void terminate() {
            process.destroy();
        }

        int await(Duration atMost) throws InterruptedException {
            assertThat(process.waitFor(atMost.toMillis(), TimeUnit.MILLISECONDS))
                    .as("the daemon ends; it said: %s", output())
                    .isTrue();
            return process.exitValue();
        }

        String output() {
            try {
                return Files.readString(file);
            } catch (IOException e) {
                throw new java.io.UncheckedIOException(e);
            }
        }
    }
}
