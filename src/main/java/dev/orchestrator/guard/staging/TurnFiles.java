package dev.orchestrator.guard.staging;

import java.nio.file.Path;

/**
 * What is kept of a guarded turn, beside the records of its runs, and the only class that knows these names.
 *
 * <pre>
 * turn-1.base.zip        the files of the working directory before the turn, while it lasts
 * turn-1.change.json     what the turn changed
 * turn-1.patch           the same, for people and `git apply`
 * turn-1.apply.json      how far it has come into the directory
 * turn-1.undo.patch      the way back
 * files/SHA256           contents
 * </pre>
 *
 * @param directory of the task's runs
 */
public record TurnFiles(Path directory, int turn) {

    Path base() {
        return file("base.zip");
    }

    Path change() {
        return file("change.json");
    }

    public Path patch() {
        return file("patch");
    }

    Path plan() {
        return file("apply.json");
    }

    public Path undoPatch() {
        return file("undo.patch");
    }

    Blobs blobs() {
        return new Blobs(directory.resolve("files"));
    }

    TurnFiles ofTurn(int other) {
        return new TurnFiles(directory, other);
    }

    private Path file(String suffix) {
        return directory.resolve("turn-" + turn + "." + suffix);
    }
}
