package dev.orchestrator.mediator.ollama;

import dev.orchestrator.mediator.Answer;
import dev.orchestrator.mediator.Errand;
import dev.orchestrator.mediator.Judgement;
import dev.orchestrator.mediator.Mediator;
import dev.orchestrator.mediator.RuleMediator;
import dev.orchestrator.mediator.Summary;
import dev.orchestrator.mediator.Templates;
import dev.orchestrator.mediator.Understanding;
import dev.orchestrator.secret.Redactor;
import dev.orchestrator.task.EventSink;
import dev.orchestrator.task.TaskBody;
import dev.orchestrator.task.TaskSpec;
import dev.orchestrator.time.Stopwatch;
import dev.orchestrator.time.TimeSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Understands with a local model, and by rules whenever that comes to nothing: no task fails or waits because of it. What it is
 * asked has no secrets in it, for it may run on another machine.
 */
public final class OllamaMediator implements Mediator {
    /** A shorter report is its own summary. */
    private static final int SHORT = 600;

    private static final String REMARK =
            "\n\nThis was found in the text of your task by a small model, since nobody is there. If it"
                    + " does not settle what you asked, go by the text itself, and ask once more only if you cannot go on.";

    private final LocalModel model;
    private final Ladder ladder;
    private final RuleMediator rules;
    private final Templates templates;
    private final Uses uses;
    private final Redactor redactor;
    private final EventSink journal;
    private final TimeSource time;

    /**
     * What it is asked for, besides what a request is.
     *
     * @param briefs a request in other words, for the agent
     * @param summaries of reports, for persons
     * @param judge whether criteria of success are met
     */
    public record Uses(boolean briefs, boolean summaries, boolean judge) {}

    public OllamaMediator(
            LocalModel model,
            RuleMediator rules,
            Templates templates,
            Uses uses,
            Redactor redactor,
            EventSink journal,
            TimeSource time) {
        this.model = model;
        this.ladder = new Ladder(model);
        this.rules = rules;
        this.templates = templates;
        this.uses = uses;
        this.redactor = redactor;
        this.journal = journal;
        this.time = time;
    }

    @Override
    public Optional<Understanding> understand(TaskSpec spec, TaskBody body, Errand errand) throws InterruptedException {
        String request = redactor.redact(text(spec, body));
        Optional<Understanding> understood =
                spec.type() == null ? parse(spec, body, request, errand) : Optional.of(rules.understand(spec, body));
        return understood.isPresent() && uses.briefs() ? brief(understood.get(), request, errand) : understood;
    }

    /** What a person would read: the title stands before the rest unless the rest begins with it. */
    private static String text(TaskSpec spec, TaskBody body) {
        String heading = body.instructions().startsWith(spec.title()) ? "" : "# " + spec.title() + "\n";
        String context = body.context().isBlank() ? "" : "\n\n" + body.context().strip();
        return heading + body.instructions().strip() + context;
    }

    private Optional<Understanding> parse(TaskSpec spec, TaskBody body, String request, Errand errand)
            throws InterruptedException {
        Parsing parsing = new Parsing(templates.all(), request, model.profile().numCtx());
        Ladder.Climb<Parsing.Parsed> climb =
                climb("parse", parsing.wanted(), parsing.messages(), parsing.leftOut(), errand);
        if (climb.isCancelled()) {
            return Optional.empty();
        }
        if (climb.value() == null) {
            return Optional.of(rules.understand(spec, body).after(climb.steps(), "the model was of no help"));
        }
        List<String> steps = new ArrayList<>(climb.steps());
        steps.addAll(climb.value().notes());
        return Optional.of(new Understanding(
                climb.value().type(),
                climb.mode(),
                "told by " + model.profile().name(),
                body.targets().isEmpty() ? climb.value().files() : List.of(),
                null,
                steps));
    }

    private Optional<Understanding> brief(Understanding understood, String request, Errand errand)
            throws InterruptedException {
        Telling telling = Telling.brief(request, model.profile().numCtx());
        Ladder.Climb<String> climb = climb("brief", telling.wanted(), telling.messages(), telling.leftOut(), errand);
        if (climb.isCancelled()) {
            return Optional.empty();
        }
        return Optional.of(climb.value() == null ? understood : understood.withBrief(climb.value()));
    }

    /** What rules answer needs no model. */
    @Override
    public Optional<Answer> answer(String question, String title, TaskBody body, Errand errand)
            throws InterruptedException {
        Optional<Answer> byRules = rules.answer(question, title, body, errand);
        if (byRules.isPresent() || body.instructions().isBlank()) {
            return byRules;
        }
        Answering answering = Answering.of(
                redactor.redact(question),
                redactor.redact(everything(title, body)),
                model.profile().numCtx());
        Ladder.Climb<Optional<String>> climb =
                climb("answer", answering.wanted(), answering.messages(), answering.leftOut(), errand);
        return climb.value() == null
                ? Optional.empty()
                : climb.value()
                        .map(text -> new Answer(text + REMARK, model.profile().name()));
    }

    private static String everything(String title, TaskBody body) {
        return title + "\n\n" + body.instructions() + "\n" + String.join("\n", body.targets()) + "\n"
                + String.join("\n", body.criteria()) + "\n" + body.context();
    }

    @Override
    public Optional<Summary> summarize(String title, String said, Errand errand) throws InterruptedException {
        if (!uses.summaries() || said.length() <= SHORT) {
            return Optional.empty();
        }
        Telling telling = Telling.summary(
                redactor.redact(title), redactor.redact(said), model.profile().numCtx());
        Ladder.Climb<String> climb = climb("summary", telling.wanted(), telling.messages(), telling.leftOut(), errand);
        return Optional.ofNullable(climb.value())
                .map(text -> new Summary(text, model.profile().name()));
    }

    @Override
    public Optional<List<Judgement>> judge(List<String> criteria, String said, List<String> changed, Errand errand)
            throws InterruptedException {
        if (criteria.isEmpty() || !uses.judge()) {
            return rules.judge(criteria, said, changed, errand);
        }
        Judging judging = new Judging(
                criteria.stream().map(redactor::redact).toList(),
                redactor.redact(said),
                changed.stream().map(redactor::redact).toList(),
                model.profile().name(),
                model.profile().numCtx());
        if (judging.isEmpty()) {
            return Optional.of(Judgement.unjudged(criteria, "they are too long to ask for"));
        }
        Ladder.Climb<List<Judgement>> climb =
                climb("judge", judging.wanted(), judging.messages(), judging.leftOut(), errand);
        if (climb.isCancelled()) {
            return Optional.empty();
        }
        return Optional.of(
                climb.value() == null ? Judgement.unjudged(criteria, "the model was of no help") : climb.value());
    }

    private <T> Ladder.Climb<T> climb(
            String purpose, Ladder.Wanted<T> wanted, List<ChatMessage> messages, int leftOut, Errand errand)
            throws InterruptedException {
        Stopwatch watch = Stopwatch.start(time);
        Ladder.Climb<T> climb = ladder.climb(wanted, messages, errand.cancellation());
        List<String> steps = new ArrayList<>(climb.steps());
        if (leftOut > 0) {
            steps.add(0, leftOut + " characters of the text did not fit and were left out");
        }
        journal.emit(model.asked(errand, purpose, climb.value() != null, steps, climb.usage(), watch.elapsed()));
        return climb;
    }
}
