package dev.orchestrator.pipeline;

import dev.orchestrator.guard.GuardedReader;
import dev.orchestrator.task.TaskView;
import java.nio.file.Path;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Reads where a task works what its agent might read. Thread-safe. */
record ProjectReader(GuardedReader reader, Supplier<RunLimits> limits) {
    private static final int MOST_BYTES = 32 * 1024;

    GuardedReader.Result read(TaskView view, String path, ExecuteStep.Result.@Nullable Done done) {
        Path directory =
                done == null ? Path.of(view.task().directory()) : done.work().directory();
        return reader.read(directory, limits.get().allowedRoots(), path, MOST_BYTES);
    }
}
