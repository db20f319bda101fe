package dev.orchestrator.guard.shell;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;

/** Puts the {@link Token}s of a command line together to its commands. */
final class ScriptParser {
    private final Iterator<Token> tokens;
    private final List<SimpleCommand> commands = new ArrayList<>();
    private CommandBuilder command = new CommandBuilder(false);
    /** A sign that joins two commands was the last thing read but line breaks. */
    private boolean wanting;

    private ScriptParser(Iterator<Token> tokens) {
        this.tokens = tokens;
    }

    static List<SimpleCommand> parse(String text) throws NotPlain {
        return new ScriptParser(Lexer.tokens(text).iterator()).read();
    }

    private List<SimpleCommand> read() throws NotPlain {
        while (tokens.hasNext()) {
            Token token = tokens.next();
            if (token instanceof Token.Word word) {
                command.add(word);
            } else if (token instanceof Token.Redirect redirect) {
                command.add(redirect, target());
            } else {
                end((Token.Separator) token);
            }
        }
        if (!command.isEmpty()) {
            commands.add(command.build());
        } else if (wanting || commands.isEmpty()) {
            throw nothing();
        }
        return commands;
    }

    private Token.Word target() throws NotPlain {
        if (tokens.hasNext() && tokens.next() instanceof Token.Word word) {
            return word;
        }
        throw new NotPlain("it contains a redirection without a file");
    }

    /** Bash passes over line breaks wherever a command may begin; any other sign needs a command in front of it. */
    private void end(Token.Separator separator) throws NotPlain {
        if (command.isEmpty() && separator.isLineBreak()) {
            return;
        }
        if (command.isEmpty()) {
            throw nothing();
        }
        commands.add(command.build());
        command = new CommandBuilder(separator.feeds());
        wanting = separator.wantsAnother();
    }

    private static NotPlain nothing() {
        return new NotPlain("a command in it is empty");
    }
}
