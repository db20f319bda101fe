package dev.orchestrator.guard.shell;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/** Cuts a command line into {@link Token}s. */
final class Lexer {
    /** Of signs that begin alike the longer ones come first. */
    private static final List<String> REDIRECTS = List.of("&>>", "&>", "<>", "<&", "<", ">>", ">&", ">|", ">");

    private static final List<String> SEPARATORS = List.of("&&", "&", "||", "|&", "|", ";", "\n");
    private static final Pattern DESCRIPTOR = Pattern.compile("[0-9]+");
    private static final Pattern SENSIBLE_DESCRIPTOR = Pattern.compile("[0-9]");

    private final Cursor cursor;
    private final List<Token> tokens = new ArrayList<>();

    private Lexer(Cursor cursor) {
        this.cursor = cursor;
    }

    static List<Token> tokens(String text) throws NotPlain {
        return new Lexer(new Cursor(text)).read();
    }

    private List<Token> read() throws NotPlain {
        while (!cursor.atEnd()) {
            if (!cursor.skip(" ") && !cursor.skip("\t")) {
                readOne();
            }
        }
        return tokens;
    }

    private void readOne() throws NotPlain {
        refuseWhatHidesCommands();
        Optional<String> redirect = oneOf(REDIRECTS);
        if (redirect.isPresent()) {
            tokens.add(new Token.Redirect(redirect.get()));
            return;
        }
        Optional<String> separator = oneOf(SEPARATORS);
        if (separator.isPresent()) {
            tokens.add(new Token.Separator(separator.get()));
            return;
        }
        readWord();
    }

    private void refuseWhatHidesCommands() throws NotPlain {
        if (cursor.startsWith("<<")) {
            throw new NotPlain("it contains a here document or a here string");
        }
        if (cursor.startsWith("<(") || cursor.startsWith(">(")) {
            throw new NotPlain("it contains a process substitution");
        }
        if (cursor.startsWith("#")) {
            throw new NotPlain("it contains a comment");
        }
    }

    private void readWord() throws NotPlain {
        int start = cursor.position();
        Token.Word word = new WordReader(cursor).read();
        if (!isDescriptor(cursor.since(start))) {
            tokens.add(word);
        }
    }

    /**
     * A number that touches the sign of a redirection belongs to it, and {@code {name}>} is the same with a variable. In
     * front of {@code &>} it is a word to bash, but not to zsh; with more than one digit it is a word to zsh, but not to bash.
     */
    private boolean isDescriptor(String written) throws NotPlain {
        boolean touches = cursor.current() == '<' || cursor.current() == '>';
        boolean number = DESCRIPTOR.matcher(written).matches();
        if ((touches && written.startsWith("{")) || (number && cursor.startsWith("&>"))) {
            throw new NotPlain("it contains a redirection with something unusual in front");
        }
        if (touches && number && !SENSIBLE_DESCRIPTOR.matcher(written).matches()) {
            throw new NotPlain("it contains a redirection of descriptor " + written);
        }
        return touches && number;
    }

    private Optional<String> oneOf(List<String> signs) {
        return signs.stream().filter(cursor::skip).findFirst();
    }
}
