package dev.orchestrator.journal;

import java.util.List;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Takes batches out of an intray and has them written, until the tray is closed and empty. Nothing ends it before: without
 * it nobody's commit would ever return. For the journal's thread.
 *
 * @param <T> an item
 */
final class BatchLoop<T> implements Runnable {
    private final Intray<T> intray;
    private final LongSupplier patience;
    private final Writer<T> writer;
    private List<T> batch = List.of();

    /**
     * @param patience how many nanoseconds to wait for the first item
     */
    BatchLoop(Intray<T> intray, LongSupplier patience, Writer<T> writer) {
        this.intray = intray;
        this.patience = patience;
        this.writer = writer;
    }

    /** What becomes of a batch. */
    interface Writer<T> {
        /** Writes {@code batch}; an empty one when nothing came in time. */
        void write(List<T> batch) throws Exception;

        /** Tells whoever waits for {@code batch}; may be called again for the same one. */
        void settle(List<T> batch, @Nullable Throwable failure);
    }

    @Override
    public void run() {
        boolean more = true;
        while (more) {
            Throwable failure = round();
            more = !(batch.isEmpty() && intray.isClosed());
            settle(failure);
        }
    }

    private @Nullable Throwable round() {
        batch = List.of();
        try {
            batch = intray.take(patience.getAsLong());
            writer.write(batch);
            return null;
        } catch (Throwable e) {
            return e;
        }
    }

    /** Until they all have heard: even that can fail for want of memory. */
    private void settle(@Nullable Throwable failure) {
        boolean told = false;
        while (!told) {
            try {
                writer.settle(batch, failure);
                told = true;
            } catch (Throwable e) {
                Thread.onSpinWait();
            }
        }
    }
}
