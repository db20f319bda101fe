package dev.orchestrator;

import dev.orchestrator.artifact.Artifact;
import dev.orchestrator.artifact.ArtifactStore;
import dev.orchestrator.config.Home;
import dev.orchestrator.control.Commands.Reply;
import dev.orchestrator.engine.Engine;
import dev.orchestrator.files.Moves;
import dev.orchestrator.journal.JournalReader;
import dev.orchestrator.journal.LineFormat;
import dev.orchestrator.task.Event;
import dev.orchestrator.task.EventSink;
import dev.orchestrator.task.Failure;
import dev.orchestrator.task.Task;
import dev.orchestrator.task.TaskEvent.TaskAccepted;
import dev.orchestrator.task.TaskEvent.TurnStarted;
import dev.orchestrator.task.TaskId;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.NoSuchFileException;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Begins another turn of a task that is over. For the control thread. */
final class AnotherTurn {
    private static final Logger log = LoggerFactory.getLogger(AnotherTurn.class);
    private static final Pattern SESSION = Pattern.compile("[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}");

    private final Home home;
    private final ArtifactStore artifacts;
    private final Engine engine;
    private final EventSink journal;

    AnotherTurn(Home home, ArtifactStore artifacts, Engine engine, EventSink journal) {
        this.home = home;
        this.artifacts = artifacts;
        this.engine = engine;
        this.journal = journal;
    }

    /** @param over the artifact of the turn before */
    Reply begin(Artifact over, String by) throws IOException {
        return begin(over, by, null, null)
                .orElseGet(() ->
                        Reply.done("Task " + over.taskId() + " is done again, as turn " + (over.turn() + 1) + "."));
    }

    /**
     * @param over the artifact of the turn before
     * @param turn whose change is to be taken back
     */
    Reply undo(Artifact over, int turn, String by) throws IOException {
        return begin(over, by, turn, null)
                .orElseGet(() -> Reply.done("Task " + over.taskId() + ": its change is being taken back, as turn "
                        + (over.turn() + 1) + "."));
    }

    /**
     * @param over the artifact of the turn before, whose agent may have asked something
     * @param message what it is told
     */
    Reply reply(Artifact over, String by, String message) throws IOException {
        return begin(over, by, null, message)
                .orElseGet(() -> Reply.done("Task " + over.taskId() + " goes on, as turn " + (over.turn() + 1) + "."));
    }

    /** Why it cannot begin; empty when it has. */
    private Optional<Reply> begin(Artifact over, String by, @Nullable Integer undoes, @Nullable String message)
            throws IOException {
        TaskId id = over.taskId();
        Optional<Task> task = accepted(over);
        if (task.isEmpty()) {
            return Optional.of(
                    Reply.refused("Task " + id + " was accepted so long ago that the journal does not have it any more;"
                            + " drop its file again: " + home.relative(home.processed(id, over.status()))));
        }
        List<Artifact> turns = artifacts.turns(over);
        journal.commit(new TurnStarted(
                id,
                over.turn() + 1,
                by,
                task.get(),
                session(over, task.get()),
                runs(turns),
                cost(turns),
                undoes,
                message));
        bringBack(over);
        if (undoes == null) {
            engine.reopen(task.get());
        } else {
            engine.conclude(task.get());
        }
        return Optional.empty();
    }

    /** As the journal has it; the last time, when its id was used more than once. */
    private Optional<Task> accepted(Artifact over) throws IOException {
        AtomicReference<@Nullable Task> found = new AtomicReference<>();
        JournalReader reader = new JournalReader(home.journal());
        reader.read(reader.start(), (line, after) -> {
            try {
                boolean matters = LineFormat.head(line)
                        .filter(head -> head.type() != TaskAccepted.class)
                        .isEmpty();
                Event event = matters ? LineFormat.decode(line).event() : null;
                if (event instanceof TaskAccepted accepted && accepted.taskId().equals(over.taskId())) {
                    found.set(accepted.task());
                }
            } catch (LineFormat.MalformedLine e) {
                // The journal's writer repairs it.
            }
        });
        return Optional.ofNullable(found.get())
                .filter(task -> task.source().sha256().equals(over.source().sha256()));
    }

    private static int runs(List<Artifact> turns) {
        return (int) turns.stream()
                .flatMap(turn -> turn.attempts().stream())
                .filter(AnotherTurn::countsAsRun)
                .count();
    }

    private static boolean countsAsRun(Artifact.AttemptReport attempt) {
        return attempt.category() == null || attempt.category().countsAsRun(Boolean.TRUE.equals(attempt.excused()));
    }

    private static BigDecimal cost(List<Artifact> turns) {
        return turns.stream()
                .map(Artifact::agent)
                .filter(Objects::nonNull)
                .map(Artifact.AgentReport::costUsd)
                .filter(Objects::nonNull)
                .reduce(BigDecimal.ZERO, BigDecimal::add);
    }

    /** The id that we gave it, not the one that the agent reports. */
    private static @Nullable String session(Artifact over, Task task) {
        Failure error = over.error();
        // What was done in a copy is not there any more, and the agent would think that it is.
        boolean copied = over.security().guardedWrite();
        // No other agent's session can be continued.
        boolean builtIn = task.spec().agent() == null;
        boolean good = builtIn && !copied && (error == null || error.category().keepsSession());
        // Of one that ended between two attempts there is no report; a session that is not there costs a moment.
        Artifact.AgentReport agent = over.agent();
        boolean spoke = agent != null && (agent.numTurns() > 0 || agent.model() == null);
        if (!good || !spoke || over.attempts().isEmpty()) {
            return null;
        }
        String session = over.attempts().get(over.attempts().size() - 1).sessionId();
        return session != null && SESSION.matcher(session).matches() ? session : null;
    }

    /** Its text is in the journal too, unless it has secrets: then the task cannot be done again without the file. */
    private void bringBack(Artifact over) {
        try {
            Moves.replace(home.processed(over.taskId(), over.status()), home.accepted(over.taskId()));
        } catch (NoSuchFileException e) {
            // Removed by the user.
        } catch (IOException e) {
            log.warn("The file of task {} stays where it is: {}", over.taskId(), e.toString());
        }
    }
}
