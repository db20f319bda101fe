package dev.orchestrator.view;

import dev.orchestrator.artifact.Artifact;
import dev.orchestrator.config.Home;
import dev.orchestrator.json.Damage;
import dev.orchestrator.json.Records;
import dev.orchestrator.task.TaskId;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What came of a task, turn by turn. Thread-safe. */
public final class ResultQuery {
    private final Home home;

    public ResultQuery(Home home) {
        this.home = home;
    }

    /**
     * The artifact as it stands in its file.
     *
     * @param turn null for the latest
     */
    public Optional<String> artifact(TaskId id, @Nullable Integer turn) throws IOException {
        Optional<String> latest = read(home.artifact(id));
        if (turn == null) {
            return checked(latest, id);
        }
        boolean isLatest = latest.isPresent() && understood(latest.get(), id).turn() == turn;
        return isLatest ? latest : checked(read(home.olderArtifact(id, turn)), id);
    }

    private static Optional<String> checked(Optional<String> artifact, TaskId id) throws IOException {
        if (artifact.isPresent()) {
            understood(artifact.get(), id);
        }
        return artifact;
    }

    /**
     * What a person reads first: the summary, or what the artifact says when the summary is gone or belongs to a later
     * turn.
     *
     * @param turn null for the latest
     */
    public Optional<String> summary(TaskId id, @Nullable Integer turn) throws IOException {
        Optional<String> artifact = artifact(id, turn);
        if (artifact.isEmpty()) {
            return Optional.empty();
        }
        Optional<String> latest = turn == null ? artifact : read(home.artifact(id));
        Optional<String> written = artifact.equals(latest) ? read(home.summary(id)) : Optional.empty();
        return written.isPresent() ? written : Optional.of(shortly(understood(artifact.get(), id)));
    }

    private static String shortly(Artifact artifact) {
        StringBuilder text = new StringBuilder();
        text.append("# ").append(artifact.title()).append("\n\n");
        text.append(artifact.status()).append(", turn ").append(artifact.turn()).append("\n");
        if (artifact.error() != null) {
            text.append('\n').append(artifact.error().message()).append('\n');
            text.append("Next: ").append(artifact.error().suggestedAction()).append('\n');
        }
        String said = artifact.summary().isBlank() ? artifact.result() : artifact.summary();
        return text.append('\n').append(said).append('\n').toString();
    }

    private static Artifact understood(String artifact, TaskId id) throws IOException {
        try {
            Artifact understood = Records.read(artifact, Artifact.class);
            if (!understood.taskId().equals(id)) {
                throw new IOException("the artifact called " + id + " is of task " + understood.taskId()
                        + ". Move it away, or give it its name.");
            }
            return understood;
        } catch (com.fasterxml.jackson.core.JsonProcessingException e) {
            throw new IOException(
                    "the artifact of " + id + " is damaged: " + Damage.of(e)
                            + ". Restore it from a backup, or move it away.",
                    e);
        }
    }

    private static Optional<String> read(Path file) throws IOException {
        try {
            return Optional.of(new String(Files.readAllBytes(file), StandardCharsets.UTF_8));
        } catch (NoSuchFileException e) {
            return Optional.empty();
        }
    }
}
