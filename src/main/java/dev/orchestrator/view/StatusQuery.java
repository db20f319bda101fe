package dev.orchestrator.view;

import dev.orchestrator.artifact.Artifact;
import dev.orchestrator.artifact.ArtifactStore;
import dev.orchestrator.config.Home;
import dev.orchestrator.state.Snapshot;
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

    /** @param home need not exist */
    public StatusQuery(Home home, TimeSource time) {
        this.home = home;
        this.time = time;
    }

    public StatusReport report() throws IOException {
        Snapshot state = CurrentState.of(home);
        Instant now = time.now();
        List<TaskReport> running = new ArrayList<>();
        List<TaskReport> waiting = new ArrayList<>();
        List<TaskView> queued = new ArrayList<>();
        for (TaskView view : state.active()) {
            if (view.status() == TaskStatus.QUEUED) {
                queued.add(view);
            } else {
                (view.status().awaitsPerson() ? waiting : running).add(TaskReport.active(view, List.of(), now));
            }
        }
        DroppedFiles dropped = DroppedFiles.in(home.tasks());
        return new StatusReport(
                StatusReport.SCHEMA_VERSION,
                now,
                home.root().toString(),
                state.seq(),
                DaemonStatus.of(DaemonInfo.running(home.daemonInfo()), state.daemon()),
                state.totals(),
                state.today().at(now),
                FullDisk.besides(state.holds(), home.logs(), now),
                dropped.files(),
                dropped.unusable(),
                DroppedFiles.commandsIn(home.control()),
                running,
                queued.size(),
                next(queued, new Waits(home, state, now), now),
                waiting,
                state.recent());
    }

    /** How {@code id} stands: from the state while it is under way, from its artifact afterwards. */
    public Optional<TaskReport> task(TaskId id) throws IOException {
        Snapshot state = CurrentState.of(home);
        Instant now = time.now();
        for (TaskView view : state.active()) {
            if (view.id().equals(id)) {
                return Optional.of(TaskReport.active(view, new Waits(home, state, now).of(view), now));
            }
        }
        Optional<Artifact> artifact = new ArtifactStore(home).find(id);
        return artifact.map(found -> TaskReport.over(found, home.relative(home.artifact(id))));
    }

    private static List<TaskReport> next(List<TaskView> queued, Waits waits, Instant now) {
        queued.sort(new ByTurn(now));
        List<TaskReport> first = new ArrayList<>();
        for (TaskView view : queued.subList(0, Math.min(MOST_QUEUED, queued.size()))) {
            first.add(TaskReport.active(view, waits.of(view), now));
        }
        return first;
    }

    /** Those that rest come last, then by priority, then by age. */
    private record ByTurn(Instant now) implements Comparator<TaskView> {
        @Override
        public int compare(TaskView one, TaskView other) {
            int byRest = Boolean.compare(rests(one), rests(other));
            int byPriority =
                    one.task().spec().priority().compareTo(other.task().spec().priority());
            int byAge = one.task().acceptedAt().compareTo(other.task().acceptedAt());
            return byRest != 0 ? byRest : byPriority != 0 ? byPriority : byAge;
        }

        private boolean rests(TaskView view) {
            return view.notBefore() != null && view.notBefore().isAfter(now);
        }
    }
}
