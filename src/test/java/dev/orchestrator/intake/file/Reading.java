package dev.orchestrator.intake.file;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.Set;

/** What the tests of this package read files with. */
final class Reading {
    static final Set<String> TYPES = Set.of("analyze", "bug_fix", "code_review", "summarize", "Team-Style");
    static final int MAX_BYTES = 1 << 20;
    static final TaskFileReader READER = new TaskFileReader(() -> TYPES, MAX_BYTES);

    private Reading() {}

    static TaskDraft understood(String file) {
        return understood("sample.task.md", file.getBytes(StandardCharsets.UTF_8));
    }

    static TaskDraft understood(String fileName, byte[] content) {
        TaskFileResult result = READER.read(fileName, content);
        assertThat(result).isInstanceOf(TaskFileResult.Understood.class);
        return ((TaskFileResult.Understood) result).draft();
    }

    static Rejection rejected(String file) {
        return rejected(file.getBytes(StandardCharsets.UTF_8));
    }

    static Rejection rejected(byte[] content) {
        TaskFileResult result = READER.read("sample.task.md", content);
        assertThat(result).isInstanceOf(TaskFileResult.NotUnderstood.class);
        return ((TaskFileResult.NotUnderstood) result).rejection();
    }

    /** A task with the given front matter and a line of prose. */
    static String withKeys(String... lines) {
        return "---\n" + String.join("\n", lines) + "\n---\nDo it.\n";
    }
}
