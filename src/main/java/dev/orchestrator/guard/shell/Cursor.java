package dev.orchestrator.guard.shell;

/** A place in a text. At the end the current character is {@link #END}, which no {@link PlainText} contains. */
final class Cursor {
    static final char END = '\0';

    private final String text;
    private int at;

    Cursor(String text) {
        this.text = text;
    }

    char current() {
        return at < text.length() ? text.charAt(at) : END;
    }

    boolean atEnd() {
        return at >= text.length();
    }

    boolean startsWith(String prefix) {
        return text.startsWith(prefix, at);
    }

    char take() {
        return text.charAt(at++);
    }

    /** Goes on behind {@code expected} if that is what comes next. */
    boolean skip(String expected) {
        boolean there = startsWith(expected);
        at += there ? expected.length() : 0;
        return there;
    }

    int position() {
        return at;
    }

    String since(int position) {
        return text.substring(position, at);
    }
}
