package dev.orchestrator.secret;

/**
 * A part of a text that is to be replaced.
 *
 * @param to behind the last character
 * @param quoted whether the replacement needs quotes around it, since it stands for a number in JSON
 */
record Span(int from, int to, boolean quoted) {
    Span(int from, int to) {
        this(from, to, false);
    }

    boolean overlaps(Span later) {
        return later.from < to;
    }

    Span and(Span later) {
        return new Span(from, Math.max(to, later.to), quoted);
    }

    boolean contains(Span other) {
        return from <= other.from && other.to <= to;
    }

    Span common(Span other) {
        return new Span(Math.max(from, other.from), Math.min(to, other.to), quoted);
    }
}
