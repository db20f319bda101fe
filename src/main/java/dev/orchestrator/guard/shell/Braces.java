package dev.orchestrator.guard.shell;

import java.util.regex.Pattern;

/**
 * A word with braces outside of quotes. Bash multiplies such a word as text, and only then looks for what is special in it.
 * So new things can come into being: <code>{$,x}['$(id)']</code> runs {@code id}, for it becomes the old arithmetic
 * {@code $[...]}, and the letters from {@code Z} to {@code a} include a backslash and a backtick. Therefore nothing that
 * could be special may be in the word, and no range between its braces. Lists ({@code src/{main,test}}), {@code {}} and
 * {@code @{u}} remain. A brace that only closes ends a block in zsh.
 */
final class Braces {
    private static final Pattern TAME = Pattern.compile("[A-Za-z0-9_./,@:+=%^*?{}-]*");

    private Braces() {}

    /** @param written the word as it stands in the command line */
    static void require(String written) throws NotPlain {
        int open = written.indexOf('{');
        int range = written.indexOf("..", open);
        if (open < 0 || !TAME.matcher(written).matches() || (range >= 0 && range < written.lastIndexOf('}'))) {
            throw new NotPlain("it contains braces with something else than a plain list in them");
        }
    }
}
