package dev.orchestrator.guard.shell;

import java.util.Set;
import java.util.regex.Pattern;

/**
 * The first word of a command. Only such characters that no shell gives a meaning there: with {@code =} it may be an
 * assignment, with {@code [} one of an element, {@code !} and <code>{</code> begin something compound, {@code %} names a job.
 */
final class ProgramName {
    private static final Pattern PLAIN = Pattern.compile("[A-Za-z0-9_./@+][A-Za-z0-9_./@+-]*");

    /** Parts of compound commands. Quoted they would name a program; no task needs that. */
    private static final Set<String> RESERVED = Set.of(
            "case",
            "coproc",
            "do",
            "done",
            "elif",
            "else",
            "esac",
            "fi",
            "for",
            "function",
            "if",
            "in",
            "select",
            "then",
            "time",
            "until",
            "while");

    private ProgramName() {}

    static void require(String name) throws NotPlain {
        if (name.contains("=")) {
            throw new NotPlain("it contains an assignment in front of a command");
        }
        if (!PLAIN.matcher(name).matches()) {
            throw new NotPlain("the name of a command in it is not plain");
        }
        if (RESERVED.contains(name)) {
            throw new NotPlain("it contains `" + name + "`, which is a part of the shell's language");
        }
    }
}
