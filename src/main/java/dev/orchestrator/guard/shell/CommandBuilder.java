package dev.orchestrator.guard.shell;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/** Collects one command and makes sure that bash takes it for a simple one. */
final class CommandBuilder {
    /**
     * Copied, or closed. Other descriptors may lead to anything that the agent has open. A file is not taken either, though
     * {@code >&file} means {@code &>file}: bash expands its name twice, so that {@code >&'$(id)'} runs {@code id}, and
     * {@code >&-file} is none.
     */
    private static final Pattern STANDARD = Pattern.compile("[012]|-");

    /**
     * Where bash takes no file but the network, or zsh a part of the sign ({@code >!}) or a pattern for numbers
     * ({@code <1-9>}); and names that no message should have to show.
     */
    private static final Pattern NO_FILE = Pattern.compile("(?s)/dev/(tcp|udp)/.*|!.*|[0-9]*-[0-9]*|.*\n.*|");

    private final boolean fed;
    private final List<String> words = new ArrayList<>();
    private final List<Redirection> redirections = new ArrayList<>();
    private int known;
    private boolean redirected;

    CommandBuilder(boolean fed) {
        this.fed = fed;
    }

    boolean isEmpty() {
        return words.isEmpty() && !redirected;
    }

    void add(Token.Word word) {
        known += word.known() && known == words.size() ? 1 : 0;
        words.add(word.text());
    }

    void add(Token.Redirect redirect, Token.Word target) throws NotPlain {
        redirected = true;
        if (!target.known()) {
            throw new NotPlain("the file of a redirection in it is not plainly named");
        }
        if (redirect.copies()) {
            requireStandard(target.text());
        } else {
            addFile(redirect, target.text());
        }
    }

    private static void requireStandard(String descriptor) throws NotPlain {
        if (!STANDARD.matcher(descriptor).matches()) {
            throw new NotPlain("it copies something else than one of the descriptors 0, 1 and 2");
        }
    }

    private void addFile(Token.Redirect redirect, String target) throws NotPlain {
        if (NO_FILE.matcher(target).matches()) {
            throw new NotPlain("a redirection in it is not plainly to a file");
        }
        if (redirect.reads()) {
            redirections.add(new Redirection(false, target));
        }
        if (redirect.writes()) {
            redirections.add(new Redirection(true, target));
        }
    }

    SimpleCommand build() throws NotPlain {
        if (words.isEmpty()) {
            throw new NotPlain("it contains a redirection without a command");
        }
        if (known == 0) {
            throw new NotPlain("the name of a command in it is not plain");
        }
        ProgramName.require(words.get(0));
        return new SimpleCommand(words, known, redirections, fed);
    }
}
