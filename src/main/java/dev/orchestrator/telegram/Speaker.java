package dev.orchestrator.telegram;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.telegram.telegrambots.meta.api.objects.replykeyboard.InlineKeyboardMarkup;

/** Says texts of any length in a chat. Thread-safe. */
final class Speaker {
    private static final int TAGS = 32;

    private final Gateway gateway;

    Speaker(Gateway gateway) {
        this.gateway = gateway;
    }

    /** In plain words, which nothing can be wrong with. */
    Outcome<Integer> say(long chat, String text, @Nullable InlineKeyboardMarkup buttons) {
        List<String> parts = Parts.of(text, Parts.LONGEST);
        if (parts.size() > Parts.MOST) {
            return gateway.document(
                    chat, "message.txt", text, Parts.of(text, 200).get(0));
        }
        Outcome<Integer> outcome = new Outcome.Refused<>(400, "there is nothing to say");
        for (int i = 0; i < parts.size(); i++) {
            outcome = gateway.send(chat, parts.get(i), false, i == parts.size() - 1 ? buttons : null);
            if (!(outcome instanceof Outcome.Done)) {
                return outcome;
            }
        }
        return outcome;
    }

    /** As a table looks best; where Telegram does not take that, in plain words. */
    Outcome<Integer> show(long chat, String text) {
        // Each sign that has to be written differently makes the text longer.
        List<String> parts = Parts.of(text, (Parts.LONGEST - TAGS) * 4 / 5);
        if (parts.size() > Parts.MOST) {
            return gateway.document(chat, "answer.txt", text, "It is long.");
        }
        Outcome<Integer> outcome = new Outcome.Refused<>(400, "there is nothing to say");
        for (String part : parts) {
            String html = Parts.fixed(part);
            outcome = html.length() > Parts.LONGEST
                    ? gateway.send(chat, part, false, null)
                    : gateway.send(chat, html, true, null);
            if (outcome instanceof Outcome.Refused) {
                outcome = gateway.send(chat, part, false, null);
            }
            if (!(outcome instanceof Outcome.Done)) {
                return outcome;
            }
        }
        return outcome;
    }
}
