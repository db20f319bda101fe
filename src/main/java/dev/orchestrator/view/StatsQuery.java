package dev.orchestrator.view;

import dev.orchestrator.config.GivenLimits;
import dev.orchestrator.config.Home;
import dev.orchestrator.config.LimitsConfig;
import dev.orchestrator.history.History;
import dev.orchestrator.time.TimeSource;
import java.io.IOException;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Answers what the past comes to. Each answer is made from the files as they are then. Thread-safe. */
public final class StatsQuery {
    private final Home home;
    private final Map<String, String> environment;
    private final TimeSource time;

    /**
     * @param home need not exist
     * @param environment of this process, which may hold settings
     */
    public StatsQuery(Home home, Map<String, String> environment, TimeSource time) {
        this.home = home;
        this.environment = environment;
        this.time = time;
    }

    /** @param since null for everything */
    public StatsReport report(@Nullable Instant since) throws IOException {
        Instant now = time.now();
        StatsFold past = new History(home.history(), home.journal()).read(() -> new StatsFold(since));
        // By type first: each sorts its own, and what is sorted in parts is sorted sooner as a whole.
        List<StatsReport.OfType> byType = past.byType();
        Optional<LimitsConfig> caps = GivenLimits.read(home, environment);
        return new StatsReport(
                StatsReport.SCHEMA_VERSION,
                now,
                home.root().toString(),
                since,
                past.first(),
                past.last(),
                past.tasks(),
                past.figures(),
                byType,
                past.byCategory(),
                past.violations(),
                Spending.of(CurrentState.of(home), now, caps),
                caps.isPresent() ? null : "the settings cannot be used; `config` says why");
    }
}
