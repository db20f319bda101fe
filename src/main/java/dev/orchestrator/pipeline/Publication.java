package dev.orchestrator.pipeline;

import dev.orchestrator.artifact.Artifact;
import dev.orchestrator.artifact.ArtifactStore;
import dev.orchestrator.task.Outcome;
import dev.orchestrator.task.Step;
import dev.orchestrator.task.TaskStatus;
import dev.orchestrator.task.TaskView;
import dev.orchestrator.time.TimeSource;
import java.io.IOException;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The last step of a turn, whether it comes to it for the first time or after a crash. Thread-safe. */
final class Publication {
    private final PersistStep persist;
    private final ArtifactStore artifacts;
    private final StepEvents events;
    private final TimeSource time;
    private final GuardedTurns guarded;
    private final ApprovalStep approvals;

    Publication(
            PersistStep persist,
            ArtifactStore artifacts,
            GuardedTurns guarded,
            ApprovalStep approvals,
            StepEvents events,
            TimeSource time) {
        this.guarded = guarded;
        this.approvals = approvals;
        this.persist = persist;
        this.artifacts = artifacts;
        this.events = events;
        this.time = time;
    }

    /** What was published of the turn that {@code view} is in. */
    Optional<Artifact> of(TaskView view) throws IOException {
        return artifacts.published(view.id(), view.turn(), time.now());
    }

    Outcome publish(TurnEnd end) throws IOException {
        events.begun(end.view(), Step.PERSIST);
        TurnEnd settled = guarded.settle(end);
        persist.run(settled);
        guarded.over(end.view());
        return outcome(settled.status());
    }

    /**
     * The artifact was published and the daemon died before it could say so, or it waits for a person.
     *
     * @param wanted how it is to end that waits; null when it may go on waiting
     */
    Outcome goOnFrom(TaskView view, Artifact artifact, @Nullable TaskStatus wanted) throws IOException {
        if (artifact.status() == TaskStatus.AWAITING_APPROVAL && view.isDecided()) {
            return approvals.run(view, artifact);
        }
        if (artifact.status().awaitsPerson() && wanted != null) {
            persist.end(artifact, wanted, null);
            return outcome(wanted);
        }
        boolean ended = view.status().isFinal() || view.status().awaitsPerson();
        if (!ended) {
            // It may have been put back into the queue when our own disk failed; what follows is the end of one that
            // runs.
            events.begun(view, Step.PERSIST);
        }
        persist.announce(artifact);
        guarded.over(view);
        return outcome(artifact.status());
    }

    private static Outcome outcome(TaskStatus status) {
        return status.isFinal() ? new Outcome.Finished(status) : new Outcome.Waiting(status);
    }
}
