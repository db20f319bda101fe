package dev.orchestrator.intake;

import dev.orchestrator.intake.file.Rejection;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Where a task may work: in an allowed root, whatever links and dots lead there, and not among the orchestrator's own
 * files. There is no falling back to another directory: work in the wrong place is worse than none. Thread-safe.
 */
final class WorkingDirectories {
    private final Supplier<Path> base;
    private final Supplier<List<Path>> roots;
    private final List<Path> own;

    /**
     * @param base where a task without {@code cwd} works, and what a relative one starts from
     * @param roots inside which a task must stay
     * @param own directories of the orchestrator
     */
    WorkingDirectories(Supplier<Path> base, Supplier<List<Path>> roots, List<Path> own) {
        this.base = base;
        this.roots = roots;
        this.own = List.copyOf(own);
    }

    /** What came of looking. */
    sealed interface Result {
        record Resolved(Path directory) implements Result {}

        record Refused(Rejection rejection) implements Result {}
    }

    /** @param cwd as the task has it, null when it does not say */
    Result resolve(@Nullable String cwd) {
        String shown = cwd == null ? "the base directory" : "cwd: '" + cwd + "'";
        try {
            Path wanted = cwd == null ? base.get() : base.get().resolve(cwd);
            Path directory = wanted.toRealPath();
            if (!Files.isDirectory(directory)) {
                return refused(shown + " is not a directory", "Name a directory.");
            }
            return checked(shown, directory);
        } catch (InvalidPathException e) {
            return refused(shown + " is not a path on this system: " + e.getReason(), "Correct `cwd`.");
        } catch (IOException e) {
            return refused(shown + " does not exist or cannot be entered", "Create the directory, or correct `cwd`.");
        }
    }

    private Result checked(String shown, Path directory) {
        List<Path> allowed = realRoots();
        if (allowed.stream().noneMatch(directory::startsWith)) {
            return refused(
                    shown + " leads to " + directory + ", outside of the allowed roots " + allowed,
                    "Choose a directory inside a root, or add one to `claude.allowed_roots`.");
        }
        if (own.stream().anyMatch(directory::startsWith)) {
            return refused(
                    shown + " lies among the orchestrator's own files", "Choose a directory that is not one of them.");
        }
        for (Path name : directory) {
            if (name.toString().endsWith(" ")) {
                return refused(
                        shown + " leads through a directory whose name ends with a space, which no permission rule can"
                                + " name",
                        "Rename that directory.");
            }
        }
        return new Result.Resolved(directory);
    }

    private List<Path> realRoots() {
        List<Path> real = new ArrayList<>();
        for (Path root : roots.get()) {
            try {
                real.add(root.toRealPath());
            } catch (IOException e) {
                // A root that is not there allows nothing.
            }
        }
        return real;
    }

    private static Result refused(String reason, String remedy) {
        return new Result.Refused(new Rejection(reason, null, remedy));
    }
}
