package dev.orchestrator.intake.file;

import dev.orchestrator.task.TaskSpec;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;

/**
 * Reads a task file: bytes to text, front matter to a {@link TaskSpec}, Markdown to a body. Pure: no I/O, no clock, the
 * same answer for the same bytes. Thread-safe.
 */
public final class TaskFileReader {
    private final Supplier<Set<String>> knownTypes;
    private final long maxBytes;

    /**
     * @param knownTypes names of the templates there are at the moment; asked once a file
     * @param maxBytes largest file that is read
     */
    public TaskFileReader(Supplier<Set<String>> knownTypes, long maxBytes) {
        this.knownTypes = knownTypes;
        this.maxBytes = maxBytes;
    }

    /** Why a file of {@code bytes} is not even opened; empty when its size is fine. */
    public Optional<Rejection> tooLarge(long bytes) {
        if (bytes <= maxBytes) {
            return Optional.empty();
        }
        String reason = "The file has " + bytes + " bytes; at most " + maxBytes + " are accepted";
        String remedy =
                "Move the long part into a file of its own in the working directory and name that file in the task.";
        return Optional.of(new Rejection(reason, null, remedy));
    }

    /**
     * Never throws, whatever the bytes are.
     *
     * @param fileName without a directory; gives the title when the file has no text for one
     */
    public TaskFileResult read(String fileName, byte[] content) {
        Optional<Rejection> tooLarge = tooLarge(content.length);
        if (tooLarge.isPresent()) {
            return new TaskFileResult.NotUnderstood(tooLarge.get());
        }
        try {
            FrontMatter frontMatter = FrontMatter.of(TextDecoder.decode(content));
            Field turnOf = frontMatter.fields().get(ReplyReader.KEY);
            return turnOf == null
                    ? new TaskFileResult.Understood(draft(fileName, frontMatter))
                    : ReplyReader.read(frontMatter, turnOf);
        } catch (TaskRejected e) {
            return new TaskFileResult.NotUnderstood(e.rejection());
        }
    }

    private TaskDraft draft(String fileName, FrontMatter frontMatter) throws TaskRejected {
        FrontMatterKeys keys = FrontMatterKeys.of(frontMatter, knownTypes.get());
        ParsedBody body =
                new BodyParser(frontMatter.body(), frontMatter.bodyLine()).parse(TaskFileNames.stem(fileName));
        return new TaskDraft(keys.id(), keys.spec(body.title()), body.body(), keys.lines(), keys.writtenIds());
    }
}
