package dev.orchestrator.artifact;

import com.fasterxml.jackson.core.JsonProcessingException;
import dev.orchestrator.config.Home;
import dev.orchestrator.files.AtomicFile;
import dev.orchestrator.files.Quarantine;
import dev.orchestrator.json.Json;
import dev.orchestrator.json.Records;
import dev.orchestrator.task.TaskId;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Publishes and finds artifacts. Thread-safe as long as one task is published by one thread. */
public final class ArtifactStore {
    private final Home home;

    public ArtifactStore(Home home) {
        this.home = home;
    }

    /**
     * Publishes the artifact of a turn, once: when it is there already, whoever comes again after a crash finds it and
     * changes nothing. An older turn's artifact is kept under its own name, a damaged one is set aside.
     *
     * @return what is published now, which after a crash may be what was published then
     */
    public Artifact publish(Artifact artifact) throws IOException {
        TaskId id = artifact.taskId();
        Optional<Artifact> present = sound(id, artifact.finishedAt());
        if (present.isPresent() && !makesWayFor(present.get(), artifact)) {
            return present.get();
        }
        if (present.isPresent() && present.get().turn() < artifact.turn()) {
            // A copy: whoever looks finds an artifact of the task at any moment.
            AtomicFile.write(home.olderArtifact(id, present.get().turn()), Files.readAllBytes(home.artifact(id)));
        }
        AtomicFile.write(home.artifact(id), Json.document(artifact));
        return artifact;
    }

    /** Its own turn's end takes the place of one that only says that somebody has to do something. */
    private static boolean makesWayFor(Artifact present, Artifact next) {
        boolean sameTurnEnds = present.turn() == next.turn()
                && present.status().awaitsPerson()
                && next.status().isFinal();
        return present.turn() < next.turn() || sameTurnEnds;
    }

    /** The artifact of that turn, if it was published; a damaged one is set aside. Only for who publishes. */
    public Optional<Artifact> published(TaskId id, int turn, Instant now) throws IOException {
        return sound(id, now).filter(artifact -> artifact.turn() == turn);
    }

    /**
     * The artifact of the latest turn; empty when there is none.
     *
     * @throws IOException also when the file is there and cannot be understood
     */
    public Optional<Artifact> find(TaskId id) throws IOException {
        try {
            return read(id);
        } catch (OfAnotherTask e) {
            throw new IOException(e.getMessage() + "; move it away and the task can be run again", e);
        } catch (JsonProcessingException e) {
            throw new IOException(
                    home.relative(home.artifact(id)) + " is damaged; move it away and the task can be run again", e);
        }
    }

    /**
     * What to say of a task that is not under way and has no artifact: what became of it, or that there never was one.
     *
     * @param wish as {@link Tombstones.Tombstone#told}
     */
    public String absence(TaskId id, String wish) throws IOException {
        return new Tombstones(home).find(id).map(stone -> stone.told(wish)).orElse("There is no task " + id + ".");
    }

    /** The artifacts of all turns up to {@code latest}, in order; of an older one that is gone or damaged nothing is known. */
    public List<Artifact> turns(Artifact latest) throws IOException {
        List<Artifact> turns = new ArrayList<>();
        for (int turn = 1; turn < latest.turn(); turn++) {
            try {
                turns.add(Records.read(Files.readAllBytes(home.olderArtifact(latest.taskId(), turn)), Artifact.class));
            } catch (NoSuchFileException | JsonProcessingException e) {
                Logged.log.warn("Turn {} of task {} cannot be read: {}", turn, latest.taskId(), e.toString());
            }
        }
        turns.add(latest);
        return turns;
    }

    private Optional<Artifact> sound(TaskId id, Instant now) throws IOException {
        try {
            return read(id);
        } catch (OfAnotherTask | JsonProcessingException e) {
            Path aside = Quarantine.setAside(home.artifact(id), now);
            Logged.log.warn(
                    "{} was damaged and is now {}; it is made anew.", home.relative(home.artifact(id)), aside, e);
            return Optional.empty();
        }
    }

    private Optional<Artifact> read(TaskId id) throws IOException {
        try {
            Artifact artifact = Records.read(Files.readAllBytes(home.artifact(id)), Artifact.class);
            if (!artifact.taskId().equals(id)) {
                throw new OfAnotherTask(home.relative(home.artifact(id)) + " is of task " + artifact.taskId());
            }
            return Optional.of(artifact);
        } catch (NoSuchFileException e) {
            return Optional.empty();
        }
    }

    /** Somebody copied or renamed a file: it says nothing about the task that is asked for. */
    private static final class OfAnotherTask extends IOException {
        private static final long serialVersionUID = 1;

        OfAnotherTask(String message) {
            super(message);
        }
    }

    /** Apart, because commands that only look need not load the logger. */
    private static final class Logged {
        private static final Logger log = LoggerFactory.getLogger(ArtifactStore.class);
    }
}
