package dev.orchestrator.validation;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/**
 * What the agent says in its own voice: its answer without code, and without what it quotes from others. Only so much of its
 * beginning and its end is looked at that a hostile answer does not take long.
 *
 * @param text with line breaks as they were
 * @param sentences in order, without those that hold no letter
 * @param hasCode code stood in it
 */
record Prose(String text, List<String> sentences, boolean hasCode) {
    private static final int MOST = 20_000;
    private static final Pattern FENCE = Pattern.compile("\\s*(```|~~~).*");
    private static final Pattern QUOTED = Pattern.compile(
            "`[^`\n]{0,300}`|\"[^\"\n]{0,300}\"|\u201c[^\u201d\n]{0,300}\u201d|\u201e[^\u201c\u201d\n]{0,300}[\u201c\u201d]|\u00ab[^\u00bb\n]{0,300}\u00bb");
    private static final Pattern SENTENCE_END = Pattern.compile("(?<=[.!?:\u2026])\\s+|\\n+");

    Prose {
        sentences = List.copyOf(sentences);
    }

    static Prose of(String answer) {
        StringBuilder text = new StringBuilder();
        boolean inCode = false;
        boolean code = false;
        for (String line : capped(answer).split("\n", -1)) {
            if (FENCE.matcher(line).matches()) {
                inCode = !inCode;
                code = true;
            } else if (!inCode && !line.stripLeading().startsWith(">")) {
                text.append(QUOTED.matcher(line).replaceAll(" \u2026 ")).append('\n');
            }
        }
        return new Prose(text.toString(), sentences(text.toString()), code);
    }

    /** Beginning and end, for that is where an answer says what came of it. */
    static String capped(String text) {
        return text.length() <= MOST
                ? text
                : text.substring(0, MOST / 2) + "\n" + text.substring(text.length() - MOST / 2);
    }

    private static List<String> sentences(String text) {
        List<String> sentences = new ArrayList<>();
        for (String sentence : SENTENCE_END.split(text)) {
            if (sentence.codePoints().anyMatch(Character::isLetter)) {
                sentences.add(sentence.strip());
            }
        }
        return sentences;
    }

    /** The first two and the last two. */
    List<String> ends() {
        return sentences.size() <= 4
                ? sentences
                : List.of(
                        sentences.get(0),
                        sentences.get(1),
                        sentences.get(sentences.size() - 2),
                        sentences.get(sentences.size() - 1));
    }

    boolean isShorterThan(int characters) {
        return text.strip().length() < characters;
    }
}
