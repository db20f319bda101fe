package dev.orchestrator.testkit;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * Installs the CLI with npm. The package has the native binary twice, as one file with two names:
 *
 * <pre>
 * node_modules/@anthropic-ai/claude-code-linux-x64/claude     the platform's package; claude.exe on Windows
 * node_modules/@anthropic-ai/claude-code/bin/claude.exe       put there by an install script, which npm may refuse to run
 * </pre>
 */
final class NpmInstaller implements ClaudeCache.Installer {
    private static final boolean WINDOWS = System.getProperty("os.name").startsWith("Windows");
    private static final long INSTALL_MINUTES = 10;

    private final String npm;
    private final String version;

    NpmInstaller(String npm, String version) {
        this.npm = npm;
        this.version = version;
    }

    /** Name of npm on this platform; on Windows it is a script, which is not found without its suffix. */
    static String npm() {
        return WINDOWS ? "npm.cmd" : "npm";
    }

    @Override
    public void install(Path directory) throws IOException {
        String said = run(
                directory,
                List.of(
                        npm,
                        "install",
                        "--prefix",
                        directory.toString(),
                        "--no-audit",
                        "--no-fund",
                        "@anthropic-ai/claude-code@" + version));
        Path binary =
                binary(directory).orElseThrow(() -> new IOException("npm installed no native binary: " + tail(said)));
        String printed = run(directory, List.of(binary.toString(), "--version"));
        if (!printed.startsWith(version)) {
            throw new IOException("expected version " + version + ", the installed binary prints: " + tail(printed));
        }
    }

    @Override
    public Optional<Path> binary(Path directory) throws IOException {
        Path packages = directory.resolve("node_modules").resolve("@anthropic-ai");
        if (!Files.isDirectory(packages)) {
            return Optional.empty();
        }
        try (Stream<Path> all = Files.list(packages)) {
            return all.filter(name -> name.getFileName().toString().startsWith("claude-code-"))
                    .map(name -> name.resolve(WINDOWS ? "claude.exe" : "claude"))
                    .filter(Files::isExecutable)
                    .findFirst();
        }
    }

    private static String run(Path directory, List<String> command) throws IOException {
        Path log = directory.resolve("install.log");
        Process process = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(log.toFile())
                .start();
        try (var stdin = process.getOutputStream()) {
            stdin.flush();
        }
        await(process, command);
        String said = Files.readString(log, StandardCharsets.UTF_8);
        if (process.exitValue() != 0) {
            throw new IOException(
                    String.join(" ", command) + " ended with exit code " + process.exitValue() + ": " + tail(said));
        }
        return said;
    }

    private static void await(Process process, List<String> command) throws IOException {
        try {
            if (process.waitFor(INSTALL_MINUTES, TimeUnit.MINUTES)) {
                return;
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        process.descendants().forEach(ProcessHandle::destroyForcibly);
        process.destroyForcibly();
        throw new IOException(String.join(" ", command) + " did not end in " + INSTALL_MINUTES + " minutes");
    }

    private static String tail(String text) {
        String stripped = text.strip();
        return stripped.substring(Math.max(0, stripped.length() - 400));
    }
}
