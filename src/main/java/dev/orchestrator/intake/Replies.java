package dev.orchestrator.intake;

import dev.orchestrator.task.ReplySource;
import dev.orchestrator.task.TaskId;

/** Says to a task what stands in a dropped file. */
@FunctionalInterface
public interface Replies {

    /** Said again, the same file says nothing. */
    Answer say(TaskId id, String message, ReplySource source);

    /** What came of it. */
    sealed interface Answer {
        /** @param message for a person */
        record Said(String message) implements Answer {}

        /** @param why for a person */
        record Refused(String why) implements Answer {}

        /** Something else has to be over before; it is to be said again. */
        record NotYet() implements Answer {}
    }
}
