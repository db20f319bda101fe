package dev.orchestrator.view;

import dev.orchestrator.journal.JournalEntry;
import dev.orchestrator.journal.LineFormat;
import dev.orchestrator.task.DaemonEvent.JournalRepaired;
import java.util.ArrayList;
import java.util.List;

/**
 * Holds the numbers of events against the promise that there are no gaps. The first event that is left may have any number,
 * since old segments may be removed; where a repair is on record the journal has already said what it lost.
 */
final class Numbering {
    private static final int MOST_SHOWN = 5;

    private final List<String> gaps = new ArrayList<>();
    private long last;
    private boolean repaired;

    /** To be called line by line; what is no event is somebody else's to find. */
    void line(String line) {
        try {
            JournalEntry entry = LineFormat.decode(line);
            repaired |= entry.event() instanceof JournalRepaired;
            if (last > 0 && entry.seq() != last + 1) {
                gaps.add("event " + entry.seq() + " comes after event " + last);
            }
            last = entry.seq();
        } catch (LineFormat.MalformedLine e) {
            // Not an event, so it has no number.
        }
    }

    /** What came before is removed by now, with perhaps more behind it. */
    void beginAnew() {
        last = 0;
    }

    /** Of the last event; 0 when there was none. */
    long last() {
        return last;
    }

    /** What was found since this was last asked. */
    List<String> problems() {
        List<String> found = repaired ? List.of() : List.copyOf(gaps.subList(0, Math.min(MOST_SHOWN, gaps.size())));
        gaps.clear();
        repaired = false;
        return found;
    }
}
