package dev.orchestrator.testkit.ollama;

import dev.orchestrator.testkit.ollama.ChatRequest.Message;
import java.util.ArrayList;
import java.util.List;

/**
 * Makes one text of the messages, and makes it fit, as Ollama does: what is too long is cut without a word, first whole
 * messages, the oldest first, then tokens from the middle, so that about half of the context remains. Only who sends {@code
 * "shift":false} is told.
 */
final class Prompt {
    private static final String TOO_LONG =
            "the prompt is longer than the context length currently available to the model; "
                    + "shorten the prompt, adjust the context length in settings, or use a model with a longer context length";

    private final Engine engine;
    private final int context;

    Prompt(Engine engine, int context) {
        this.engine = engine;
        this.context = context;
    }

    String of(ChatRequest request) {
        String prompt = render(newest(request.messages()));
        if (fits(prompt)) {
            return prompt;
        }
        if (!request.shift()) {
            throw Refused.badRequest(TOO_LONG);
        }
        return cut(prompt, request.options().keep());
    }

    private List<Message> newest(List<Message> all) {
        List<Message> kept = new ArrayList<>(all);
        while (kept.size() > 1 && !fits(render(kept))) {
            kept.remove(0);
        }
        return kept;
    }

    private boolean fits(String prompt) {
        return engine.count(prompt) < context;
    }

    private String cut(String prompt, int keep) {
        int head = Math.min(keep < 0 ? context : keep + 1, context - 1);
        int limit = context - Math.max((context - head) / 2, 1);
        return engine.cut(prompt, head, limit - head);
    }

    /** The chat template of the model, which has no place for a system message; the GGUF has it in Jinja. */
    static String render(List<Message> messages) {
        StringBuilder text = new StringBuilder();
        for (Message message : messages) {
            if (!message.role().equals("system")) {
                text.append(message.role())
                        .append(": ")
                        .append(message.content())
                        .append('\n');
            }
        }
        return text.append("assistant:").toString();
    }
}
