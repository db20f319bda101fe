package dev.orchestrator;

import dev.orchestrator.artifact.Artifact;
import dev.orchestrator.artifact.ArtifactStore;
import dev.orchestrator.config.Home;
import dev.orchestrator.control.Commands.Reply;
import dev.orchestrator.engine.Engine;
import dev.orchestrator.files.Moves;
import dev.orchestrator.journal.JournalReader;
import dev.orchestrator.task.EventSink;
import dev.orchestrator.task.Failure;
import dev.orchestrator.task.ReplySource;
import dev.orchestrator.task.Task;
import dev.orchestrator.task.TaskEvent.TurnStarted;
import dev.orchestrator.task.TaskId;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.NoSuchFileException;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Begins another turn of a task that is over. For one thread at a time: see {@link ControlDesk}. */
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

    /**
     * What opened the turn before is said again: it came to nothing.
     *
     * @param over the artifact of the turn before
     */
    Reply again(Artifact over, String by) throws IOException {
        TaskPast past = past(over.taskId());
        return begin(over, past, new Wish(by, null, past.opening(over.turn()), null))
                .orElseGet(() ->
                        Reply.done("Task " + over.taskId() + " is done again, as turn " + (over.turn() + 1) + "."));
    }

    /**
     * @param over the artifact of the turn before
     * @param turn whose change is to be taken back
     */
    Reply undo(Artifact over, int turn, String by) throws IOException {
        return begin(over, past(over.taskId()), new Wish(by, turn, null, null))
                .orElseGet(() -> Reply.done("Task " + over.taskId() + ": its change is being taken back, as turn "
                        + (over.turn() + 1) + "."));
    }

    /**
     * @param over the artifact of the turn before, whose agent may have asked something
     * @param message what it is told
     * @param source the file in which that is said; null for none. What was said in it before is not said again
     */
    Reply reply(Artifact over, String by, String message, @Nullable ReplySource source) throws IOException {
        TaskPast past = past(over.taskId());
        if (source != null && past.wasSaid(source)) {
            return Reply.done("Task " + over.taskId() + " was told this before.");
        }
        return begin(over, past, new Wish(by, null, message, source))
                .orElseGet(() -> Reply.done("Task " + over.taskId() + " goes on, as turn " + (over.turn() + 1) + "."));
    }

    /** True when what {@code source} says was said to {@code id}, in whatever turn. */
    boolean wasSaid(TaskId id, ReplySource source) throws IOException {
        return past(id).wasSaid(source);
    }

    private TaskPast past(TaskId id) throws IOException {
        return TaskPast.read(new JournalReader(home.journal()), id);
    }

    /** What is wanted, as {@link TurnStarted} has it. */
    private record Wish(
            String by,
            @Nullable Integer undoes,
            @Nullable String message,
            @Nullable ReplySource source) {}

    /** Why it cannot begin; empty when it has. */
    private Optional<Reply> begin(Artifact over, TaskPast past, Wish wish) throws IOException {
        TaskId id = over.taskId();
        Optional<Task> task = past.accepted()
                .filter(accepted ->
                        accepted.source().sha256().equals(over.source().sha256()));
        if (task.isEmpty()) {
            return Optional.of(Reply.refused(
                    "Task " + id + " was accepted so long ago that the journal does not have it any more, so it"
                            + " cannot go on. What it was is in " + home.relative(home.artifact(id))
                            + "; drop what is to be done as a new task."));
        }
        List<Artifact> turns = artifacts.turns(over);
        journal.commit(new TurnStarted(
                id,
                over.turn() + 1,
                wish.by(),
                task.get(),
                session(over, task.get()),
                runs(turns),
                cost(turns),
                over.status(),
                wish.undoes(),
                wish.message(),
                wish.source()));
        bringBack(over);
        if (wish.undoes() == null) {
            engine.reopen(task.get());
        } else {
            engine.conclude(task.get());
        }
        return Optional.empty();
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
