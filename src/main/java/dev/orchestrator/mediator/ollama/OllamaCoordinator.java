package dev.orchestrator.mediator.ollama;

import static dev.orchestrator.mediator.ollama.OllamaFailure.Kind.BAD_REQUEST;
import static dev.orchestrator.mediator.ollama.OllamaFailure.Kind.CANCELLED;
import static dev.orchestrator.mediator.ollama.OllamaFailure.Kind.MODEL_MISSING;
import static dev.orchestrator.mediator.ollama.OllamaFailure.Kind.REFUSED;

import com.fasterxml.jackson.databind.node.ArrayNode;
import dev.orchestrator.mediator.Coordinator;
import dev.orchestrator.mediator.Errand;
import dev.orchestrator.mediator.Situation;
import dev.orchestrator.secret.Redactor;
import dev.orchestrator.task.EventSink;
import dev.orchestrator.task.Move;
import dev.orchestrator.time.Stopwatch;
import dev.orchestrator.time.TimeSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * Leads by Ollama's tool calls. Each question holds all that is known, so that what fits is decided here and not by a server that
 * would cut the middle out of a long talk; and it has no secrets in it, for the model may run on another machine.
 */
public final class OllamaCoordinator implements Coordinator {
    private static final String OTHER_MODEL =
            "Choose a model that can use tools (`ollama show` lists what one can), or remove `coordinator` and drop the task again.";

    private final LocalModel model;
    private final Redactor redactor;
    private final EventSink journal;
    private final TimeSource time;

    public OllamaCoordinator(LocalModel model, Redactor redactor, EventSink journal, TimeSource time) {
        this.model = model;
        this.redactor = redactor;
        this.journal = journal;
        this.time = time;
    }

    @Override
    public Decision next(Situation situation, Errand errand) throws InterruptedException {
        Reply<Boolean> able = model.canUseTools();
        if (able instanceof Reply.Failed<Boolean> failed) {
            return failed(failed.failure());
        }
        if (!((Reply.Answered<Boolean>) able).value()) {
            return unable();
        }
        return new Question(redacted(situation), errand).put();
    }

    private Decision unable() {
        return new Decision.Unable(
                "the model " + model.profile().name() + " cannot use tools, which a coordinator has to", OTHER_MODEL);
    }

    private Decision failed(OllamaFailure failure) {
        if (failure.kind() == CANCELLED) {
            return new Decision.Stopped();
        }
        if (failure.kind() == BAD_REQUEST
                && failure.message().toLowerCase(Locale.ROOT).contains("tools")) {
            return unable();
        }
        boolean forGood = failure.kind() == BAD_REQUEST || failure.kind() == MODEL_MISSING || failure.kind() == REFUSED;
        return forGood
                ? new Decision.Unable(failure.message(), failure.advice())
                : new Decision.Away(failure.message());
    }

    private Situation redacted(Situation situation) {
        return new Situation(
                redactor.redact(situation.task()),
                situation.mayChange(),
                situation.tools(),
                situation.runsLeft(),
                situation.ran(),
                redactor.redact(situation.done()),
                redactor.redact(situation.detail()));
    }

    /** One question, put twice at most. */
    private final class Question {
        private final Situation situation;
        private final Errand errand;
        private final ArrayNode tools;
        private final Leading leading;
        private final List<String> steps = new ArrayList<>();
        private ChatAnswer.Usage usage = ChatAnswer.Usage.NONE;

        Question(Situation situation, Errand errand) {
            this.situation = situation;
            this.errand = errand;
            this.tools = LeadingTools.of(situation);
            this.leading = Leading.of(situation, tools, model.profile().numCtx());
            if (leading.leftOut() > 0) {
                steps.add(leading.leftOut() + " characters did not fit and were left out");
            }
        }

        Decision put() throws InterruptedException {
            Stopwatch watch = Stopwatch.start(time);
            Decision decision = put(leading.messages(), true);
            boolean usable =
                    decision instanceof Decision.Moves moves && moves.move().tool() != Move.Tool.NONE;
            journal.emit(model.asked(errand, "coordinate", usable, steps, usage, watch.elapsed()));
            return decision;
        }

        private Decision put(List<ChatMessage> messages, boolean once) throws InterruptedException {
            Reply<ChatAnswer> reply = model.ask(
                    new ChatRequest(
                            model.profile().name(), messages, null, false, tools, model.options(Leading.ANSWER_TOKENS)),
                    errand.cancellation());
            if (reply instanceof Reply.Failed<ChatAnswer> failed) {
                steps.add(failed.failure().message());
                return failed(failed.failure());
            }
            ChatAnswer answer = ((Reply.Answered<ChatAnswer>) reply).value();
            usage = usage.plus(answer.usage());
            Optional<Move> move = LeadingTools.read(answer, situation);
            if (move.isPresent()) {
                steps.add(move.get().tool() + (answer.toolCalls().size() > 1 ? ", the first of several calls" : ""));
                return new Decision.Moves(move.get());
            }
            steps.add(answer.isCutOff() ? "the answer was cut off" : "it called no tool");
            if (!once) {
                return new Decision.Moves(Move.of(Move.Tool.NONE, "it called no tool"));
            }
            List<ChatMessage> more = new ArrayList<>(messages);
            more.add(ChatMessage.user(Leading.REMINDER));
            return put(more, false);
        }
    }
}
