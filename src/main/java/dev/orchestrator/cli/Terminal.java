package dev.orchestrator.cli;

import java.io.Console;
import java.io.File;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What standard output is, which is another question than whether it may have colours.
 *
 * @param obeys whether it does what it is told, such as to go back to the first line
 * @param lines how many it shows at a time, or is taken to
 */
record Terminal(boolean obeys, int lines) {
    private static final int USUAL_LINES = 24;
    private static final int FEWEST_LINES = 4;
    private static final int MOST_LINES = 1_000;

    static Terminal of(Map<String, String> environment) {
        return of(isThere(System.console()), File.separatorChar == '\\', environment);
    }

    /** @param isThere false when it is a file or another program */
    static Terminal of(boolean isThere, boolean windows, Map<String, String> environment) {
        return new Terminal(isThere && understands(windows, environment), lines(environment.getOrDefault("LINES", "")));
    }

    /** From Java 22 on there is a console also when there is no terminal; before, nobody can be asked and it is one. */
    private static boolean isThere(@Nullable Console console) {
        if (console == null) {
            return false;
        }
        try {
            return (boolean) Console.class.getMethod("isTerminal").invoke(console);
        } catch (ReflectiveOperationException e) {
            return true;
        }
    }

    /** The console of old Windows shows what it is told instead of doing it. */
    private static boolean understands(boolean windows, Map<String, String> environment) {
        boolean newer = environment.containsKey("WT_SESSION")
                || environment.containsKey("ANSICON")
                || environment.containsKey("TERM")
                || "ON".equals(environment.get("ConEmuANSI"));
        return !"dumb".equals(environment.get("TERM")) && (!windows || newer);
    }

    private static int lines(String said) {
        try {
            int lines = Integer.parseInt(said);
            return lines < FEWEST_LINES || lines > MOST_LINES ? USUAL_LINES : lines;
        } catch (NumberFormatException e) {
            return USUAL_LINES;
        }
    }
}
