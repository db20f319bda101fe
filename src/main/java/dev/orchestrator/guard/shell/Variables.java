package dev.orchestrator.guard.shell;

/**
 * What stands behind a dollar sign. Plain variables ({@code $NAME ${NAME} $?}) run nothing and are kept as they were
 * written, in a word that thereby is not known. A dollar sign with nothing behind it is a character like others. All else is
 * refused: substitutions and arithmetic run commands, {@code ${NAME:-...}} may contain either, {@code $'} and {@code $"} are
 * quotes of their own, and an index ({@code $NAME[...]}) is evaluated by zsh.
 */
final class Variables {
    private Variables() {}

    /** Reads on behind the dollar sign; answers what stood there, with braces, or nothing when it is a plain character. */
    static String name(Cursor cursor, boolean quoted) throws NotPlain {
        int start = cursor.position();
        boolean braced = cursor.skip("{");
        if (!braced && cursor.skip("?")) {
            return alone(cursor, start);
        }
        if (!isNameStart(cursor.current())) {
            return nothing(cursor, braced, quoted);
        }
        while (isNameStart(cursor.current()) || isDigit(cursor.current())) {
            cursor.take();
        }
        if (braced && !cursor.skip("}")) {
            throw moreThanAName();
        }
        return alone(cursor, start);
    }

    private static String alone(Cursor cursor, int start) throws NotPlain {
        if (cursor.current() == '[') {
            throw moreThanAName();
        }
        return cursor.since(start);
    }

    private static NotPlain moreThanAName() {
        return new NotPlain("it contains a variable with more than its name");
    }

    private static String nothing(Cursor cursor, boolean braced, boolean quoted) throws NotPlain {
        if (cursor.current() == '(') {
            throw new NotPlain("it contains a command substitution");
        }
        String harmless = quoted ? " \t\n\"|" : " \t\n;" + Cursor.END;
        if (braced || harmless.indexOf(cursor.current()) < 0) {
            throw new NotPlain("it contains a dollar sign with something else than a name behind it");
        }
        return "";
    }

    private static boolean isNameStart(char c) {
        return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_';
    }

    private static boolean isDigit(char c) {
        return c >= '0' && c <= '9';
    }
}
