package dev.orchestrator.intake.file;

/**
 * Reads a template as a task file is read, and as strictly: a limit that is misspelt must not pass for none. Sample:
 *
 * <pre>
 * ---
 * description: Find the cause of a fault and mend it
 * read_only: false
 * expects_change: true
 * tools: ["Bash(mvn -q test)"]
 * ---
 * Find the cause before you change anything. ...
 * </pre>
 */
public final class TemplateFileReader {
    /** A longer one would leave the agent no room for the task. */
    public static final int MAX_BYTES = 256 * 1024;

    private TemplateFileReader() {}

    /** Never throws, whatever the bytes are. */
    public static TemplateFileResult read(byte[] content) {
        try {
            if (content.length > MAX_BYTES) {
                throw new TaskRejected(
                        "The file is too long; at most " + MAX_BYTES + " bytes are accepted",
                        null,
                        "Shorten it; the agent is told all of it with each task.");
            }
            return understood(TextDecoder.decode(content));
        } catch (TaskRejected e) {
            return new TemplateFileResult.NotUnderstood(e.rejection());
        }
    }

    private static TemplateFileResult understood(String text) throws TaskRejected {
        String first = text.lines().findFirst().orElse("");
        if (!FrontMatter.isMarker(first)) {
            throw new TaskRejected(
                    "It does not begin with front matter",
                    1,
                    "Put keys such as 'read_only: true' in front, between two lines '---'.");
        }
        FrontMatter frontMatter = FrontMatter.of(text, TemplateKeys::isKey);
        TemplateHead head = TemplateKeys.head(frontMatter.fields());
        String guidance = frontMatter.body().strip();
        if (guidance.isEmpty()) {
            throw new TaskRejected(
                    "It has no text",
                    frontMatter.bodyLine() - 1,
                    "Write below the front matter what the agent is told.");
        }
        return new TemplateFileResult.Understood(head, guidance);
    }
}
