package dev.orchestrator.intake.file;

import dev.orchestrator.task.TaskId;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;

/**
 * Says of a task file, before it is dropped, what the daemon would say of its text. What only the daemon can know is not
 * asked: whether the id is taken, whether the directory is allowed. Thread-safe.
 */
public final class TaskFileCheck {
    private final TaskFileReader reader;
    private final List<Further> further;

    /** Looks at what was understood, for what a text alone does not tell. */
    @FunctionalInterface
    public interface Further {
        /** Why it is refused; empty when it is not. */
        Optional<Rejection> problem(TaskDraft draft);
    }

    /**
     * @param types names of the templates there are
     * @param maxBytes largest file that is accepted
     * @param further in the order in which they are asked
     */
    public TaskFileCheck(Supplier<Set<String>> types, long maxBytes, Further... further) {
        this.reader = new TaskFileReader(types, maxBytes);
        this.further = List.of(further);
    }

    /** What came of looking. */
    public sealed interface Result {
        /** @param id empty when the file names none */
        record Fine(Optional<TaskId> id, String title) implements Result {}

        /** @param problem what is wrong, where, and what to change */
        record Wrong(String problem) implements Result {}
    }

    /** @param fileName without a directory */
    public Result check(String fileName, byte[] content) {
        TaskFileResult result = reader.read(fileName, content);
        if (result instanceof TaskFileResult.NotUnderstood not) {
            return new Result.Wrong(text(not.rejection()));
        }
        if (result instanceof TaskFileResult.Reply reply) {
            return new Result.Fine(Optional.of(reply.turnOf()), "reply-" + reply.turnOf());
        }
        TaskDraft draft = ((TaskFileResult.Understood) result).draft();
        Optional<Rejection> refused =
                further.stream().flatMap(each -> each.problem(draft).stream()).findFirst();
        if (refused.isPresent()) {
            return new Result.Wrong(text(refused.get()));
        }
        return new Result.Fine(Optional.ofNullable(draft.id()), draft.spec().title());
    }

    /**
     * {@code content}, which names no id, with {@code id} in its front matter. In UTF-8, with lines ending in {@code \n}.
     *
     * @param content that {@link #check} found fine
     */
    public static byte[] withId(byte[] content, TaskId id) {
        try {
            String text = TextDecoder.decode(content);
            String key = "id: \"" + id + "\"\n";
            int firstEnd = text.indexOf('\n');
            boolean hasFrontMatter = firstEnd > 0 && FrontMatter.isMarker(text.substring(0, firstEnd));
            String result = hasFrontMatter
                    ? text.substring(0, firstEnd + 1) + key + text.substring(firstEnd + 1)
                    : "---\n" + key + "---\n\n" + text;
            return result.getBytes(StandardCharsets.UTF_8);
        } catch (TaskRejected e) {
            throw new IllegalArgumentException("not a task file", e);
        }
    }

    private static String text(Rejection rejection) {
        String where = rejection.line() == null ? "" : " (line " + rejection.line() + ")";
        return rejection.reason() + where + ". " + rejection.remedy();
    }
}
