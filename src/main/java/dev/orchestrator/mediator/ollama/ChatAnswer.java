package dev.orchestrator.mediator.ollama;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.util.List;

/**
 * What a model said, to its end.
 *
 * @param content may be blank, when it only thought or only asked for tools
 * @param thinking what it thought aloud; blank for nothing
 * @param toolCalls that it wants, each with {@code function.name} and {@code function.arguments}
 * @param doneReason {@code stop}, {@code length} (it was cut off), {@code load}, or empty
 * @param usage what it took
 */
public record ChatAnswer(String content, String thinking, List<JsonNode> toolCalls, String doneReason, Usage usage) {
    public ChatAnswer {
        toolCalls = List.copyOf(toolCalls);
    }

    /**
     * @param promptTokens that the model read; less than the prompt has when Ollama cut it or had a part of it ready
     * @param total from the request to the end
     * @param load of it, to get the model into memory
     */
    public record Usage(long promptTokens, long answerTokens, Duration total, Duration load) {
        public static final Usage NONE = new Usage(0, 0, Duration.ZERO, Duration.ZERO);

        Usage plus(Usage other) {
            return new Usage(
                    promptTokens + other.promptTokens,
                    answerTokens + other.answerTokens,
                    total.plus(other.total),
                    load.plus(other.load));
        }
    }

    /** True when it would have gone on. */
    public boolean isCutOff() {
        return doneReason.equals("length");
    }
}
