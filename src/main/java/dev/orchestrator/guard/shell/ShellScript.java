package dev.orchestrator.guard.shell;

import java.util.List;

/**
 * What a command line would do, as bash reads it, or why that cannot be told.
 *
 * <p>Understood are simple commands with redirections, joined by {@code && || ; | |& &} and line breaks. Everything else is
 * {@link Unsure}: whatever runs something inside of something (substitutions), compounds ({@code if}, {@code for}, groups,
 * functions), assignments in front of a command, here documents, comments, and characters that a reader cannot see or takes
 * for others. Where zsh reads a line differently it is unsure as well, since the agent may use either.
 *
 * <p>In arguments, and only there, plain variables, patterns for file names, lists in braces and tildes are kept as they were
 * written: they can make other words out of a word but run nothing, and {@link SimpleCommand#known()} tells where such words
 * begin, so that nobody takes them for what they look like.
 */
public sealed interface ShellScript {
    int MOST_CHARACTERS = 10_000;

    /** In the order of the text; never empty. Whether bash runs each of them depends on those before it. */
    record Commands(List<SimpleCommand> commands) implements ShellScript {
        public Commands {
            commands = List.copyOf(commands);
        }
    }

    /** @param why a clause, for a person and for the agent: "it contains a command substitution" */
    record Unsure(String why) implements ShellScript {}

    /** Never throws, whatever the text. */
    static ShellScript parse(String text) {
        try {
            PlainText.require(text);
            return new Commands(ScriptParser.parse(Continuations.removed(text)));
        } catch (NotPlain e) {
            return new Unsure(e.why());
        }
    }
}
