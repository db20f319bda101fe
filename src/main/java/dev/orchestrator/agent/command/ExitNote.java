package dev.orchestrator.agent.command;

import dev.orchestrator.agent.run.FileTail;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * How a program ended, written down by a shell around it. Only who starts a process learns its exit code, and a daemon that
 * takes a run over did not; and a program that was asked to end may well end with 0 in the middle of its answer. The shell
 * gets the same signals as the program, and waits for it all the same.
 *
 * <pre>
 * 0            it ended by itself, and well
 * 0 asked      it was asked to end, by us, a Ctrl-C or the system, and says that all is well
 * 143 asked
 * </pre>
 *
 * @param code exit code; 128 and the number of the signal that ended it
 * @param asked whether it was asked to end before
 */
record ExitNote(int code, boolean asked) {
    private static final String SCRIPT =
            "note=$1; shift; asked=; trap 'asked=\" asked\"' HUP INT TERM; \"$@\"; code=$?; "
                    + "echo \"$code$asked\" > \"$note\"; exit $code";
    private static final int LONGEST = 64;
    private static final Pattern LINE = Pattern.compile("([0-9]{1,3})( asked)?\\s*");

    /**
     * Runs {@code command} and writes the note.
     *
     * @param session stands on its command line, where a later daemon finds it
     * @param note a file that is there, and empty
     */
    static List<String> noting(List<String> command, String session, Path note) {
        List<String> result = new ArrayList<>(List.of("/bin/sh", "-c", SCRIPT, session, note.toString()));
        result.addAll(command);
        return result;
    }

    /** Empty when there is none: it has not ended yet, or the shell was killed. */
    static Optional<ExitNote> read(Path note) throws IOException {
        Matcher line = LINE.matcher(FileTail.raw(note, LONGEST));
        return line.matches()
                ? Optional.of(new ExitNote(Integer.parseInt(line.group(1)), line.group(2) != null))
                : Optional.empty();
    }
}
