package dev.orchestrator.cli;

import dev.orchestrator.task.OpenQuestion;
import dev.orchestrator.task.TaskId;
import org.jspecify.annotations.Nullable;

/** What an agent waits to be told, in one line each. */
final class QuestionText {
    private static final int MOST = 300;

    private QuestionText() {}

    /** @param question null when an earlier version wrote down how the task stands */
    static String of(TaskId id, @Nullable OpenQuestion question) {
        return question == null ? "`show " + id + "` says what it asks" : Shown.line(question.text(), MOST);
    }

    static String next(TaskId id) {
        return "`reply " + id + " \"...\"` tells it, `cancel " + id + "` ends it";
    }
}
