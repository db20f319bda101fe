package dev.orchestrator.cli;

import dev.orchestrator.config.Home;
import dev.orchestrator.files.NameEncoding;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;
import picocli.CommandLine.ScopeType;

/** What every command understands. */
final class GlobalOptions {
    @Option(
            names = "--home",
            paramLabel = "DIR",
            scope = ScopeType.INHERIT,
            description = "The directory that holds tasks/, results/, summaries/ and logs/ (default: the current one).")
    private @Nullable String home;

    /** It need not exist: for what begins a new one, or says that it is not there yet. */
    Home homeOrNew() {
        if (home != null && home.isBlank()) {
            // Meant as a variable that is not set, which must not become whatever directory this is.
            throw new CommandFailed(ExitCode.USAGE, "--home names no directory.");
        }
        return new Home(home == null ? Path.of("") : path(home));
    }

    /** Not left to picocli, whose message would not say what to do about a name that this locale does not have. */
    private static Path path(String home) {
        try {
            return Path.of(home);
        } catch (InvalidPathException e) {
            if (NameEncoding.ofThisJvm().limit().isPresent()) {
                throw e;
            }
            throw new CommandFailed(
                    ExitCode.USAGE, "--home " + home + " is not a path on this system: " + e.getReason());
        }
    }

    /** It is there: a path that was mistyped must not become a home, nor be shown as one in which nothing has happened. */
    Home home() {
        Home home = homeOrNew();
        Path root = home.root();
        if (Files.isDirectory(root)) {
            return home;
        }
        String problem = Files.exists(root)
                ? root + " is not a directory. Check --home."
                : "There is no home " + root + ". Check --home; to begin a new one there: mkdir -p \"" + root + "\"";
        throw new CommandFailed(ExitCode.USAGE, problem);
    }
}
