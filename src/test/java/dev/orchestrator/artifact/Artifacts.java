package dev.orchestrator.artifact;

import dev.orchestrator.task.Priority;
import dev.orchestrator.task.TaskId;
import dev.orchestrator.task.TaskSource;
import dev.orchestrator.task.TaskStatus;
import dev.orchestrator.testkit.ManualTime;
import java.util.List;

/** Artifacts for tests. */
final class Artifacts {
    private Artifacts() {}

    static Artifact succeeded(String id, int turn, String result) {
        return new Artifact(
                Artifact.SCHEMA_VERSION,
                new TaskId(id),
                turn,
                1,
                TaskStatus.SUCCEEDED,
                true,
                "bug_fix",
                "Title of " + id,
                Priority.MEDIUM,
                List.of(),
                null,
                new TaskSource(id + ".task.md", "0".repeat(64), 3),
                null,
                null,
                ManualTime.START,
                null,
                ManualTime.START,
                900,
                result,
                "",
                List.of(),
                null,
                List.of(),
                0,
                List.of(),
                null,
                List.of(),
                new Artifact.ParserReport("rules", "none"),
                new Artifact.ValidationResult(true, List.of()),
                List.of(),
                new Artifact.SecurityReport("rules", "none", false, List.of(), List.of()),
                List.of(),
                new Artifact.Paths("summaries/" + id + ".md", null, null, null, null));
    }
}
