package dev.orchestrator.journal;

import dev.orchestrator.json.Redaction;
import dev.orchestrator.secret.Redactor;
import dev.orchestrator.task.Event;
import dev.orchestrator.task.EventSink;
import dev.orchestrator.time.TimeSource;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * The one writer of the journal. Threads hand events over; one thread of its own numbers, writes and syncs them, all that
 * wait with a single sync. It has a thread of its own because an interrupt of whoever is writing would close the file.
 *
 * <p>Promise: when {@link #commit} returns, the events are on disk, every listener has seen them, and so has every event
 * that the same thread emitted earlier. While the disk refuses writes, {@code commit} waits and {@code emit} waits once a
 * few thousand events are pending; nothing is dropped.
 */
public final class Journal implements EventSink, AutoCloseable {
    private static final int MOST_PENDING = 10_000;
    /** How long an emitted event may stay in the system's cache when nobody commits. */
    private static final long SYNC_AFTER_MILLIS = 200;

    private static final long RETRY_AFTER_MILLIS = 1000;

    private final JournalFile file;
    private final Redaction redaction;
    private final TimeSource time;
    private final Thread thread;
    private final Intray<Pending> intray = new Intray<>(MOST_PENDING);

    private Journal(JournalFile file, Redaction redaction, TimeSource time, ThreadFactory threads) {
        this.file = file;
        this.redaction = redaction;
        this.time = time;
        this.thread = threads.newThread(new BatchLoop<>(intray, this::patience, new Batches()));
    }

    /** Told of every event, in order, on the journal's thread: be quick, and never commit from here. */
    @FunctionalInterface
    public interface Listener {
        void written(JournalEntry entry, JournalPosition after);
    }

    /** Up to where the journal is known to be good from an earlier look; {@link #NOTHING} to check all of it. */
    public record Trusted(JournalPosition position, long seq) {
        public static final Trusted NOTHING = new Trusted(JournalPosition.START, 0);
    }

    /**
     * As {@link #open(Path, LongSupplier, Trusted, Redactor, TimeSource, ThreadFactory)} for a journal of which no secret is known
     * but by its shape.
     */
    public static Journal open(Path path, long segmentBytes, Trusted trusted, TimeSource time, ThreadFactory threads)
            throws IOException {
        return open(path, () -> segmentBytes, trusted, Redactor.SHAPES_ONLY, time, threads);
    }

    /**
     * Opens the journal for writing, repairing what a crash left. Only the holder of the daemon's lock may do this.
     * Nothing can be written before {@link #start}.
     *
     * @param path of {@code events.ndjson}; its directory must exist
     * @param segmentBytes size at which a segment is closed, asked each time
     * @param redactor hides what must not be written; listeners are told what was written, and nothing else
     */
    public static Journal open(
            Path path,
            LongSupplier segmentBytes,
            Trusted trusted,
            Redactor redactor,
            TimeSource time,
            ThreadFactory threads)
            throws IOException {
        return new Journal(JournalFile.open(path, segmentBytes, trusted, time), new Redaction(redactor), time, threads);
    }

    /** Begins to write. Events that happened before are not repeated to {@code listeners}. */
    public void start(List<? extends Listener> listeners) {
        file.listeners(listeners);
        thread.start();
        file.repair().ifPresent(this::commit);
    }

    @Override
    public void emit(Event event) {
        handOver(new Pending(encode(List.of(event)), false, new CompletableFuture<>()));
    }

    @Override
    public void commit(List<? extends Event> events) {
        Pending mine = new Pending(encode(events), true, new CompletableFuture<>());
        handOver(mine);
        mine.done.join();
    }

    /**
     * Like {@link #commit}, but does not wait for longer than {@code patience} for a disk that refuses.
     *
     * @return true when the event is on disk; else it may come there still, for as long as the journal is open
     */
    public boolean tryCommit(Event event, Duration patience) {
        Pending mine = new Pending(encode(List.of(event)), true, new CompletableFuture<>());
        if (!intray.offer(mine)) {
            return false;
        }
        try {
            mine.done.orTimeout(patience.toMillis(), TimeUnit.MILLISECONDS).join();
            return true;
        } catch (CompletionException e) {
            return false;
        }
    }

    /** Returns when everything that was handed over so far is on disk. */
    public void sync() {
        commit(List.of());
    }

    /** Writes what is pending and closes the file. Later calls of emit and commit fail. */
    @Override
    public void close() throws IOException {
        intray.close();
        joinThread();
        file.close();
    }

    private List<Line> encode(List<? extends Event> events) {
        Instant now = time.now();
        List<Line> lines = new ArrayList<>(events.size());
        for (Event event : events) {
            lines.add(LineFormat.encode(now, withoutSecrets(event)));
        }
        return lines;
    }

    private Event withoutSecrets(Event event) {
        return event instanceof Record record ? (Event) redaction.of(record) : event;
    }

    private void handOver(Pending mine) {
        if (!intray.put(mine)) {
            throw new IllegalStateException("the journal is closed");
        }
    }

    private long patience() {
        return file.isDirty() ? TimeUnit.MILLISECONDS.toNanos(SYNC_AFTER_MILLIS) : Long.MAX_VALUE;
    }

    private final class Batches implements BatchLoop.Writer<Pending> {
        @Override
        public void write(List<Pending> batch) throws IOException {
            boolean durable = batch.isEmpty() || batch.stream().anyMatch(Pending::durable);
            List<Line> lines =
                    batch.stream().flatMap(each -> each.lines.stream()).toList();
            file.write(lines, durable, () -> !intray.awaitClosed(RETRY_AFTER_MILLIS));
        }

        @Override
        public void settle(List<Pending> batch, @Nullable Throwable failure) {
            for (Pending each : batch) {
                if (failure == null) {
                    each.done.complete(null);
                } else {
                    each.done.completeExceptionally(failure);
                }
            }
        }
    }

    private void joinThread() {
        boolean interrupted = false;
        while (thread.isAlive()) {
            try {
                thread.join();
            } catch (InterruptedException e) {
                interrupted = true;
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    /** One event, encoded except for its number. */
    record Line(Instant ts, Event event, byte[] unnumbered) {}

    private record Pending(List<Line> lines, boolean durable, CompletableFuture<Void> done) {}
}
