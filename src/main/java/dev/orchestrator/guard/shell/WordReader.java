package dev.orchestrator.guard.shell;

/** Reads one word, which may be put together from parts with and without quotes. */
final class WordReader {
    private static final String ENDS = " \t\n;&|<>" + Cursor.END;

    private final Cursor cursor;
    private final int start;
    private final StringBuilder text = new StringBuilder();
    private boolean known = true;
    private boolean braces;

    WordReader(Cursor cursor) {
        this.cursor = cursor;
        this.start = cursor.position();
    }

    Token.Word read() throws NotPlain {
        while (ENDS.indexOf(cursor.current()) < 0) {
            readPart(cursor.take());
        }
        if (braces) {
            Braces.require(cursor.since(start));
        }
        return new Token.Word(text.toString(), known);
    }

    private void readPart(char character) throws NotPlain {
        switch (character) {
            case '\\' -> text.append(escaped());
            case '\'' -> readSingleQuoted();
            case '"' -> readDoubleQuoted();
            case '$' -> readDollar(false);
            case '`' -> throw substitution();
            case '(', ')' -> throw new NotPlain("it contains a parenthesis without quotes");
            default -> readBare(character);
        }
    }

    private void readBare(char character) {
        switch (character) {
            case '*', '?', '[' -> known = false;
            case '~' -> known = known && !isTildeExpandedHere();
            // zsh makes a path of it.
            case '=' -> known = known && cursor.position() > start + 1;
            case '{', '}' -> {
                known = false;
                braces = true;
            }
            default -> {}
        }
        text.append(character);
    }

    /** In front, and where the word looks like an assignment of a path or of a list of paths. */
    private boolean isTildeExpandedHere() {
        return text.length() == 0 || "=:".indexOf(text.charAt(text.length() - 1)) >= 0;
    }

    private char escaped() throws NotPlain {
        if (cursor.atEnd()) {
            throw new NotPlain("it ends with a backslash");
        }
        return cursor.take();
    }

    private void readSingleQuoted() throws NotPlain {
        while (!cursor.skip("'")) {
            text.append(quoted());
        }
    }

    private void readDoubleQuoted() throws NotPlain {
        while (!cursor.skip("\"")) {
            char character = quoted();
            switch (character) {
                case '`' -> throw substitution();
                case '$' -> readDollar(true);
                // Before anything else the backslash stays.
                case '\\' -> text.append("$`\"\\".indexOf(cursor.current()) >= 0 ? quoted() : '\\');
                default -> text.append(character);
            }
        }
    }

    private char quoted() throws NotPlain {
        if (cursor.atEnd()) {
            throw new NotPlain("a quote in it does not end");
        }
        return cursor.take();
    }

    private void readDollar(boolean quoted) throws NotPlain {
        String name = Variables.name(cursor, quoted);
        known = known && name.isEmpty();
        text.append('$').append(name);
    }

    private static NotPlain substitution() {
        return new NotPlain("it contains a command substitution (a backtick)");
    }
}
