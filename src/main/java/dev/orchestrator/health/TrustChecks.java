package dev.orchestrator.health;

import dev.orchestrator.files.Refused;
import dev.orchestrator.guard.project.ProjectTrust;
import dev.orchestrator.guard.project.TrustedDirectories;
import dev.orchestrator.guard.project.TrustedDirectory;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/** Whose settings are trusted, and whether they are still what they were. */
final class TrustChecks {
    private final Path file;

    /** @param file where that is remembered; need not exist */
    TrustChecks(Path file) {
        this.file = file;
    }

    CheckResult trusted() throws AccessDeniedException {
        try {
            List<TrustedDirectory> all = new TrustedDirectories(file).all();
            List<String> changed = new ArrayList<>();
            for (TrustedDirectory directory : all) {
                Optional<String> problem = problem(directory);
                problem.ifPresent(why -> changed.add(directory.directory() + " (" + why + ")"));
            }
            return all.isEmpty() ? CheckResult.ok("settings of repositories are off") : told(all, changed);
        } catch (AccessDeniedException e) {
            // Nothing is wrong with what is in it.
            throw e;
        } catch (IOException e) {
            return CheckResult.warn(
                    "the settings of all repositories stay off: " + e.getMessage(),
                    "Remove " + file + ", then `trust DIR` again.");
        }
    }

    private static CheckResult told(List<TrustedDirectory> all, List<String> changed) {
        if (!changed.isEmpty()) {
            return CheckResult.warn(
                    "settings stay off, since they are not what was trusted: " + String.join("; ", changed),
                    "Look at them with `trust DIR`; then `trust DIR --yes`, or `trust --revoke DIR`.");
        }
        return CheckResult.ok("hooks and MCP servers are on in "
                + all.stream().map(TrustedDirectory::directory).collect(Collectors.joining(", ")));
    }

    private static Optional<String> problem(TrustedDirectory directory) {
        try {
            return ProjectTrust.problem(directory);
        } catch (IOException e) {
            return Optional.of("they cannot be read: " + Refused.words(e));
        }
    }
}
