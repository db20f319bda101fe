package dev.orchestrator;

import dev.orchestrator.artifact.Artifact;
import dev.orchestrator.artifact.ArtifactStore;
import dev.orchestrator.control.Commands.Reply;
import dev.orchestrator.dispatch.Dispatcher;
import dev.orchestrator.secret.Redactor;
import dev.orchestrator.state.StateIndex;
import dev.orchestrator.task.ReplySource;
import dev.orchestrator.task.TaskId;
import dev.orchestrator.task.TaskStatus;
import dev.orchestrator.task.TaskView;
import java.io.IOException;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Says something to a task that is over or asked something, so that it goes on. For the control thread. */
final class TaskReplies {
    private final StateIndex state;
    private final ArtifactStore artifacts;
    private final Dispatcher dispatcher;
    private final AnotherTurn anotherTurn;
    private final Redactor redactor;

    TaskReplies(
            StateIndex state,
            ArtifactStore artifacts,
            Dispatcher dispatcher,
            AnotherTurn anotherTurn,
            Redactor redactor) {
        this.state = state;
        this.artifacts = artifacts;
        this.dispatcher = dispatcher;
        this.anotherTurn = anotherTurn;
        this.redactor = redactor;
    }

    /** @param source the file in which {@code message} is said; null for none */
    Reply say(TaskId id, String by, String message, @Nullable ReplySource source) {
        Optional<TaskView> view = state.active(id);
        try {
            if (view.isPresent() && view.get().status() != TaskStatus.AWAITING_REPLY) {
                return wasSaid(view.get(), message, source)
                        ? Reply.done(
                                "Task " + id + " goes on, as turn " + view.get().turn() + ".")
                        : notNow(view.get());
            }
            if (view.isPresent() && view.get().cancelledBy() != null) {
                return Reply.notYet();
            }
            Optional<Artifact> artifact = artifacts.find(id);
            if (artifact.isEmpty()) {
                return Reply.refused(artifacts.absence(id, "told anything"));
            }
            dispatcher.forget(id);
            return anotherTurn.reply(artifact.get(), by, message, source);
        } catch (IOException e) {
            return Reply.refused("Task " + id + " cannot go on: " + e.getMessage());
        }
    }

    /** Said again after a crash, what was begun is begun. The same words in another file are said anew. */
    private boolean wasSaid(TaskView view, String message, @Nullable ReplySource source) throws IOException {
        return source == null
                ? redactor.redact(message).equals(view.notes().talk().opening())
                : anotherTurn.wasSaid(view.id(), source);
    }

    private static Reply notNow(TaskView view) {
        TaskId id = view.id();
        return Reply.refused(
                view.status() == TaskStatus.AWAITING_APPROVAL
                        ? "Task " + id + " has a change that waits: `approve " + id + "` or `reject " + id
                                + "`, then say it again."
                        : "Task " + id + " is " + view.status()
                                + "; what it is to be told can be said when it is over.");
    }
}
