package dev.orchestrator.intake;

import dev.orchestrator.config.Home;
import dev.orchestrator.files.Moves;
import dev.orchestrator.files.Sha256;
import dev.orchestrator.intake.file.Rejection;
import dev.orchestrator.intake.file.TaskFileResult;
import dev.orchestrator.task.ReplySource;
import dev.orchestrator.task.TaskSource;
import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Dropped files that say something to a task that is over. First it is said, which is in the journal then with the file's hash
 * and time, then the file is put away: after a crash in between it is known, and not said again. For one thread.
 */
final class ReplyFiles {
    private static final Logger log = LoggerFactory.getLogger(ReplyFiles.class);

    private final Home home;
    private final Replies replies;

    ReplyFiles(Home home, Replies replies) {
        this.home = home;
        this.replies = replies;
    }

    /** Why it cannot be said; empty when it was. */
    Optional<Rejection> say(Path file, TaskSource read, TaskFileResult.Reply reply) throws IOException {
        Instant modified = FileLook.at(file)
                .orElseThrow(() -> new NoSuchFileException(file.toString()))
                .modified()
                .truncatedTo(ChronoUnit.MILLIS);
        ReplySource source = new ReplySource(read.file(), read.sha256(), modified);
        Replies.Answer answer = replies.say(reply.turnOf(), reply.message(), source);
        if (answer instanceof Replies.Answer.Refused refused) {
            return Optional.of(new Rejection(
                    refused.why(), reply.line(), "Correct the file, or save it once more when that is no longer so."));
        }
        if (answer instanceof Replies.Answer.NotYet) {
            throw new IOException("task " + reply.turnOf() + " is coming to its end");
        }
        log.info("{}: {}", read.file(), ((Replies.Answer.Said) answer).message());
        if (Sha256.ofFile(file).equals(Optional.of(read.sha256()))) {
            Moves.replace(file, home.processedReply(reply.turnOf(), read.sha256()));
        }
        // Else it was saved meanwhile, and what it says now is still to be said.
        return Optional.empty();
    }
}
