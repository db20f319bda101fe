package dev.orchestrator.telegram;

import dev.orchestrator.control.Commands;
import dev.orchestrator.control.Commands.Reply;
import dev.orchestrator.task.ReplySource;
import dev.orchestrator.task.TaskId;
import dev.orchestrator.task.TaskView;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/** What can be done from a chat. Implementations are thread-safe. */
public interface Desk {
    /** What a command that only looks would print. */
    String ask(List<String> command);

    /** Gives an order, while no other is being done. */
    Reply order(Function<Commands, Reply> order);

    /** Goes on with a task; the same message says nothing twice. */
    Reply reply(TaskId id, String by, String message, ReplySource source);

    /**
     * Puts a file where the agent of task {@code id} can read it, before that is handed in.
     *
     * @param name safe
     * @return where it lies
     */
    Path attach(TaskId id, String name, byte[] content) throws IOException;

    /** Has a task file taken in. */
    void drop(TaskId id, String content) throws IOException;

    /**
     * True when there is or was a task of this id, or a file for one.
     *
     * @throws IOException when nobody can tell
     */
    boolean isKnown(TaskId id) throws IOException;

    /** Tasks that are not over. */
    List<TaskView> active();

    /** When task {@code id} ended, if it is one of the latest that did. */
    Optional<Instant> ended(TaskId id);

    /** When a person paused; empty when nobody did. */
    Optional<Instant> paused();

    /** Names of the templates. */
    Collection<String> templates();
}
