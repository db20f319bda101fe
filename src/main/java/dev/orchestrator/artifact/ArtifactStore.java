package dev.orchestrator.artifact;

import com.fasterxml.jackson.core.JsonProcessingException;
import dev.orchestrator.config.Home;
import dev.orchestrator.files.AtomicFile;
import dev.orchestrator.files.Moves;
import dev.orchestrator.json.Json;
import dev.orchestrator.task.TaskId;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.util.Optional;

/** Publishes and finds artifacts. Thread-safe as long as one task is published by one thread. */
public final class ArtifactStore {
    private final Home home;

    public ArtifactStore(Home home) {
        this.home = home;
    }

    /**
     * Publishes the artifact of a turn, once: when it is there already, whoever comes again after a crash finds it and
     * changes nothing. An older turn's artifact is kept under its own name.
     *
     * @return what is published now, which after a crash may be what was published then
     */
    public Artifact publish(Artifact artifact) throws IOException {
        Optional<Artifact> present = find(artifact.taskId());
        if (present.isPresent() && present.get().turn() >= artifact.turn()) {
            return present.get();
        }
        if (present.isPresent()) {
            Moves.replace(
                    home.artifact(artifact.taskId()),
                    home.olderArtifact(artifact.taskId(), present.get().turn()));
        }
        AtomicFile.write(home.artifact(artifact.taskId()), Json.bytes(Json.pretty(), artifact));
        return artifact;
    }

    /**
     * The artifact of the latest turn; empty when there is none.
     *
     * @throws IOException also when the file is there and cannot be understood
     */
    public Optional<Artifact> find(TaskId id) throws IOException {
        try {
            return Optional.of(Json.full().readValue(Files.readAllBytes(home.artifact(id)), Artifact.class));
        } catch (NoSuchFileException e) {
            return Optional.empty();
        } catch (JsonProcessingException e) {
            throw new IOException(
                    home.relative(home.artifact(id)) + " is damaged; move it away and the task can be run again", e);
        }
    }

    /** True when an artifact of {@code id} is there, readable or not. */
    public boolean exists(TaskId id) {
        return Files.exists(home.artifact(id));
    }
}
