package dev.orchestrator.view;

import dev.orchestrator.config.GivenLimits;
import dev.orchestrator.config.Home;
import dev.orchestrator.config.LimitsConfig;
import dev.orchestrator.history.History;
import dev.orchestrator.state.Snapshot;
import dev.orchestrator.time.TimeSource;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.ThreadFactory;
import org.jspecify.annotations.Nullable;

/** Answers what the past comes to. Each answer is made from the files as they are then. Thread-safe. */
public final class StatsQuery {
    private final Home home;
    private final Map<String, String> environment;
    private final ThreadFactory threads;
    private final TimeSource time;

    /**
     * @param home need not exist
     * @param environment of this process, which may hold settings
     */
    public StatsQuery(Home home, Map<String, String> environment, ThreadFactory threads, TimeSource time) {
        this.home = home;
        this.environment = environment;
        this.threads = threads;
        this.time = time;
    }

    /** What has nothing to do with the history. */
    private record Money(Snapshot state, Optional<LimitsConfig> caps) {}

    /** @param since null for everything */
    public StatsReport report(@Nullable Instant since) throws IOException {
        // Meanwhile: to load the settings takes as long as to read twenty thousand turns.
        FutureTask<Money> money = new FutureTask<>(this::money);
        threads.newThread(money).start();
        StatsFold past = new History(home.history(), home.journal()).read(() -> new StatsFold(since));
        // By type first: each sorts its own, and what is sorted in parts is sorted sooner as a whole.
        List<StatsReport.OfType> byType = past.byType();
        Figures all = past.figures();
        Money read = result(money);
        Instant now = time.now();
        return new StatsReport(
                StatsReport.SCHEMA_VERSION,
                now,
                home.root().toString(),
                since,
                past.first(),
                past.last(),
                past.tasks(),
                all,
                byType,
                past.byDay(),
                past.byCategory(),
                past.violations(),
                Spending.of(read.state(), now, read.caps()),
                read.caps().isPresent() ? null : "the settings cannot be used; `config` says why");
    }

    private Money money() throws IOException {
        return new Money(CurrentState.of(home), GivenLimits.read(home, environment));
    }

    private static Money result(FutureTask<Money> money) throws IOException {
        try {
            return money.get();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new InterruptedIOException();
        } catch (ExecutionException e) {
            if (e.getCause() instanceof IOException io) {
                throw io;
            }
            throw new IllegalStateException("what was spent cannot be found out", e);
        }
    }
}
