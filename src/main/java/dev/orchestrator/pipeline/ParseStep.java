package dev.orchestrator.pipeline;

import dev.orchestrator.artifact.ContextLoader;
import dev.orchestrator.intake.file.TemplateDefaults;
import dev.orchestrator.json.Redaction;
import dev.orchestrator.mediator.Errand;
import dev.orchestrator.mediator.Mediator;
import dev.orchestrator.mediator.PromptComposer;
import dev.orchestrator.mediator.Template;
import dev.orchestrator.mediator.Templates;
import dev.orchestrator.mediator.TermsRule;
import dev.orchestrator.mediator.Understanding;
import dev.orchestrator.task.Access;
import dev.orchestrator.task.Cancellation;
import dev.orchestrator.task.EventSink;
import dev.orchestrator.task.Failure;
import dev.orchestrator.task.FailureCategory;
import dev.orchestrator.task.Task;
import dev.orchestrator.task.TaskBody;
import dev.orchestrator.task.TaskEvent.TaskParsed;
import dev.orchestrator.task.TaskId;
import dev.orchestrator.task.TaskSpec;
import dev.orchestrator.task.TaskView;
import dev.orchestrator.task.Terms;
import dev.orchestrator.task.Understood;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Finds out what a task means and composes what the agent is told. */
final class ParseStep {
    private static final String NO_TYPE = "custom";

    private final TaskTexts texts;
    private final Mediator mediator;
    private final Templates templates;
    private final Redaction redaction;
    private final ContextLoader context;
    private final EventSink journal;

    ParseStep(
            TaskTexts texts,
            Mediator mediator,
            Templates templates,
            ContextLoader context,
            Redaction redaction,
            EventSink journal) {
        this.redaction = redaction;
        this.texts = texts;
        this.mediator = mediator;
        this.templates = templates;
        this.context = context;
        this.journal = journal;
    }

    /** What came of the step. */
    sealed interface Result {
        record Done(Parsed parsed) implements Result {}

        record Failed(Failure failure) implements Result {}

        /** The task is being stopped, and what it means is not known yet. */
        record Stopped() implements Result {}
    }

    /**
     * @param terms on which the agent works
     * @param earlier what was done before by others, or by it; empty for nothing
     * @param problem why no agent can be started with this; null when one can
     */
    record Parsed(
            TaskBody body,
            Understanding understanding,
            Template template,
            Terms terms,
            String earlier,
            String prompt,
            @Nullable Failure problem) {}

    Result run(TaskView view, Cancellation cancellation) throws IOException, InterruptedException {
        Task task = view.task();
        TaskTexts.Result text = texts.read(task);
        if (text instanceof TaskTexts.Result.Unusable unusable) {
            return new Result.Failed(unusable.why());
        }
        TaskTexts.Result.Found found = (TaskTexts.Result.Found) text;
        TaskBody body = found.body();
        Optional<Understanding> understood = understand(view, body, cancellation);
        if (understood.isEmpty()) {
            return new Result.Stopped();
        }
        Understanding understanding = understood.get();
        Templates.Search search = templates.find(understanding.type());
        if (!(search instanceof Templates.Search.Found known)) {
            return new Result.Failed(noTemplate(understanding.type(), search));
        }
        Template template = known.template();
        boolean decided = view.notes().understood() != null;
        Optional<Failure> refused = decided ? Optional.empty() : refusal(task, template);
        if (refused.isPresent()) {
            return new Result.Failed(refused.get());
        }
        Terms terms = decided ? decided(view, template) : TermsRule.of(task, template, understanding);
        String earlier = earlier(view);
        String composed = PromptComposer.compose(found.title(), body, understanding, template, terms, earlier);
        String prompt = task.spec().isCoordinated() ? PromptComposer.inSteps(composed) : composed;
        journal.emit(event(view, understanding, prompt, terms));
        return new Result.Done(new Parsed(body, understanding, template, terms, earlier, prompt, null));
    }

    /** On what terms an earlier life of this turn began: its agent may be at work on them. A version that noted none had no others. */
    private static Terms decided(TaskView view, Template template) {
        Understood noted = view.notes().understood();
        return noted == null || noted.terms() == null ? TermsRule.ownOf(view.task(), template) : noted.terms();
    }

    private Optional<Failure> refusal(Task task, Template template) {
        Optional<String> secret = redaction
                .inVerbatim(template.defaults())
                .map(key -> "template " + template.origin() + " has a secret in `" + key
                        + "`, which would have to be written down");
        return secret.or(() -> TermsRule.conflict(task, template)).map(ParseStep::notUsable);
    }

    /** Of the tasks that it follows, and of its own turns. */
    private String earlier(TaskView view) throws IOException {
        TaskSpec spec = view.task().spec();
        List<TaskId> others = new ArrayList<>(spec.after());
        if (spec.parentTaskId() != null) {
            others.add(0, spec.parentTaskId());
        }
        return context.of(view.id(), view.turn(), others);
    }

    /** What an earlier life of this turn understood stands. */
    private Optional<Understanding> understand(TaskView view, TaskBody body, Cancellation cancellation)
            throws InterruptedException {
        Understood noted = view.notes().understood();
        return noted == null
                ? mediator.understand(view.task().spec(), body, new Errand(view.id(), view.turn(), cancellation))
                : Optional.of(Understanding.of(noted));
    }

    private static TaskParsed event(TaskView view, Understanding understanding, String prompt, Terms terms) {
        return new TaskParsed(
                view.id(),
                view.turn(),
                understanding.type(),
                view.task().spec().title(),
                understanding.mode(),
                understanding.reason(),
                prompt.length(),
                understanding.files(),
                understanding.brief(),
                understanding.steps(),
                terms);
    }

    /**
     * What is left to judge work by that was begun before {@code problem} came up: the template was removed since, say, or the
     * task's text is gone. Nothing is lost for that which was paid for.
     */
    Parsed without(TaskView view, Failure problem) {
        Task task = view.task();
        Understood noted = view.notes().understood();
        String type = noted == null ? task.spec().type() : noted.type();
        Template template = type != null && templates.find(type) instanceof Templates.Search.Found found
                ? found.template()
                : stricter(task, type == null ? NO_TYPE : type);
        return without(problem, template, decided(view, template));
    }

    /** Nobody knows what its template wanted: then one that could change something should have. */
    private static Template stricter(Task task, String type) {
        boolean writes = task.access() == Access.WRITE;
        return new Template(type, "", !writes, writes, TemplateDefaults.NONE, "", "");
    }

    /** For work that nobody is going to judge. */
    static Parsed abandoned(TaskView view, Failure problem) {
        Template template = stricter(view.task(), NO_TYPE);
        return without(problem, template, decided(view, template));
    }

    private static Parsed without(Failure problem, Template template, Terms terms) {
        Understanding understanding = Understanding.byRules(template.name(), problem.message());
        TaskBody body = new TaskBody("", List.of(), List.of(), "");
        return new Parsed(body, understanding, template, terms, "", "", problem);
    }

    private static Failure noTemplate(String type, Templates.Search search) {
        String problem = search instanceof Templates.Search.Invalid invalid
                ? invalid.problem()
                : "there is no template `" + type + "`";
        return notUsable(problem);
    }

    private static Failure notUsable(String problem) {
        return Failure.of(FailureCategory.CONFIG, problem)
                .suggesting("Correct the template, then drop the task again.");
    }
}
