package dev.orchestrator;

import dev.orchestrator.artifact.Artifact;
import dev.orchestrator.artifact.ArtifactStore;
import dev.orchestrator.artifact.Tombstones;
import dev.orchestrator.artifact.Tombstones.Tombstone;
import dev.orchestrator.config.Home;
import dev.orchestrator.files.Sha256;
import dev.orchestrator.intake.KnownTasks;
import dev.orchestrator.state.StateIndex;
import dev.orchestrator.task.TaskId;
import dev.orchestrator.task.TaskStatus;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/**
 * What is known of any task: from the state while it is under way, from its artifact when it is over, or from what stays of that
 * when it was removed or is lost.
 */
final class TaskRecords implements KnownTasks {
    private final StateIndex state;
    private final ArtifactStore artifacts;
    private final Tombstones removed;
    private final Home home;

    TaskRecords(StateIndex state, ArtifactStore artifacts, Tombstones removed, Home home) {
        this.home = home;
        this.state = state;
        this.artifacts = artifacts;
        this.removed = removed;
    }

    @Override
    public Optional<Known> find(TaskId id) {
        return state.active(id)
                .map(view -> new Known(view.task().source().sha256(), view.status()))
                .or(() -> artifact(id).map(found -> new Known(found.source().sha256(), found.status())))
                .or(() -> tombstone(id).map(found -> new Known(found.sha256(), found.status())))
                .or(() -> processed(id));
    }

    /** Its artifact is lost; its file lies where files go that are done. */
    private Optional<Known> processed(TaskId id) {
        for (TaskStatus status : TaskStatus.values()) {
            Path file = home.processed(id, status);
            if (status.isFinal() && Files.exists(file)) {
                try {
                    return Optional.of(new Known(Sha256.of(Files.readAllBytes(file)), status));
                } catch (IOException e) {
                    throw new UncheckedIOException("task " + id, e);
                }
            }
        }
        return Optional.empty();
    }

    /** How it stands; empty when there never was such a task. */
    Optional<TaskStatus> statusOf(TaskId id) {
        return find(id).map(Known::status);
    }

    private Optional<Tombstone> tombstone(TaskId id) {
        try {
            return removed.find(id);
        } catch (IOException e) {
            throw new UncheckedIOException("task " + id, e);
        }
    }

    private Optional<Artifact> artifact(TaskId id) {
        try {
            return artifacts.find(id);
        } catch (IOException e) {
            throw new UncheckedIOException("task " + id, e);
        }
    }
}
