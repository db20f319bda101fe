package dev.orchestrator.journal;

import dev.orchestrator.task.DaemonEvent;
import dev.orchestrator.task.Event;
import dev.orchestrator.task.TaskEvent;
import dev.orchestrator.task.TaskId;
import dev.orchestrator.testkit.ManualTime;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** A journal in a directory, and what a reader finds in it. */
final class JournalHome {
    static final long LARGE = 1 << 20;

    final ManualTime time = new ManualTime();
    final Path file;

    JournalHome(Path directory) {
        this.file = directory.resolve("events.ndjson");
    }

    Journal open(long segmentBytes, Journal.Listener... listeners) throws IOException {
        return open(file, segmentBytes, listeners);
    }

    Journal open(Path path, long segmentBytes, Journal.Listener... listeners) throws IOException {
        Journal journal = Journal.open(path, segmentBytes, Journal.Trusted.NOTHING, time, Thread::new);
        journal.start(List.of(listeners));
        return journal;
    }

    /** Opens, writes and closes. */
    void write(long segmentBytes, Event... events) throws IOException {
        try (Journal journal = open(segmentBytes)) {
            for (Event event : events) {
                journal.commit(event);
            }
        }
    }

    List<JournalEntry> read() throws IOException {
        return readFrom(JournalPosition.START);
    }

    List<JournalEntry> readFrom(JournalPosition from) throws IOException {
        List<JournalEntry> found = new ArrayList<>();
        new JournalReader(file).read(from, (line, after) -> {
            try {
                found.add(LineFormat.decode(line));
            } catch (LineFormat.MalformedLine e) {
                throw new IOException("malformed: " + line, e);
            }
        });
        return found;
    }

    /** What was written, without what the journal says about itself. */
    List<Event> events() throws IOException {
        return read().stream()
                .map(JournalEntry::event)
                .filter(event -> event instanceof TaskEvent || event instanceof DaemonEvent.DaemonStarted)
                .toList();
    }

    static Event event(String who, int number) {
        return new TaskEvent.QuestionAsked(new TaskId(who), 1, number, "question " + number);
    }

    static List<Long> seqs(List<JournalEntry> entries) {
        return entries.stream().map(JournalEntry::seq).toList();
    }

    static List<Long> upTo(long last) {
        return java.util.stream.LongStream.rangeClosed(1, last).boxed().toList();
    }
}
