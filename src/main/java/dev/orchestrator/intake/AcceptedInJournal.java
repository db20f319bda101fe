package dev.orchestrator.intake;

import dev.orchestrator.config.Home;
import dev.orchestrator.files.AtomicFile;
import dev.orchestrator.files.PrivateFile;
import dev.orchestrator.journal.JournalReader;
import dev.orchestrator.journal.LineFormat;
import dev.orchestrator.task.Event;
import dev.orchestrator.task.TaskEvent.TaskAccepted;
import dev.orchestrator.task.TaskEvent.TaskFinished;
import dev.orchestrator.task.TaskId;
import dev.orchestrator.task.TaskStatus;
import java.io.IOException;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What the journal knows of accepted files, found in one pass for all that are asked about, since it holds all of history.
 * For one thread.
 */
final class AcceptedInJournal {
    private static final Logger log = LoggerFactory.getLogger(AcceptedInJournal.class);

    private final Home home;
    private final Set<TaskId> missing;
    private final Set<TaskId> unknown;
    private final Map<TaskId, String> hashes = new HashMap<>();
    private final Map<TaskId, TaskStatus> ends = new HashMap<>();

    /**
     * @param missing tasks whose accepted file is gone and is to be written again
     * @param unknown tasks whose end is asked for
     */
    AcceptedInJournal(Home home, Set<TaskId> missing, Set<TaskId> unknown) {
        this.home = home;
        this.missing = missing;
        this.unknown = unknown;
    }

    /** Reads the journal if there is something to ask, and writes the files that are missing as it comes by them. */
    void read() throws IOException {
        if (missing.isEmpty() && unknown.isEmpty()) {
            return;
        }
        JournalReader journal = new JournalReader(home.journal());
        journal.read(journal.start(), (line, after) -> {
            try {
                if (LineFormat.head(line).filter(head -> !matters(head.type())).isEmpty()) {
                    look(LineFormat.decode(line).event());
                }
            } catch (LineFormat.MalformedLine e) {
                // The journal's writer repairs it.
            }
        });
    }

    /** How the task ended that was accepted last under {@code id}, if it came from a file with the hash {@code sha256}. */
    Optional<TaskStatus> endOf(TaskId id, Optional<String> sha256) {
        boolean same = sha256.isPresent() && sha256.get().equals(hashes.get(id));
        return same ? Optional.ofNullable(ends.get(id)) : Optional.empty();
    }

    private static boolean matters(Class<? extends Event> type) {
        return type == TaskAccepted.class || type == TaskFinished.class;
    }

    private void look(Event event) {
        if (event instanceof TaskAccepted accepted) {
            if (missing.contains(accepted.taskId())) {
                restore(accepted);
            }
            if (unknown.contains(accepted.taskId())) {
                hashes.put(accepted.taskId(), accepted.task().source().sha256());
                ends.remove(accepted.taskId());
            }
        } else if (event instanceof TaskFinished end && unknown.contains(end.taskId())) {
            ends.put(end.taskId(), end.status());
        }
    }

    /** A later acceptance under the same id comes later in the journal and takes the place of this. */
    private void restore(TaskAccepted accepted) {
        try {
            Optional<byte[]> content = FileText.read(accepted);
            if (content.isEmpty()) {
                log.warn(
                        "Task {}: its file is gone, and the journal does not have the secrets that were in it.",
                        accepted.taskId());
                return;
            }
            PrivateFile.createDirectories(home.accepted());
            AtomicFile.write(home.accepted(accepted.taskId()), content.get());
        } catch (IOException | IllegalArgumentException e) {
            log.warn("Task {}: its text cannot be written to tasks/accepted/: {}", accepted.taskId(), e.toString());
        }
    }
}
