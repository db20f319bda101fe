package dev.orchestrator.pipeline;

import dev.orchestrator.files.Moves;
import dev.orchestrator.process.RunFiles;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * What an earlier task with the same id left in its records. Once its artifact has been moved away, the id is free again, but
 * the old stream must not be taken for what the new task's agent said, nor an old picture for how the directory stood.
 */
final class EarlierLife {
    private EarlierLife() {}

    /**
     * Moves {@code runs}, if an agent has spoken there, to {@code ID.1} beside it, or {@code ID.2} and so on; that lasts when
     * this returns. For a task of which no attempt is in the journal yet. What else lies there is of a start that came to
     * nothing, before any agent, and is written anew.
     */
    static void setAside(Path runs) throws IOException {
        if (!RunFiles.hasStream(runs)) {
            return;
        }
        Path aside = runs;
        for (int life = 1; Files.exists(aside); life++) {
            aside = runs.resolveSibling(runs.getFileName() + "." + life);
        }
        Moves.replace(runs, aside);
        Moves.syncDirectory(runs.resolveSibling(""));
    }
}
