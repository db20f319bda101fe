package dev.orchestrator.agent.claude;

import dev.orchestrator.files.PrivateFile;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Where the program keeps what is its own, and what of that it needs while it runs in a sandbox (seen with 2.1.330):
 *
 * <pre>
 * ~/.claude/projects/             its sessions
 * ~/.claude/.credentials.json     its login, which it renews; written beside and renamed, under a lock in ~/.claude
 * ~/.claude.lock                  another lock
 * ~/.claude.json                  what it remembers; it does without when that cannot be written
 * ~/.claude/settings.json, ...    what it does; whoever changes them decides what the user's next session does
 * ~/.claude/shell-snapshots/      of each session that is running, run before each of its commands
 * ~/.claude/session-env/          the same
 * ~/.claude/ide/                  how to talk to editors that are open, with keys
 * </pre>
 *
 * @param home the user's home directory
 * @param config {@code ~/.claude}, or where {@code CLAUDE_CONFIG_DIR} says
 */
record ClaudeFiles(Optional<Path> home, Optional<Path> config) {
    private static final String CREDENTIALS = ".credentials.json";

    private static final List<String> FIXED_FILES = List.of(
            "settings.json",
            "settings.local.json",
            ".claude.json",
            "CLAUDE.md",
            "keybindings.json",
            "scheduled_tasks.json",
            "launch.json",
            "daemon.json");
    private static final List<String> FIXED_DIRECTORIES = List.of(
            "agents", "commands", "hooks", "output-styles", "plugins", "routines", "rules", "skills", "workflows");
    /** Not made when they are not there: the first is the program itself, as some have it. */
    private static final List<String> FIXED_IF_THERE = List.of("local", "bin", "scripts", "daemon", "jobs");

    private static final List<String> OF_SESSIONS = List.of("shell-snapshots", "session-env");
    private static final List<String> HIDDEN = List.of("ide");
    /** Scripts that settings name: for a status line, as the program itself makes them, or for hooks. */
    private static final Pattern SCRIPT = Pattern.compile(".*\\.(sh|bash|zsh|fish|py|[cm]?[jt]s|rb|pl|php)");

    static ClaudeFiles of(Map<String, String> environment) {
        Optional<Path> home = directory(environment.get("HOME"));
        Optional<Path> config = directory(environment.get("CLAUDE_CONFIG_DIR"));
        return new ClaudeFiles(home, config.or(() -> home.map(path -> real(path.resolve(".claude")))));
    }

    private static Optional<Path> directory(@Nullable String name) {
        return name == null || name.isBlank() ? Optional.empty() : Optional.of(real(Path.of(name)));
    }

    /** Others are compared with it, and mounts are made by real paths. */
    private static Path real(Path path) {
        try {
            return path.toRealPath();
        } catch (IOException e) {
            return path.toAbsolutePath();
        }
    }

    /**
     * Makes what the program would make as well.
     *
     * @param commands true when commands may run beside the program: then that is made, too, which they could make otherwise,
     *     for only what is there can be kept from being changed
     */
    List<Path> writable(boolean commands) throws IOException {
        if (config.isEmpty()) {
            return List.of();
        }
        Path directory = config.get();
        if (!isThere(directory)) {
            // A user without a home directory: the program does without as well.
            return List.of();
        }
        if (commands) {
            makeFixed(directory);
        }
        return List.of(directory);
    }

    private static boolean isThere(Path directory) {
        try {
            Files.createDirectories(directory);
            return true;
        } catch (IOException e) {
            return false;
        }
    }

    private static void makeFixed(Path directory) throws IOException {
        for (String name : FIXED_DIRECTORIES) {
            Files.createDirectories(directory.resolve(name));
        }
        for (String name : OF_SESSIONS) {
            PrivateFile.createDirectories(directory.resolve(name));
        }
        Path settings = directory.resolve("settings.json");
        if (!Files.exists(settings) && !Files.isSymbolicLink(settings)) {
            PrivateFile.write(settings, "{}\n".getBytes(StandardCharsets.UTF_8));
        }
    }

    List<Path> fixed() {
        List<Path> fixed = new ArrayList<>(inConfig(FIXED_FILES));
        fixed.addAll(inConfig(FIXED_DIRECTORIES));
        fixed.addAll(inConfig(FIXED_IF_THERE));
        config.ifPresent(directory -> fixed.addAll(scripts(directory)));
        return fixed;
    }

    private static List<Path> scripts(Path directory) {
        List<Path> scripts = new ArrayList<>();
        try (DirectoryStream<Path> entries = Files.newDirectoryStream(directory, ClaudeFiles::isScript)) {
            entries.forEach(scripts::add);
        } catch (IOException e) {
            // It is not there.
        }
        return scripts;
    }

    /** Where each file counts as a program, what the program itself renews is none all the same. */
    private static boolean isScript(Path file) {
        String name = file.getFileName().toString();
        return Files.isRegularFile(file)
                && (SCRIPT.matcher(name).matches() || (Files.isExecutable(file) && !name.contains(".json")));
    }

    /** What each session has for itself; of others nothing is to be seen, let alone changed. */
    List<Path> emptied() {
        return inConfig(OF_SESSIONS);
    }

    List<Path> hidden() {
        return inConfig(HIDDEN);
    }

    private List<Path> inConfig(List<String> names) {
        return config.map(directory -> names.stream().map(directory::resolve).toList())
                .orElse(List.of());
    }

    /** Where it puts a lock beside its own directory when it renews its login; to lay these out takes some milliseconds. */
    List<Path> surroundings() {
        List<Path> layers = new ArrayList<>();
        if (config.isEmpty() || !Files.exists(config.get().resolve(CREDENTIALS))) {
            return layers;
        }
        home.ifPresent(layers::add);
        config.map(Path::getParent).filter(parent -> !layers.contains(parent)).ifPresent(layers::add);
        return layers;
    }

    /** The program, wherever it lies, with what lies beside it. */
    static List<Path> program(Path program) throws IOException {
        Path real = program.toRealPath();
        List<Path> files = new ArrayList<>(List.of(program, real));
        if (real.getParent() != null && real.getParent().getNameCount() > 1) {
            files.add(real.getParent());
        }
        return files;
    }
}
