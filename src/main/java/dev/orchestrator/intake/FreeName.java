package dev.orchestrator.intake;

import dev.orchestrator.files.Moves;
import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Gives a task file a name that nobody has: {@code x.task.md}, {@code x-2.task.md} and so on. Nothing is ever replaced, since
 * a file that waits may be somebody's only copy.
 */
final class FreeName {
    private static final int SUFFIX_LENGTH = ".task.md".length();

    private FreeName() {}

    /** {@code wanted} itself for 1, else with the number before its suffix. */
    static Path numbered(Path wanted, int number) {
        String name = String.valueOf(wanted.getFileName());
        int end = name.length() - SUFFIX_LENGTH;
        return number == 1
                ? wanted
                : wanted.resolveSibling(name.substring(0, end) + "-" + number + name.substring(end));
    }

    /** Gives {@code file} one more name. Where there are no second names it is renamed. Answers the new name. */
    static Path give(Path file, Path wanted) throws IOException {
        for (int number = 1; ; number++) {
            Path free = numbered(wanted, number);
            try {
                giveName(file, free);
                return free;
            } catch (FileAlreadyExistsException e) {
                // A crash between the two names of one file leaves both; every other name is taken.
                if (Files.isSameFile(file, free)) {
                    return free;
                }
            }
        }
    }

    /** Gives {@code file} this name as well, unless there is a file of that name already. */
    static Path giveOnce(Path file, Path wanted) throws IOException {
        try {
            giveName(file, wanted);
        } catch (FileAlreadyExistsException e) {
            // It stays as it is.
        }
        return wanted;
    }

    /** Renames {@code file}. It is in one place afterwards, whatever fails. */
    static Path move(Path file, Path wanted) throws IOException {
        Path target = give(file, wanted);
        try {
            Moves.delete(file);
        } catch (IOException e) {
            Moves.delete(target);
            throw e;
        }
        return target;
    }

    /** A second name is given in one step and fails when it is taken; a rename would replace what is there. */
    private static void giveName(Path file, Path name) throws IOException {
        try {
            Files.createLink(name, file);
        } catch (FileAlreadyExistsException e) {
            throw e;
        } catch (FileSystemException | UnsupportedOperationException e) {
            // No second names on this file system. Two programs at the same moment could meet here, nothing else.
            Files.move(file, name);
        }
    }
}
