package dev.orchestrator.pipeline;

import dev.orchestrator.agent.AgentReport;
import dev.orchestrator.agent.ToolCall;
import dev.orchestrator.artifact.AcceptanceRun;
import dev.orchestrator.artifact.Artifact;
import dev.orchestrator.artifact.ArtifactStore;
import dev.orchestrator.config.Home;
import dev.orchestrator.mediator.Summary;
import dev.orchestrator.process.RunFiles;
import dev.orchestrator.secret.Redactor;
import dev.orchestrator.task.AttemptView;
import dev.orchestrator.task.Failure;
import dev.orchestrator.task.Talk;
import dev.orchestrator.task.Task;
import dev.orchestrator.task.TaskBody;
import dev.orchestrator.task.TaskStatus;
import dev.orchestrator.task.TaskView;
import dev.orchestrator.time.Elapsed;
import dev.orchestrator.validation.Unread;
import dev.orchestrator.validation.ValidationReport;
import java.io.IOException;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Makes the artifact of a turn out of what is known about it. */
final class ArtifactBuilder {
    private static final int LONGEST_TEXT = 20_000;
    private static final int LONGEST_SUMMARY = 600;
    private static final int MOST_FILES = 1_000;
    private static final int MOST_PLACES = 100;

    private final Home home;
    private final ArtifactStore artifacts;
    private final Supplier<RunLimits> limits;
    private final Redactor redactor;

    ArtifactBuilder(Home home, ArtifactStore artifacts, Supplier<RunLimits> limits, Redactor redactor) {
        this.artifacts = artifacts;
        this.redactor = redactor;
        this.home = home;
        this.limits = limits;
    }

    Artifact build(TurnEnd end, Instant now) throws IOException {
        Changes changes = changes(end);
        TaskView view = end.view();
        Task task = view.task();
        Instant started = view.startedAt();
        String result = end.work() == null ? "" : end.work().report().text();
        Failure failure = end.failure();
        Artifact.SecurityReport security = new Protection(limits.get()).report(end);
        Artifact.Approval approval = new Protection(limits.get()).approval(end, now);
        Summary summary = end.summary() == null ? summary(result, failure) : end.summary();
        return new Artifact(
                Artifact.SCHEMA_VERSION,
                task.id(),
                view.turn(),
                view.attempts().size(),
                end.status(),
                end.status() == TaskStatus.SUCCEEDED,
                end.parsed() == null ? typeOf(task) : end.parsed().template().name(),
                task.spec().title(),
                task.spec().priority(),
                task.spec().labels(),
                task.spec().cwd(),
                task.source(),
                task.spec().parentTaskId(),
                view.turn() > 1 ? task.id() : null,
                task.acceptedAt(),
                started,
                now,
                started == null ? 0 : Elapsed.between(started, now).toMillis(),
                capped(result, LONGEST_TEXT),
                Output.of(end.work()),
                summary.text(),
                summary.by(),
                failure == null ? List.of() : List.of(failure.suggestedAction()),
                failure,
                files(changes),
                changes.files().size(),
                Artifact.placeOf(security, approval),
                unread(changes),
                agent(end),
                AttemptReports.of(view),
                parser(end),
                validation(end.validation()),
                acceptance(end),
                CoordinationReport.of(view.notes().coordination()),
                security,
                approval,
                conversation(end, now),
                paths(end));
    }

    /** Half a secret at the end would not be known for one any more. */
    private String capped(String text, int most) {
        return Markdown.capped(redactor.redact(text), most);
    }

    private static String typeOf(Task task) {
        return task.spec().type() == null ? "unknown" : task.spec().type();
    }

    /** The first paragraph of what the agent said, or what went wrong. */
    private Summary summary(String result, @Nullable Failure failure) {
        if (failure != null) {
            return new Summary(capped(failure.message(), LONGEST_SUMMARY), Summary.BY_US);
        }
        // Before the rest is left out: a secret may have an empty line in it.
        String text = redactor.redact(result).strip();
        int end = text.indexOf("\n\n");
        return new Summary(capped(end < 0 ? text : text.substring(0, end), LONGEST_SUMMARY), Summary.BY_AGENT);
    }

    /** Of a turn that ended between two attempts: what those changed that there were. */
    private Changes changes(TurnEnd end) throws IOException {
        if (end.work() != null) {
            return new Changes(end.work().changes(), end.work().unread().places());
        }
        Changes changes = new Changes(List.of(), List.of());
        for (AttemptView attempt : end.view().attempts()) {
            changes = changes.and(Changes.read(files(end.view(), attempt).changes()));
        }
        return changes;
    }

    private RunFiles files(TaskView view, AttemptView attempt) {
        return new RunFiles(home.runs(view.id()), view.turn(), attempt.number());
    }

    private static List<Artifact.FileChanged> files(Changes changes) {
        return changes.files().stream()
                .limit(MOST_FILES)
                .map(file ->
                        new Artifact.FileChanged(file.path(), file.change().toString(), file.bytes(), file.sha256()))
                .toList();
    }

