package dev.orchestrator.artifact;

import dev.orchestrator.json.Damage;
import dev.orchestrator.json.Records;
import dev.orchestrator.task.TaskId;
import dev.orchestrator.task.TaskStatus;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.function.Predicate;

/** Makes the index's entries out of the artifacts themselves. Slow: reads every one. */
final class ArtifactScan {
    private static final String SUFFIX = ".json";

    private ArtifactScan() {}

    /**
     * @param index path of the index, beside which the artifacts lie
     * @param looked which artifacts are looked at
     * @param unreadable told of each file that is left out, in a sentence
     */
    static Map<TaskId, IndexFile.Entry> entries(Path index, Predicate<TaskId> looked, Consumer<String> unreadable)
            throws IOException {
        Map<TaskId, IndexFile.Entry> entries = new TreeMap<>();
        try (DirectoryStream<Path> files = Files.newDirectoryStream(index.resolveSibling("."), "*" + SUFFIX)) {
            for (Path file : files) {
                String name = String.valueOf(file.getFileName());
                String stem = name.substring(0, name.length() - SUFFIX.length());
                if (TaskId.problem(stem).isEmpty() && looked.test(TaskId.parse(stem))) {
                    add(file, name, entries, unreadable);
                }
            }
        }
        return entries;
    }

    /** What the index needs of an artifact. */
    record Part(TaskId taskId, int turn, TaskStatus status, String title, Instant finishedAt) {}

    private static void add(Path file, String name, Map<TaskId, IndexFile.Entry> entries, Consumer<String> unreadable) {
        try {
            Part artifact = Records.read(Files.readAllBytes(file), Part.class);
            if (!name.equals(artifact.taskId() + SUFFIX)) {
                unreadable.accept("results/" + name + " is of task " + artifact.taskId()
                        + " and left out of the index. Move it away, or give it its name.");
                return;
            }
            entries.put(
                    artifact.taskId(),
                    new IndexFile.Entry(
                            "results/" + name,
                            artifact.turn(),
                            artifact.status(),
                            artifact.title(),
                            artifact.finishedAt()));
        } catch (IOException | RuntimeException e) {
            unreadable.accept("results/" + name + " is damaged and left out of the index: " + Damage.of(e)
                    + ". Restore it from a backup, or move it away.");
        }
    }
}
