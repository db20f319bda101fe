package dev.orchestrator.pipeline;

import dev.orchestrator.agent.AgentRequest;
import dev.orchestrator.config.Home;
import dev.orchestrator.process.RunFiles;
import dev.orchestrator.task.AttemptView;
import dev.orchestrator.task.EventSink;
import java.io.IOException;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.Optional;
import java.util.function.Supplier;

/** Puts attempts together: a new one, or again one that the journal knows. */
final class Attempts {
    private final Home home;
    private final Supplier<RunLimits> limits;
    private final Workplaces places;
    private final WorkingDirectory workingDirectory;
    private final SentinelWatch sentinels;
    private final Dispatch dispatch;
    private final EventSink journal;

    Attempts(
            Home home,
            Supplier<RunLimits> limits,
            Workplaces places,
            WorkingDirectory workingDirectory,
            SentinelWatch sentinels,
            Dispatch dispatch,
            EventSink journal) {
        this.dispatch = dispatch;
        this.home = home;
        this.limits = limits;
        this.places = places;
        this.sentinels = sentinels;
        this.workingDirectory = workingDirectory;
        this.journal = journal;
    }

    /** The next one; how the directory stands is on disk afterwards. Empty when there is no money for it just now. */
    Optional<Attempt> next(Turn turn, int number, Workplace place, NextSession.Start start, Instant now)
            throws IOException {
        AgentRequest own = request(turn, number, place, start, now);
        Optional<Dispatch.Allowance> allowance = dispatch.allowance(turn.view(), own.maxBudgetUsd());
        return allowance.isPresent()
                ? Optional.of(
                        next(turn, number, own.costingAtMost(allowance.get().usd()), allowance.get()))
                : Optional.empty();
    }

    private Attempt next(Turn turn, int number, AgentRequest request, Dispatch.Allowance allowance) throws IOException {
        sentinels.remember(request, turn.view().task().spec());
        WorkingDirectory.Before before = workingDirectory.remember(request.directory(), request.files());
        AttemptObserver observer = observer(turn, number, request, before, 0);
        return new Attempt(turn, number, request, observer, before, allowance.capped(), allowance.setAside());
    }

    /** One that was begun before. */
    Attempt again(Turn turn, AttemptView known) {
        AgentRequest request = request(turn, known);
        WorkingDirectory.Before before = WorkingDirectory.Before.onDisk(request.files());
        AttemptObserver observer =
                observer(turn, known.number(), request, before, known.counts().violations());
        BigDecimal setAside = known.setAsideUsd();
        BigDecimal own = request.maxBudgetUsd();
        boolean capped = setAside != null && (own == null || setAside.compareTo(own) < 0);
        return new Attempt(turn, known.number(), request, observer, before, capped, setAside);
    }

    /** What the agent was asked for in {@code known}. */
    AgentRequest request(Turn turn, AttemptView known) {
        return request(
                turn,
                known.number(),
                places.of(turn.view().task(), known),
                new NextSession.Start(known.sessionId(), known.begin().resumed(), null, null, false),
                known.startedAt());
    }

    /** To be called before anything is put down for the first attempt of a task. */
    void begin(Turn turn) throws IOException {
        if (turn.number() == 1 && turn.view().attempts().isEmpty()) {
            EarlierLife.setAside(home.runs(turn.id()));
        }
    }

    private AgentRequest request(Turn turn, int number, Workplace place, NextSession.Start start, Instant startedAt) {
        RunFiles files = new RunFiles(home.runs(turn.id()), turn.number(), number);
        return Requests.of(turn, limits.get(), place, home.attachments(turn.id()), files, start, startedAt);
    }

    private AttemptObserver observer(
            Turn turn, int number, AgentRequest request, WorkingDirectory.Before before, int alreadyTold) {
        return new AttemptObserver(
                turn,
                number,
                new ViolationCollector(),
                workingDirectory.watch(request.directory(), before),
                dispatch,
                journal,
                alreadyTold);
    }
}
