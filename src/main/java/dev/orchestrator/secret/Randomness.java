package dev.orchestrator.secret;

/**
 * Tells what a machine has drawn from what a person has named: letters and digits are both there, and the kind of character
 * (lower case, upper case, digit, symbol) changes at least once in five. In random text it changes about every second time,
 * in identifiers, paths, dates and model names seldom. A capital at the beginning of a word is no change, and what separates
 * words ({@code - _ . / :}) is none either.
 */
final class Randomness {
    private static final Ascii SEPARATORS = Ascii.of("-_./\\: ");
    private static final int ONE_IN = 5;

    private enum Kind {
        LOWER,
        UPPER,
        DIGIT,
        SYMBOL,
        SEPARATOR
    }

    private Randomness() {}

    static boolean in(String text) {
        return in(text, 0, text.length());
    }

    static boolean in(String text, int from, int to) {
        boolean letter = false;
        boolean digit = false;
        int changes = 0;
        Kind before = Kind.SEPARATOR;
        for (int at = from; at < to; at++) {
            Kind kind = kind(text.charAt(at));
            letter |= kind == Kind.LOWER || kind == Kind.UPPER;
            digit |= kind == Kind.DIGIT;
            changes += changed(before, kind) ? 1 : 0;
            before = kind;
        }
        return letter && digit && changes * ONE_IN >= to - from;
    }

    private static boolean changed(Kind before, Kind kind) {
        boolean capital = before == Kind.UPPER && kind == Kind.LOWER;
        return before != kind && before != Kind.SEPARATOR && kind != Kind.SEPARATOR && !capital;
    }

    private static Kind kind(char c) {
        if (c >= 'a' && c <= 'z') {
            return Kind.LOWER;
        }
        if (c >= 'A' && c <= 'Z') {
            return Kind.UPPER;
        }
        if (Ascii.DIGITS.has(c)) {
            return Kind.DIGIT;
        }
        return SEPARATORS.has(c) ? Kind.SEPARATOR : Kind.SYMBOL;
    }
}