    /** More places than anybody reads are said as the whole directory: too much is admitted rather than too little. */
    private static List<String> unread(Changes changes) {
        return changes.unread().size() > MOST_PLACES ? Unread.EVERYTHING.places() : changes.unread();
    }

    private Artifact.@Nullable AgentReport agent(TurnEnd end) {
        TaskView view = end.view();
        if (end.work() != null) {
            return agent(end.work().report(), view);
        }
        return view.lastAttempt()
                .map(last -> new Artifact.AgentReport(
                        last.agent(),
                        null,
                        last.sessionId(),
                        null,
                        0,
                        cost(null, view),
                        Map.of(),
                        List.of(),
                        null,
                        null))
                .orElse(null);
    }

    private Artifact.AgentReport agent(AgentReport report, TaskView view) {
        return new Artifact.AgentReport(
                name(view),
                report.version(),
                report.sessionId(),
                report.model(),
                report.numTurns(),
                cost(report.costUsd(), view),
                report.usage(),
                report.denials().stream().map(ArtifactBuilder::denial).toList(),
                report.terminalReason(),
                report.exitCode());
    }

    /** What did the attempt that decided; the settings may name another agent by now. */
    private static String name(TaskView view) {
        return view.lastAttempt().orElseThrow().agent();
    }

    /** All attempts together: each was paid for. */
    private static @Nullable BigDecimal cost(@Nullable BigDecimal reported, TaskView view) {
        BigDecimal sum = null;
        for (AttemptView attempt : view.attempts()) {
            AttemptView.End end = attempt.end();
            if (end != null && end.costUsd() != null) {
                sum = sum == null ? end.costUsd() : sum.add(end.costUsd());
            }
        }
        return sum == null ? reported : sum;
    }

    private static Artifact.Denial denial(ToolCall call) {
        return new Artifact.Denial(call.tool(), call.target());
    }

    /** Of all rounds, in order. */
    private List<AcceptanceRun> acceptance(TurnEnd end) throws IOException {
        List<AcceptanceRun> runs = new ArrayList<>();
        for (AttemptView attempt : end.view().attempts()) {
            runs.addAll(AcceptanceRecord.read(files(end.view(), attempt).acceptance())
                    .runs());
        }
        return runs;
    }

    private static Artifact.ParserReport parser(TurnEnd end) {
        return end.parsed() == null
                ? new Artifact.ParserReport("rules", "not parsed: the task ended before", List.of())
                : new Artifact.ParserReport(
                        end.parsed().understanding().mode(),
                        end.parsed().understanding().reason(),
                        end.parsed().understanding().steps());
    }

    private static Artifact.ValidationResult validation(@Nullable ValidationReport report) {
        if (report == null) {
            return new Artifact.ValidationResult(null, List.of());
        }
        List<Artifact.Check> checks = new ArrayList<>();
        report.findings()
                .forEach((name, finding) -> checks.add(new Artifact.Check(
                        name, finding.verdict().toString(), finding.severity().toString(), finding.detail())));
        return new Artifact.ValidationResult(report.isValid(), checks);
    }

    /** Of all turns; what was said on the way between a question and its answer too. */
    private List<Artifact.Message> conversation(TurnEnd end, Instant now) throws IOException {
        TaskView view = end.view();
        List<Artifact.Message> messages = new ArrayList<>(earlier(view));
        Talk talk = view.notes().talk();
        TaskBody body = end.parsed() == null ? null : end.parsed().body();
        Instant asked =
                view.startedAt() == null || view.turn() == 1 ? view.task().acceptedAt() : view.startedAt();
        if (talk.opening() != null) {
            messages.add(message(view, "user", talk.opening(), asked));
        } else if (body != null) {
            messages.add(message(view, "user", body.instructions(), asked));
        }
        for (Talk.Answer answer : talk.answers()) {
            messages.add(message(view, "agent", answer.question(), now));
            messages.add(message(view, "mediator", answer.answer(), now));
        }
        if (end.work() != null) {
            messages.add(message(view, "agent", end.work().report().text(), now));
        }
        return messages;
    }

    private List<Artifact.Message> earlier(TaskView view) throws IOException {
        return view.turn() == 1
                ? List.of()
                : artifacts
                        .find(view.id())
                        .filter(before -> before.turn() < view.turn())
                        .map(Artifact::conversation)
                        .orElse(List.of());
    }

    private Artifact.Message message(TaskView view, String role, String content, Instant at) {
        return new Artifact.Message(view.turn(), role, capped(content, LONGEST_TEXT), at);
    }

    private Artifact.Paths paths(TurnEnd end) {
        TaskView view = end.view();
        @Nullable
        RunFiles files = end.work() != null
                ? end.work().files()
                : view.lastAttempt().map(last -> files(view, last)).orElse(null);
        return new Artifact.Paths(
                home.relative(home.summary(view.id())),
                files == null ? null : home.relative(files.prompt()),
                files == null ? null : home.relative(files.stream()),
                files == null ? null : home.relative(files.stderr()),
                end.change() == null || end.change().files().isEmpty() ? null : home.relative(home.patch(view.id())));
    }
}
