package dev.orchestrator.mediator.ollama;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.TextNode;
import dev.orchestrator.task.Cancellation;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Gets an object out of a model, going down step by step: by its JSON Schema; when the server cannot do that, as any JSON; when
 * what comes is of no use, once more and differently. Each step is written down. Whoever asks goes on by rules when the last
 * one fails. Thread-safe.
 */
final class Ladder {
    private static final JsonNode ANY_JSON = TextNode.valueOf("json");

    private final LocalModel model;

    Ladder(LocalModel model) {
        this.model = model;
    }

    /**
     * What is wanted.
     *
     * @param schema of the answer, of the keywords that Ollama's grammars can do: no {@code pattern}, no references
     * @param numPredict tokens that the answer may have
     * @param reader makes something of an answer; empty when it is of no use
     */
    record Wanted<T>(JsonNode schema, int numPredict, Function<JsonNode, Read<T>> reader) {}

    /** What an answer is worth. */
    sealed interface Read<T> {
        record Usable<T>(T value) implements Read<T> {}

        record Useless<T>(String problem) implements Read<T> {}
    }

    /**
     * What came of it.
     *
     * @param value null when there is none
     * @param mode by which it was got: {@code llm}, or {@code llm_json} without the schema
     * @param steps what was tried, in order, each with what came of it
     * @param usage of all of them
     * @param failure of the wire, that ended it; null when there was none
     */
    record Climb<T>(
            @Nullable T value,
            String mode,
            List<String> steps,
            ChatAnswer.Usage usage,
            @Nullable OllamaFailure failure) {
        Climb {
            steps = List.copyOf(steps);
        }

        boolean isCancelled() {
            return failure != null && failure.kind() == OllamaFailure.Kind.CANCELLED;
        }
    }

    <T> Climb<T> climb(Wanted<T> wanted, List<ChatMessage> messages, Cancellation cancellation)
            throws InterruptedException {
        return new Way<>(wanted, messages, cancellation).go();
    }

    /** One way down. */
    private final class Way<T> {
        private final Wanted<T> wanted;
        private final Cancellation cancellation;
        private final int sentTokens;
        private final List<String> steps = new ArrayList<>();
        private ChatRequest question;
        private ChatAnswer.Usage usage = ChatAnswer.Usage.NONE;
        private boolean triedAgain;

        Way(Wanted<T> wanted, List<ChatMessage> messages, Cancellation cancellation) {
            this.wanted = wanted;
            this.cancellation = cancellation;
            this.sentTokens = messages.stream()
                    .mapToInt(message -> PromptBudget.tokens(message.content()))
                    .sum();
            // A model that thinks first takes twice the time, and some put all into their thoughts.
            this.question = new ChatRequest(
                    model.profile().name(), messages, wanted.schema(), false, null, model.options(wanted.numPredict()));
        }

        Climb<T> go() throws InterruptedException {
            while (true) {
                Reply<ChatAnswer> reply = model.ask(question, cancellation);
                if (reply instanceof Reply.Failed<ChatAnswer> failed) {
                    OllamaFailure failure = failed.failure();
                    if (!isWithoutSchema() && isAboutForm(failure)) {
                        step("the server cannot do this schema");
                        question = question.withFormat(ANY_JSON);
                        continue;
                    }
                    step(failure.message());
                    return end(null, failure);
                }
                Optional<Climb<T>> end = judge(((Reply.Answered<ChatAnswer>) reply).value());
                if (end.isPresent()) {
                    return end.get();
                }
            }
        }

        /** Empty when it is asked again. */
        private Optional<Climb<T>> judge(ChatAnswer answer) {
            usage = usage.plus(answer.usage());
            if (PromptBudget.looksCut(
                    answer.usage().promptTokens(), model.profile().numCtx(), sentTokens)) {
                step("the model may have read only a part of the question: "
                        + answer.usage().promptTokens() + " tokens of about " + sentTokens);
            }
            Optional<JsonNode> object = JsonText.object(answer.content());
            boolean fromThoughts = object.isEmpty() && answer.content().isBlank();
            if (fromThoughts) {
                object = JsonText.object(answer.thinking());
            }
            if (object.isEmpty()) {
                return again(answer, answer.isCutOff() ? "the answer was cut off" : "the answer was no JSON");
            }
            Read<T> read = wanted.reader().apply(object.get());
            if (read instanceof Read.Useless<T> useless) {
                return again(answer, useless.problem());
            }
            T value = ((Read.Usable<T>) read).value();
            step(fromThoughts ? "answered in its thoughts" : "answered");
            return Optional.of(end(value, null));
        }

        private Optional<Climb<T>> again(ChatAnswer answer, String problem) {
            step(problem);
            if (triedAgain) {
                return Optional.of(end(null, null));
            }
            triedAgain = true;
            question = answer.isCutOff()
                    ? question.withNumPredict(2 * wanted.numPredict())
                    // Some models heed the form only when they may think (ollama 14850, 15260).
                    : question.thinking(null);
            return Optional.empty();
        }

        private boolean isWithoutSchema() {
            return ANY_JSON.equals(question.format());
        }

        private static boolean isAboutForm(OllamaFailure failure) {
            String text = failure.message().toLowerCase(Locale.ROOT);
            return failure.kind() == OllamaFailure.Kind.BAD_REQUEST
                    && (text.contains("grammar") || text.contains("format") || text.contains("schema"));
        }

        private void step(String what) {
            steps.add((isWithoutSchema() ? "json: " : "schema: ") + what);
        }

        private Climb<T> end(@Nullable T value, @Nullable OllamaFailure failure) {
            return new Climb<>(value, isWithoutSchema() ? "llm_json" : "llm", steps, usage, failure);
        }
    }
}
