package dev.orchestrator.testkit;

import dev.orchestrator.artifact.Artifact;
import dev.orchestrator.task.Task;
import dev.orchestrator.task.TaskStatus;
import java.util.List;

/** Artifacts for tests. */
public final class Artifacts {
    private Artifacts() {}

    public static Artifact succeeded(String id, int turn, String result) {
        return succeeded(TaskBuilder.task(id).build(), turn, result);
    }

    /** Of a task that was over as soon as it was accepted. */
    public static Artifact succeeded(Task task, int turn, String result) {
        return new Artifact(
                Artifact.SCHEMA_VERSION,
                task.id(),
                turn,
                1,
                TaskStatus.SUCCEEDED,
                true,
                "bug_fix",
                task.spec().title(),
                task.spec().priority(),
                List.of(),
                null,
                task.source(),
                null,
                null,
                task.acceptedAt(),
                null,
                task.acceptedAt(),
                900,
                result,
                null,
                "",
                "agent",
                List.of(),
                null,
                List.of(),
                0,
                "directory",
                List.of(),
                null,
                List.of(),
                new Artifact.ParserReport("rules", "none", List.of()),
                new Artifact.ValidationResult(true, List.of()),
                List.of(),
                List.of(),
                new Artifact.SecurityReport("enforced", 0, "none", "off", false, List.of(), List.of()),
                null,
                List.of(),
                new Artifact.Paths("summaries/" + task.id() + ".md", null, null, null, null));
    }
}
