package dev.orchestrator.pipeline;

import dev.orchestrator.agent.ToolCall;
import dev.orchestrator.guard.GuardedReader;
import dev.orchestrator.guard.manifest.FileChange;
import dev.orchestrator.mediator.Situation;
import dev.orchestrator.secret.Cut;
import dev.orchestrator.secret.Redactor;
import dev.orchestrator.task.Access;
import dev.orchestrator.task.Coordination;
import dev.orchestrator.task.Move;
import dev.orchestrator.task.TaskBody;
import dev.orchestrator.task.TaskView;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Tells a coordinator how its task stands. Thread-safe. */
final class Situations {
    private static final int LONGEST_SEEN = 1_000;
    private static final int MOST_FILES = 20;

    private final ProjectReader reader;
    private final Supplier<RunLimits> limits;
    private final Redactor redactor;

    Situations(ProjectReader reader, Supplier<RunLimits> limits, Redactor redactor) {
        this.reader = reader;
        this.limits = limits;
        this.redactor = redactor;
    }

    /** How the last run ended, for whoever hears of it first; empty when that is told already, or there was none. */
    String seen(TaskView view, ExecuteStep.Result.@Nullable Done done) {
        return done == null
                        || view.notes()
                                .coordination()
                                .since(view.attempts().size())
                                .findAny()
                                .isPresent()
                ? ""
                : Cut.beginning(result(view, done), LONGEST_SEEN);
    }

    Situation of(TaskView view, ParseStep.Parsed parsed, ExecuteStep.Result.@Nullable Done done) {
        Coordination coordination = view.notes().coordination();
        return new Situation(
                task(view, parsed.body()),
                parsed.terms().access() == Access.WRITE,
                parsed.terms().tools(),
                (int) Math.max(0, limits.get().led().runs() - coordination.runs()),
                done != null,
                before(parsed.earlier()) + done(view, done),
                detail(view, done));
    }

    private static String task(TaskView view, TaskBody body) {
        StringBuilder task = new StringBuilder(
                "# " + view.task().spec().title() + "\n\n" + body.instructions().strip());
        section(task, "Target files", String.join("\n", body.targets()));
        section(task, "Success criteria", String.join("\n", body.criteria()));
        section(task, "Context", body.context());
        String opening = view.notes().talk().opening();
        section(task, "What the user says to what was done in an earlier turn", opening == null ? "" : opening);
        return task.toString();
    }

    private static void section(StringBuilder text, String title, String content) {
        if (!content.isBlank()) {
            text.append("\n\n## ").append(title).append("\n\n").append(content.strip());
        }
    }

    private static String before(String earlier) {
        return earlier.isBlank() ? "" : "Before this turn:\n\n" + earlier.strip() + "\n\nIn this turn:\n\n";
    }

    private String done(TaskView view, ExecuteStep.Result.@Nullable Done done) {
        StringBuilder text = new StringBuilder();
        int number = 0;
        for (Coordination.Made made : view.notes().coordination().moves()) {
            came(text, made.seen());
            Move move = made.move();
            text.append(++number).append(". ").append(move.tool());
            text.append(move.readOnly() ? " (read only): " : ": ").append(move.text());
            text.append(made.outcome().isEmpty() ? "" : " -> " + made.outcome()).append('\n');
        }
        came(text, seen(view, done));
        return text.toString();
    }

    private static void came(StringBuilder text, String seen) {
        if (!seen.isEmpty()) {
            text.append("   It came to this: ")
                    .append(seen.replace("\n", "\n   "))
                    .append('\n');
        }
    }

    /** Looked up again and not kept: it would be in the journal else. */
    private String detail(TaskView view, ExecuteStep.Result.@Nullable Done done) {
        Optional<Coordination.Made> last = view.notes().coordination().last();
        boolean fresh =
                last.isPresent() && last.get().afterAttempt() == view.attempts().size();
        if (!fresh) {
            return "";
        }
        Move move = last.get().move();
        if (move.tool() == Move.Tool.LAST_RESULT && done != null) {
            return result(view, done);
        }
        return move.tool() == Move.Tool.READ_FILE
                        && reader.read(view, move.text(), done) instanceof GuardedReader.Result.Text text
                ? move.text() + ":\n" + text.text()
                : "";
    }

    private String result(TaskView view, ExecuteStep.Result.Done done) {
        Work work = done.work();
        StringBuilder text = new StringBuilder();
        if (view.notes().coordination().isMending(done.attempt().number())) {
            text.append("commands that must pass did not, and the agent was to mend that; ");
        }
        text.append(
                done.failure() == null
                        ? "it came to its end"
                        : "it was cut off: " + done.failure().message());
        text.append("\nFiles changed so far: ").append(files(work.changes()));
        if (!work.report().denials().isEmpty()) {
            text.append("\nRefused: ")
                    .append(work.report().denials().stream()
                            .map(ToolCall::tool)
                            .distinct()
                            .collect(Collectors.joining(", ")));
        }
        // What is cut is redacted before, for half a secret is not known for one.
        return redactor.redact(text + "\nIt said:\n" + work.report().text().strip());
    }

    private static String files(List<FileChange> changes) {
        String files = changes.stream()
                .limit(MOST_FILES)
                .map(change -> change.path() + " (" + change.change() + ")")
                .collect(Collectors.joining(", "));
        return changes.isEmpty()
                ? "none"
                : files + (changes.size() > MOST_FILES ? " and " + (changes.size() - MOST_FILES) + " more" : "");
    }
}
