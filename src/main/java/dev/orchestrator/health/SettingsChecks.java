package dev.orchestrator.health;

import dev.orchestrator.agent.claude.ClaudePaths;
import dev.orchestrator.config.Config;
import dev.orchestrator.config.ConfigOutcome;
import dev.orchestrator.config.Home;
import dev.orchestrator.config.Problem;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;

/** Checks of the settings, and of the directories that they name. */
final class SettingsChecks {
    private final Home home;
    private final Settings settings;

    SettingsChecks(Home home, Settings settings) {
        this.home = home;
        this.settings = settings;
    }

    List<Check> all() {
        return List.of(
                new Check("settings", "values", () -> values(settings.outcome())),
                new Check("settings", "roots", settings.ifValid(this::roots)),
                new Check("settings", "paths", settings.ifValid(this::paths)));
    }

    private static CheckResult values(ConfigOutcome outcome) {
        if (outcome instanceof ConfigOutcome.Invalid invalid) {
            return CheckResult.fail(
                    Lines.of(invalid.problems(), Problem::toString),
                    "Correct this where it was found, then run `doctor` again.");
        }
        List<String> notes = ((ConfigOutcome.Loaded) outcome).notes();
        return notes.isEmpty()
                ? CheckResult.ok("all valid")
                : CheckResult.warn(
                        Lines.of(notes, Function.identity()),
                        "Correct this where it was found, then run `doctor` again.");
    }

    /** Every directory that a task may work in is there. */
    private CheckResult roots(Config config) {
        List<Path> missing = directories(config).stream()
                .filter(directory -> !Files.isDirectory(directory))
                .toList();
        return missing.isEmpty()
                ? CheckResult.ok(shown(config.claude().allowedRoots()))
                : CheckResult.fail(
                        "not there: " + shown(missing),
                        "mkdir -p "
                                + missing.stream().map(HomeChecks::quoted).collect(Collectors.joining(" "))
                                + ", or correct `claude.base_dir` and `claude.allowed_roots`.");
    }

    /** The agent is kept in and out by rules that name directories, and some names cannot be written in them. */
    private CheckResult paths(Config config) {
        List<Path> named = new ArrayList<>(directories(config));
        named.add(home.root());
        for (Path directory : named) {
            Optional<String> problem = ClaudePaths.problem(real(directory));
            if (problem.isPresent()) {
                return CheckResult.fail(
                        "no permission rule can name " + directory + ": " + problem.get(),
                        "mv " + HomeChecks.quoted(directory) + " to a plainer name.");
            }
        }
        return CheckResult.ok("permission rules can name them");
    }

    private static List<Path> directories(Config config) {
        List<Path> directories = new ArrayList<>(config.claude().allowedRoots());
        if (!directories.contains(config.claude().baseDir())) {
            directories.add(config.claude().baseDir());
        }
        return directories;
    }

    private static Path real(Path directory) {
        try {
            return directory.toRealPath();
        } catch (IOException e) {
            return directory;
        }
    }

    private static String shown(List<Path> paths) {
        return paths.stream().map(Path::toString).collect(Collectors.joining(", "));
    }
}
