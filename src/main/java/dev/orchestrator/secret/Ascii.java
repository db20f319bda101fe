package dev.orchestrator.secret;

/** A set of ASCII characters; no other character is ever in it. */
final class Ascii {
    static final Ascii DIGITS = range('0', '9');
    static final Ascii UPPER_AND_DIGITS = range('A', 'Z').and("0123456789");
    static final Ascii LETTERS_AND_DIGITS = UPPER_AND_DIGITS.and("abcdefghijklmnopqrstuvwxyz");
    /** Of base64url, and of most tokens. */
    static final Ascii TOKEN = LETTERS_AND_DIGITS.and("-_");

    static final Ascii BASE64 = LETTERS_AND_DIGITS.and("+/=");
    static final Ascii BLANK = none().and(" \t");

    private final long low;
    private final long high;

    private Ascii(long low, long high) {
        this.low = low;
        this.high = high;
    }

    private static Ascii none() {
        return new Ascii(0, 0);
    }

    static Ascii of(String members) {
        return none().and(members);
    }

    static Ascii range(char first, char last) {
        Ascii result = none();
        for (char c = first; c <= last; c++) {
            result = result.and(String.valueOf(c));
        }
        return result;
    }

    Ascii and(String members) {
        long newLow = low;
        long newHigh = high;
        for (char c : members.toCharArray()) {
            newLow |= c < 64 ? 1L << c : 0;
            newHigh |= c >= 64 ? 1L << c : 0;
        }
        return new Ascii(newLow, newHigh);
    }

    Ascii without(String members) {
        Ascii others = of(members);
        return new Ascii(low & ~others.low, high & ~others.high);
    }

    boolean has(char c) {
        return c < 128 && ((c < 64 ? low : high) >>> c & 1) != 0;
    }

    boolean isAt(String text, int at) {
        return at >= 0 && at < text.length() && has(text.charAt(at));
    }

    /** The first position from {@code from} on where something else is. */
    int end(String text, int from) {
        return end(text, from, Integer.MAX_VALUE);
    }

    /** The same, but having looked at no more than {@code most} characters. */
    int end(String text, int from, int most) {
        int limit = (int) Math.min(text.length(), (long) from + most);
        int at = from;
        while (at < limit && has(text.charAt(at))) {
            at++;
        }
        return at;
    }
}
