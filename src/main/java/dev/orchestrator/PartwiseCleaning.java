package dev.orchestrator;

import dev.orchestrator.config.Home;
import dev.orchestrator.housekeeping.Cleaning;
import dev.orchestrator.task.TaskView;
import dev.orchestrator.time.TimeSource;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.Supplier;

/**
 * Removes what is old in parts: while one is removed no task begins anew, and whoever waits for that has not to wait for all
 * of them. What is needed is asked before each. For one thread.
 */
final class PartwiseCleaning {
    /** Of one part. */
    static final int MOST_ENTRIES = 500;

    private static final long PAUSE_MILLIS = 20;

    private final Home home;
    private final Supplier<? extends Collection<TaskView>> active;
    private final Cleaning.Index index;
    private final TimeSource time;
    private final CountDownLatch closing;

    /**
     * @param active tasks that are not over
     * @param closing no part is begun after that
     */
    PartwiseCleaning(
            Home home,
            Supplier<? extends Collection<TaskView>> active,
            Cleaning.Index index,
            TimeSource time,
            CountDownLatch closing) {
        this.home = home;
        this.active = active;
        this.index = index;
        this.time = time;
        this.closing = closing;
    }

    /**
     * What came of it.
     *
     * @param whole false when it was ended before all was looked at
     */
    record Result(int paths, long bytes, List<String> problems, boolean whole) {}

    /** @param alone does a part while no task begins anew */
    Result clean(Cleaning.Kind kind, Duration age, Consumer<Runnable> alone) throws IOException, InterruptedException {
        Instant before = time.now().minus(age);
        List<Path> entries = Cleaning.entries(home, kind);
        List<Cleaning.Report> reports = new ArrayList<>();
        int from = 0;
        while (from < entries.size() && !closing.await(from == 0 ? 0 : PAUSE_MILLIS, TimeUnit.MILLISECONDS)) {
            List<Path> part = entries.subList(from, Math.min(from + MOST_ENTRIES, entries.size()));
            alone.accept(() -> reports.add(cleaned(kind, part, before)));
            from += part.size();
        }
        return new Result(
                reports.stream().mapToInt(report -> report.paths().size()).sum(),
                reports.stream().mapToLong(Cleaning.Report::bytes).sum(),
                reports.stream().flatMap(report -> report.problems().stream()).toList(),
                from >= entries.size());
    }

    private Cleaning.Report cleaned(Cleaning.Kind kind, List<Path> part, Instant before) {
        try {
            return new Cleaning(home, active.get()).clean(kind, part, before, time.now(), index);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
