package dev.orchestrator.pipeline;

import dev.orchestrator.artifact.Artifact;
import dev.orchestrator.artifact.ArtifactStore;
import dev.orchestrator.config.Home;
import dev.orchestrator.files.AtomicFile;
import dev.orchestrator.files.Moves;
import dev.orchestrator.json.Redaction;
import dev.orchestrator.process.RunFiles;
import dev.orchestrator.secret.Redactor;
import dev.orchestrator.task.ApprovalEvent;
import dev.orchestrator.task.Event;
import dev.orchestrator.task.EventSink;
import dev.orchestrator.task.Failure;
import dev.orchestrator.task.TaskEvent;
import dev.orchestrator.task.TaskId;
import dev.orchestrator.task.TaskStatus;
import dev.orchestrator.time.TimeSource;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Writes down how a turn ended: summary, artifact, events, archive, in this order. The artifact's rename is the moment from
 * which the turn is over; everything before it is done again after a crash, everything after it is made up for.
 */
final class PersistStep {
    private static final Logger log = LoggerFactory.getLogger(PersistStep.class);
    private static final long LARGE_PICTURE = 1 << 16;

    private final Home home;
    private final ArtifactStore artifacts;
    private final ArtifactBuilder builder;
    private final Redaction redaction;
    private final SpentRecords records;
    private final EventSink journal;
    private final TimeSource time;

    PersistStep(
            Home home,
            ArtifactStore artifacts,
            ArtifactBuilder builder,
            Redactor redactor,
            EventSink journal,
            TimeSource time) {
        this.redaction = new Redaction(redactor);
        this.records = new SpentRecords(redactor);
        this.home = home;
        this.artifacts = artifacts;
        this.builder = builder;
        this.journal = journal;
        this.time = time;
    }

    void run(TurnEnd end) throws IOException {
        publish(builder.build(end, time.now()));
    }

    /** A person has decided about the change of a turn. */
    void decided(Artifact waiting, TaskStatus status, Artifact.Approval decision) throws IOException {
        publish(waiting.decidedAs(status, decision, time.now()));
    }

    /** A turn that waited for a person ends without one. */
    void end(Artifact waiting, TaskStatus status, @Nullable Failure why) throws IOException {
        publish(waiting.endedAs(status, why, time.now()));
    }

    /** What is checked, and decided by, has its secrets; what is written has none, nor has what is made from it. */
    private void publish(Artifact artifact) throws IOException {
        Artifact written = redaction.of(artifact);
        AtomicFile.write(home.summary(written.taskId()), SummaryText.of(written));
        announce(artifacts.publish(written));
    }

    /** What follows the publication; also for an artifact that was published just before a crash. */
    void announce(Artifact artifact) {
        List<Event> events = new ArrayList<>();
        TaskId id = artifact.taskId();
        // Before the task is over: whoever dies here comes back to it.
        hideSecrets(artifact);
        events.add(
                new TaskEvent.ArtifactWritten(id, artifact.turn(), home.relative(home.artifact(id)), artifact.title()));
        requested(artifact).ifPresent(events::add);
        events.add(new TaskEvent.TurnFinished(id, artifact.turn(), artifact.status()));
        if (artifact.status().isFinal()) {
            events.add(finished(artifact));
        }
        journal.commit(events);
        try {
            tidy(artifact);
        } catch (IOException e) {
            log.warn("Task {} is over; its files are put away at the next start: {}", id, e.toString());
        }
    }

    private static Optional<Event> requested(Artifact artifact) {
        Artifact.Approval approval = artifact.approval();
        String patch = artifact.paths().patch();
        return approval == null || patch == null || artifact.status() != TaskStatus.AWAITING_APPROVAL
                ? Optional.empty()
                : Optional.of(new ApprovalEvent.ApprovalRequested(
                        artifact.taskId(),
                        artifact.turn(),
                        patch,
                        approval.patchSha256(),
                        approval.files(),
                        approval.expiresAt()));
    }

    private void tidy(Artifact artifact) throws IOException {
        TaskId id = artifact.taskId();
        if (artifact.status().isFinal()) {
            archive(id, artifact.status());
        }
        for (RunFiles attempt : attempts(artifact)) {
            deleteIfLarge(attempt.before());
        }
    }

    private void hideSecrets(Artifact artifact) {
        for (RunFiles attempt : attempts(artifact)) {
            records.hideSecrets(attempt);
        }
    }

    private List<RunFiles> attempts(Artifact artifact) {
        return IntStream.rangeClosed(1, artifact.attempts().size())
                .mapToObj(attempt -> new RunFiles(home.runs(artifact.taskId()), artifact.turn(), attempt))
                .toList();
    }

    /**
     * The picture of the directory has served. A small one stays: it is of use to whoever looks into the run later, and
     * deleting a file for each task makes ext4 slow at creating the next ones.
     */
    private static void deleteIfLarge(Path picture) throws IOException {
        if (Files.exists(picture) && Files.size(picture) > LARGE_PICTURE) {
            Moves.delete(picture);
        }
    }

    /** Moves the task file away; it may be gone already, or never have been there. */
    private void archive(TaskId id, TaskStatus status) throws IOException {
        try {
            Moves.replace(home.accepted(id), home.processed(id, status));
        } catch (NoSuchFileException e) {
            // Done before a crash, or removed by the user.
        }
    }

    private static TaskEvent.TaskFinished finished(Artifact artifact) {
        Failure error = artifact.error();
        Artifact.AgentReport agent = artifact.agent();
        Map<String, Long> usage = agent == null ? Map.of() : agent.usage();
        return new TaskEvent.TaskFinished(
                artifact.taskId(),
                artifact.turn(),
                artifact.status(),
                artifact.type(),
                error == null ? null : error.category(),
                artifact.attempts().size(),
                artifact.durationMs(),
                agent == null ? null : agent.costUsd(),
                usage.getOrDefault("input_tokens", 0L),
                usage.getOrDefault("output_tokens", 0L));
    }
}
