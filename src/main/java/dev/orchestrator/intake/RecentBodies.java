package dev.orchestrator.intake;

import dev.orchestrator.task.TaskId;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** What the files said that were accepted last; of bounded size, so not all of them. Thread-safe. */
final class RecentBodies {
    /** About as many characters are kept, each of two bytes at most. */
    private static final long MOST_CHARACTERS = 4_000_000;
    /** What an entry takes besides its text, in characters. */
    private static final int OVERHEAD = 200;

    private final Map<TaskId, Entry> entries = new LinkedHashMap<>();
    private long characters;

    /** @param look of the accepted file that says {@code text} */
    record Entry(AcceptedTasks.Result.Found text, FileLook look) {
        long characters() {
            return OVERHEAD + look.bytes();
        }
    }

    synchronized void put(TaskId id, Entry entry) {
        take(id);
        entries.put(id, entry);
        characters += entry.characters();
        Iterator<Entry> oldest = entries.values().iterator();
        while (characters > MOST_CHARACTERS && oldest.hasNext()) {
            characters -= oldest.next().characters();
            oldest.remove();
        }
    }

    /** An entry is asked for once: the task runs, and its text is not needed again. */
    synchronized Optional<Entry> take(TaskId id) {
        Optional<Entry> entry = Optional.ofNullable(entries.remove(id));
        entry.ifPresent(found -> characters -= found.characters());
        return entry;
    }
}
