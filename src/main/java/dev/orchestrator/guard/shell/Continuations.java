package dev.orchestrator.guard.shell;

/**
 * Takes out each backslash with a line break behind it, as bash does before it looks at anything else: two {@code &} with
 * that between them are {@code &&}, and so {@code $} and a parenthesis begin a substitution, within double quotes too. Only
 * single quotes keep them.
 *
 * <p>It knows no other quotes than {@code '} and {@code "}. Where those are not all that counts (in substitutions, here
 * documents, comments, {@code $'}) something stands in front that {@link ScriptParser} refuses, and all before that was
 * read rightly.
 */
final class Continuations {
    private Continuations() {}

    static String removed(String text) {
        Cursor cursor = new Cursor(text);
        StringBuilder joined = new StringBuilder();
        char quote = Cursor.END;
        while (!cursor.atEnd()) {
            if (quote != '\'' && cursor.skip("\\\n")) {
                continue;
            }
            char character = cursor.take();
            joined.append(character);
            if (character == '\\' && quote != '\'' && !cursor.atEnd()) {
                joined.append(cursor.take());
            } else if (character == quote) {
                quote = Cursor.END;
            } else if (quote == Cursor.END && (character == '\'' || character == '"')) {
                quote = character;
            }
        }
        return joined.toString();
    }
}
