package dev.orchestrator.view;

import dev.orchestrator.artifact.Artifact;
import dev.orchestrator.artifact.ArtifactStore;
import dev.orchestrator.config.Home;
import dev.orchestrator.engine.local.Lookout;
import dev.orchestrator.state.Snapshot;
import dev.orchestrator.task.Hold;
import dev.orchestrator.task.TaskId;
import dev.orchestrator.task.TaskStatus;
import dev.orchestrator.task.TaskView;
import dev.orchestrator.time.TimeSource;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/** Answers how everything, or one task, stands. Each answer is made from the files as they are then. Thread-safe. */
public final class StatusQuery {
    private static final int MOST_QUEUED = 20;

    private final Home home;
    private final TimeSource time;
    private final InTheWay inTheWay;

    /** What is in the way of starting tasks, by what the journal says of it. */
    @FunctionalInterface
    interface InTheWay {
        List<Hold> of(List<Hold> told, Instant now);
    }

    /** @param home need not exist */
    public StatusQuery(Home home, TimeSource time) {
        this(home, time, (told, now) -> FullDisk.besides(told, home.logs(), now));
    }

    StatusQuery(Home home, TimeSource time, InTheWay inTheWay) {
        this.home = home;
        this.time = time;
        this.inTheWay = inTheWay;
    }

    public StatusReport report() throws IOException {
        Snapshot state = CurrentState.of(home);
        Now now = now(state);
        List<TaskReport> running = new ArrayList<>();
        List<TaskReport> waiting = new ArrayList<>();
        List<TaskView> queued = new ArrayList<>();
        for (TaskView view : state.active()) {
            if (view.status() == TaskStatus.QUEUED) {
                queued.add(view);
            } else {
                (view.status().awaitsPerson() ? waiting : running).add(now.report(view));
            }
        }
        DroppedFiles dropped = DroppedFiles.in(home.tasks());
        return new StatusReport(
                StatusReport.SCHEMA_VERSION,
                now.at(),
                home.root().toString(),
                state.seq(),
                now.daemon(),
                state.totals(),
                state.today().at(now.at()),
                now.holds(),
                dropped.files(),
                dropped.unusable(),
                DroppedFiles.commandsIn(home.control()),
                running,
                queued.size(),
                next(queued, now),
                waiting,
                state.recent(),
                state.schedules().stream()
                        .map(view -> ScheduleReport.of(view, now.at()))
                        .toList(),
                state.daemon() == null ? UnreadSchedules.in(home.schedules()) : List.of());
    }

    /** How {@code id} stands: from the state while it is under way, from its artifact afterwards. */
    public Optional<TaskReport> task(TaskId id) throws IOException {
        Snapshot state = CurrentState.of(home);
        for (TaskView view : state.active()) {
            if (view.id().equals(id)) {
                return Optional.of(now(state).report(view));
            }
        }
        Optional<Artifact> artifact = new ArtifactStore(home).find(id);
        return artifact.map(found -> TaskReport.over(found, home.relative(home.artifact(id))));
    }

    private Now now(Snapshot state) {
        Instant at = time.now();
        List<Hold> holds = inTheWay.of(state.holds(), at);
        DaemonStatus daemon = DaemonStatus.of(DaemonInfo.running(home.daemonInfo()), state.daemon());
        return new Now(at, daemon, holds, new Waits(home, state.active(), holds, at));
    }

    /** What is the same for all tasks of one answer. */
    private record Now(Instant at, DaemonStatus daemon, List<Hold> holds, Waits waits) {
        TaskReport report(TaskView view) {
            return TaskReport.active(view, waits.of(view), daemon.isAlive() ? at : null);
        }
    }

    private static List<TaskReport> next(List<TaskView> queued, Now now) {
        queued.sort(
                Comparator.comparing((TaskView view) -> rests(view, now.at())).thenComparing(Lookout.ORDER));
        return queued.stream().limit(MOST_QUEUED).map(now::report).toList();
    }

    /** Those come last. */
    private static boolean rests(TaskView view, Instant now) {
        return view.notBefore() != null && view.notBefore().isAfter(now);
    }
}
