package dev.orchestrator.intake.file;

import dev.orchestrator.task.Talk;

/**
 * A file that goes on with another task:
 *
 * <pre>
 * ---
 * turn_of: fix-login
 * ---
 * In euros, please.
 * </pre>
 *
 * <p>The key stands alone: what the task may do was settled when it was accepted.
 */
final class ReplyReader {
    static final String KEY = "turn_of";

    private ReplyReader() {}

    /** @param turnOf the field of {@link #KEY} */
    static TaskFileResult read(FrontMatter frontMatter, Field turnOf) throws TaskRejected {
        for (Field field : frontMatter.fields().values()) {
            if (!field.key().equals(KEY)) {
                throw new TaskRejected(
                        "The key " + Visible.quote(field.key()) + " stands besides 'turn_of'",
                        field.keyLine(),
                        "Remove it: what the task may do was settled when it was accepted. For another task, remove 'turn_of'.");
            }
        }
        String message = frontMatter.body().strip();
        if (message.isEmpty()) {
            throw new TaskRejected(
                    "There is nothing to tell the task", turnOf.keyLine(), "Write it below the front matter.");
        }
        if (message.length() > Talk.LONGEST_OPENING) {
            throw new TaskRejected(
                    "The text has " + message.length() + " characters; at most " + Talk.LONGEST_OPENING
                            + " can be said to a task",
                    frontMatter.bodyLine(),
                    "Put the long part into a file in the working directory and name that file.");
        }
        return new TaskFileResult.Reply(Values.id(turnOf.value()), message, turnOf.keyLine());
    }
}
