package dev.orchestrator.process;

import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Finds a program the way a shell does. {@link ProcessBuilder} would look along this process's own path, and on Windows
 * only for {@code .exe}.
 */
public final class Programs {
    private final Map<String, String> environment;
    private final boolean windows;

    public Programs(Map<String, String> environment, boolean windows) {
        this.environment = Map.copyOf(environment);
        this.windows = windows;
    }

    /** The absolute path of {@code command}, a name or a path; empty when there is no such program. */
    public Optional<Path> find(String command) {
        try {
            if (command.contains("/") || (windows && command.contains("\\"))) {
                return inDirectory(Path.of("").toAbsolutePath(), command);
            }
            for (String directory : value("PATH").split(Pattern.quote(windows ? ";" : ":"), -1)) {
                Optional<Path> found =
                        directory.isEmpty() ? Optional.empty() : inDirectory(Path.of(directory), command);
                if (found.isPresent()) {
                    return found;
                }
            }
        } catch (InvalidPathException e) {
            return Optional.empty();
        }
        return Optional.empty();
    }

    private Optional<Path> inDirectory(Path directory, String command) {
        for (String name : names(command)) {
            Path candidate = directory.resolve(name).toAbsolutePath().normalize();
            if (Files.isRegularFile(candidate) && Files.isExecutable(candidate)) {
                return Optional.of(candidate);
            }
        }
        return Optional.empty();
    }

    private List<String> names(String command) {
        if (!windows) {
            return List.of(command);
        }
        List<String> names = new ArrayList<>();
        for (String extension : value("PATHEXT").toLowerCase(Locale.ROOT).split(";", -1)) {
            if (!extension.isEmpty() && command.toLowerCase(Locale.ROOT).endsWith(extension)) {
                return List.of(command);
            }
            names.add(command + extension);
        }
        return names;
    }

    /** Names of environment variables are the same in any case on Windows. */
    private String value(String name) {
        return environment.entrySet().stream()
                .filter(entry -> windows
                        ? entry.getKey().equalsIgnoreCase(name)
                        : entry.getKey().equals(name))
                .map(Map.Entry::getValue)
                .findFirst()
                .orElse("PATHEXT".equals(name) ? ".com;.exe;.bat;.cmd" : "");
    }
}
