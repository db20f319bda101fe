package dev.orchestrator;

import dev.orchestrator.config.Home;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/**
 * A home whose tasks were accepted, and whose journal is gone. A start would do them anew, perhaps beside agents that are at
 * work on them still, since nobody knows of those any more.
 */
final class LostJournal {
    private LostJournal() {}

    /** What is wrong and what to do about it; empty when nothing is. */
    static Optional<String> in(Home home) throws IOException {
        if (Files.exists(home.journal()) || any(home.logs(), "events-*") || !any(home.accepted(), "*.task.md")) {
            return Optional.empty();
        }
        return Optional.of(
                "Tasks were accepted in " + home.root() + ", and their journal, " + home.relative(home.journal())
                        + ", is gone. Put logs/ back. If it is lost for good: make sure that no agent is at work here any"
                        + " more, and move the files from tasks/accepted/ to tasks/; they are then done as if they were new.");
    }

    /** What begins anew because of that where nothing was under way; empty when nothing does. */
    static Optional<String> begunAnew(Home home) throws IOException {
        if (Files.exists(home.journal()) || any(home.logs(), "events-*") || !any(home.results(), "*.json")) {
            return Optional.empty();
        }
        return Optional.of(
                "There are results in " + home.root() + ", and their journal, " + home.relative(home.journal())
                        + ", is gone. What is done is not done again; but sums, `limits.runs_total` and `limits.usd_total` among"
                        + " them, begin anew, and a pause is forgotten. Put logs/ back if there is a copy of it.");
    }

    private static boolean any(Path directory, String glob) throws IOException {
        if (!Files.isDirectory(directory)) {
            return false;
        }
        try (DirectoryStream<Path> entries = Files.newDirectoryStream(directory, glob)) {
            return entries.iterator().hasNext();
        }
    }
}
