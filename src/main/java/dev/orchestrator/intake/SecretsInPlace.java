package dev.orchestrator.intake;

import dev.orchestrator.intake.file.Rejection;
import dev.orchestrator.intake.file.TaskDraft;
import dev.orchestrator.json.Redaction;
import dev.orchestrator.secret.Redactor;
import dev.orchestrator.task.TaskSource;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Finds secrets where a task must not have any, because the orchestrator has to write down what stands there, and to act upon
 * it: in the front matter, in its id, in the name of its file. Its title and its text may have some.
 */
final class SecretsInPlace {
    private SecretsInPlace() {}

    static Optional<Rejection> of(TaskDraft draft, TaskSource source, Redaction redaction) {
        if (has(source.file(), redaction.redactor())) {
            return Optional.of(rejection("The file's name", null, "Give the file another name."));
        }
        return inIds(draft, redaction.redactor())
                .or(() -> redaction.inVerbatim(draft.spec()))
                .map(key -> rejection('`' + key + '`', draft.keyLines().get(key), remedy(key)));
    }

    private static String remedy(String key) {
        return "id".equals(key)
                ? "Give it another one, or none."
                : "Put it into the text, or into a variable that `claude.pass_env` hands on; or, if it only looks"
                        + " like a secret, write it in another way.";
    }

    /** The key of one that has a secret in it, as it was written or as it is known from then on. */
    private static Optional<String> inIds(TaskDraft draft, Redactor redactor) {
        return Stream.of("id", "after")
                .filter(key -> draft.writtenIds().getOrDefault(key, List.of()).stream()
                        .anyMatch(id -> has(id, redactor) || has(id.toLowerCase(Locale.ROOT), redactor)))
                .findFirst();
    }

    private static boolean has(String text, Redactor redactor) {
        return !redactor.redact(text).equals(text);
    }

    private static Rejection rejection(String place, @Nullable Integer line, String remedy) {
        return new Rejection(place + " has a secret in it, which would have to be written down", line, remedy);
    }
}
