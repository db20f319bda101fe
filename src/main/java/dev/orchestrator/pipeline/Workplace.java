package dev.orchestrator.pipeline;

import dev.orchestrator.task.Task;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Where an attempt works.
 *
 * @param directory that of the task, or a copy of it
 * @param copied the top of the copy; null when it works in the task's directory itself
 * @param original the task's directory
 */
record Workplace(Path directory, @Nullable Path copied, Path original) {

    static Workplace of(Task task) {
        Path directory = Path.of(task.directory());
        return new Workplace(directory, null, directory);
    }

    /** As the journal has it: null for the task's directory. */
    @Nullable
    String journalled() {
        return copied == null ? null : directory.toString();
    }

    /** What may be read: of a copy all of it, too. */
    List<Path> readRoots(List<Path> allowed) {
        if (copied == null) {
            return allowed;
        }
        List<Path> roots = new ArrayList<>(allowed);
        roots.add(copied);
        return roots;
    }

    /** An agent that is told a path in the original would try to change the original. */
    String explained(String prompt) {
        return copied == null
                ? prompt
                : prompt + "\n\nYou work in a copy of `" + original + "`, which is `" + directory
                        + "`. Wherever this task names a path in the original, use the same path in the copy.\n";
    }
}
