package dev.orchestrator.secret;

import java.util.List;

/** A text that is secret wherever it stands, also when several of them overlap. */
final class KnownText implements Rule {
    /** Enough to be rare in other texts, and a key of thousands of characters does not make the automaton large. */
    private static final int ANCHOR = 8;

    private final String text;

    KnownText(String text) {
        this.text = text;
    }

    @Override
    public List<String> anchors() {
        return List.of(text.substring(0, Math.min(ANCHOR, text.length())));
    }

    /** What a mark is a part of is not the secret, even if it looks so: {@code pass[} in front of a mark's rest. */
    @Override
    public Look look(String in, int from, int to) {
        int end = from + text.length();
        return in.startsWith(text, from) && !Mark.overlaps(in, from, end) ? new Look(from, end, 0) : Look.NOTHING;
    }
}
