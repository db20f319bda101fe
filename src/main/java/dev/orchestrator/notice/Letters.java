package dev.orchestrator.notice;

import dev.orchestrator.artifact.Artifact;
import dev.orchestrator.artifact.ArtifactStore;
import dev.orchestrator.config.Home;
import dev.orchestrator.json.Redaction;
import dev.orchestrator.secret.Cut;
import dev.orchestrator.secret.Redactor;
import dev.orchestrator.task.Notice;
import java.io.IOException;
import java.util.Optional;

/** Writes letters: a notice, and what the artifact of its task says. Thread-safe. */
public final class Letters {
    private static final int LONGEST_SUMMARY = 1_000;
    private static final int LONGEST_REASON = 400;

    private final Home home;
    private final ArtifactStore artifacts;
    private final Redactor redactor;
    private final Redaction redaction;

    public Letters(Home home, ArtifactStore artifacts, Redactor redactor) {
        this.home = home;
        this.artifacts = artifacts;
        this.redactor = redactor;
        this.redaction = new Redaction(redactor);
    }

    Letter of(Notice notice) {
        Optional<Artifact> artifact = artifact(notice);
        return redaction.of(new Letter(
                Letter.SCHEMA_VERSION,
                Integer.toHexString(home.root().toString().hashCode()) + "-" + notice.seq(),
                notice.kind(),
                notice.at(),
                home.root().toString(),
                notice.taskId(),
                notice.title(),
                notice.status(),
                notice.text(),
                artifact.map(Artifact::summary)
                        .map(text -> Cut.beginning(text, LONGEST_SUMMARY))
                        .orElse(null),
                artifact.map(Artifact::error).orElse(null)));
    }

    /** Why a letter was not taken, as a line of a log: hidden first, since half of a secret looks like nothing. */
    String reason(String why) {
        return Cut.beginning(redactor.redact(why).replaceAll("\\s+", " "), LONGEST_REASON);
    }

    /** Of a task that has gone on since, it says what holds now. */
    private Optional<Artifact> artifact(Notice notice) {
        try {
            return notice.taskId() == null || notice.kind() == Notice.Kind.SECURITY
                    ? Optional.empty()
                    : artifacts.find(notice.taskId());
        } catch (IOException e) {
            // Whoever looks at the task is told what is wrong with it.
            return Optional.empty();
        }
    }
}
