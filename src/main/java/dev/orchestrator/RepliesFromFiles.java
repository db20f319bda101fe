package dev.orchestrator;

import dev.orchestrator.control.Commands.Reply;
import dev.orchestrator.intake.Replies;
import dev.orchestrator.task.ReplySource;
import dev.orchestrator.task.TaskId;

/** Says to a task what a dropped file says, as if it were a command. Thread-safe: the desk does one thing at a time. */
record RepliesFromFiles(ControlDesk desk, TaskReplies replies) implements Replies {
    private static final String BY = "file";

    @Override
    public Answer say(TaskId id, String message, ReplySource source) {
        Reply reply = desk.alone(() -> replies.say(id, BY, message, source));
        if (reply.equals(Reply.notYet())) {
            return new Answer.NotYet();
        }
        return reply.ok() ? new Answer.Said(reply.message()) : new Answer.Refused(reply.message());
    }
}
