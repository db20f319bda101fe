package dev.orchestrator.secret;

import java.util.List;

/**
 * A token with a prefix of its own, and a run of characters behind it.
 *
 * @param of the characters
 * @param least how many there are at least
 * @param most how many at most; a longer run is something else
 * @param hide whether the prefix is hidden as well; not when it tells where, and nothing else
 * @param start where the prefix may stand
 * @param body what the run must look like
 */
record Token(String prefix, Ascii of, int least, int most, Hide hide, Start start, Body body) implements Rule {
    enum Hide {
        ALL,
        BEHIND_PREFIX
    }

    enum Start {
        ANYWHERE,
        /** Not within a word: {@code task-} ends like a prefix. */
        OF_WORD
    }

    enum Body {
        ANY,
        RANDOM
    }

    /** How much is looked at to tell whether it is random. */
    private static final int SAMPLE = 256;

    static Token atLeast(int least, String prefix, Ascii of) {
        return new Token(prefix, of, least, Integer.MAX_VALUE, Hide.ALL, Start.ANYWHERE, Body.ANY);
    }

    static Token exactly(int length, String prefix, Ascii of) {
        return new Token(prefix, of, length, length, Hide.ALL, Start.ANYWHERE, Body.ANY);
    }

    Token behindPrefix() {
        return new Token(prefix, of, least, most, Hide.BEHIND_PREFIX, start, body);
    }

    Token atStartOfWord() {
        return new Token(prefix, of, least, most, hide, Start.OF_WORD, body);
    }

    Token random() {
        return new Token(prefix, of, least, most, hide, start, Body.RANDOM);
    }

    @Override
    public List<String> anchors() {
        return List.of(prefix);
    }

    /** The cheapest questions come first. */
    @Override
    public Look look(String text, int from, int to) {
        boolean token = text.startsWith(prefix, from)
                && isLongEnough(text, to)
                && (start == Start.ANYWHERE || WordStart.isAt(text, from))
                && (body == Body.ANY || Randomness.in(text, to, of.end(text, to, SAMPLE)));
        return token ? Look.secret(hide == Hide.ALL ? from : to, of.end(text, to)) : Look.NOTHING;
    }

    private boolean isLongEnough(String text, int from) {
        boolean enough = of.end(text, from, least) == from + least;
        return enough && (most == Integer.MAX_VALUE || !of.isAt(text, from + most));
    }
}
