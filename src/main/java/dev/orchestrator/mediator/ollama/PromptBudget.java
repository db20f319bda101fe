package dev.orchestrator.mediator.ollama;

import java.util.Locale;
import java.util.stream.Stream;

/**
 * How much a question may hold. Ollama cuts what is too long out of the middle, instructions first, and says nothing (<a
 * href="https://github.com/ollama/ollama/issues/17427">17427</a>); so what the user wrote is cut here, where it is known what it
 * is, and it is said. Nobody here knows the model's tokens, so they are estimated, too many rather than too few.
 */
final class PromptBudget {
    /** Of English, four are usual; of code and numbers, less. */
    private static final int CHARS_A_TOKEN = 3;
    /** For the words around each message, and for estimates that were too small. */
    private static final double MARGIN = 0.1;

    private static final String MARK = "\n[... %d characters left out here ...]\n";
    private static final int MARK_TOKENS = 20;

    private PromptBudget() {}

    /**
     * A text that was made to fit.
     *
     * @param leftOut characters that are not in it; 0 when it is whole
     */
    record Fitted(String text, int leftOut) {}

    /** Tokens that are left beside the {@code fixed} texts of a question whose answer may have {@code numPredict}. */
    static int room(int numCtx, int numPredict, String... fixed) {
        int taken = Stream.of(fixed).mapToInt(PromptBudget::tokens).sum();
        return (int) (numCtx * (1 - MARGIN)) - numPredict - taken;
    }

    /** What {@code text} is going to take at most; beyond ASCII each character may be a token. */
    static int tokens(String text) {
        int others = (int) text.codePoints().filter(point -> point > 127).count();
        int ascii = (int) text.codePoints().count() - others;
        return others + (ascii + CHARS_A_TOKEN - 1) / CHARS_A_TOKEN;
    }

    /** Keeps the beginning and the end, for that is where people say what they want; two thirds of it the beginning. */
    static Fitted fit(String text, int tokens) {
        if (tokens(text) <= tokens) {
            return new Fitted(text, 0);
        }
        int room = Math.max(0, tokens - MARK_TOKENS);
        int head = prefix(text, room * 2 / 3);
        int tail = suffix(text, room - room * 2 / 3);
        int leftOut = tail - head;
        return new Fitted(
                text.substring(0, head) + String.format(Locale.ROOT, MARK, leftOut) + text.substring(tail), leftOut);
    }

    /** Where the longest beginning of so many tokens ends. */
    private static int prefix(String text, int tokens) {
        int thirds = tokens * CHARS_A_TOKEN;
        int at = 0;
        while (at < text.length()) {
            int point = text.codePointAt(at);
            thirds -= point > 127 ? CHARS_A_TOKEN : 1;
            if (thirds < 0) {
                break;
            }
            at += Character.charCount(point);
        }
        return at;
    }

    /** Where the longest end of so many tokens begins. */
    private static int suffix(String text, int tokens) {
        int thirds = tokens * CHARS_A_TOKEN;
        int at = text.length();
        while (at > 0) {
            int point = text.codePointBefore(at);
            thirds -= point > 127 ? CHARS_A_TOKEN : 1;
            if (thirds < 0) {
                break;
            }
            at -= Character.charCount(point);
        }
        return at;
    }

    /**
     * True when the model seems to have read less than it was sent: it says that it read about half of what fits, which is what
     * is left when Ollama cuts. A part of the question that it had ready from before looks alike, so this is a hint.
     */
    static boolean looksCut(long readTokens, int numCtx, int sentTokens) {
        long half = numCtx / 2;
        return readTokens > 0 && Math.abs(readTokens - half) <= 4 && sentTokens > half + half / 5;
    }
}
