package dev.orchestrator.view;

import static dev.orchestrator.testkit.TaskBuilder.task;
import static org.assertj.core.api.Assertions.assertThat;

import dev.orchestrator.config.Home;
import dev.orchestrator.dispatch.Caps;
import dev.orchestrator.dispatch.Dispatcher;
import dev.orchestrator.dispatch.Surroundings;
import dev.orchestrator.engine.RunContext;
import dev.orchestrator.engine.TaskHandler;
import dev.orchestrator.engine.local.Closing;
import dev.orchestrator.engine.local.LocalEngine;
import dev.orchestrator.state.Snapshot;
import dev.orchestrator.state.StateIndex;
import dev.orchestrator.task.Approval;
import dev.orchestrator.task.Cancellation;
import dev.orchestrator.task.Coordination;
import dev.orchestrator.task.Failure;
import dev.orchestrator.task.Hold;
import dev.orchestrator.task.Notes;
import dev.orchestrator.task.Outcome;
import dev.orchestrator.task.Priority;
import dev.orchestrator.task.Talk;
import dev.orchestrator.task.Task;
import dev.orchestrator.task.TaskId;
import dev.orchestrator.task.TaskStatus;
import dev.orchestrator.task.TaskView;
import dev.orchestrator.testkit.ManualTime;
import dev.orchestrator.testkit.RecordingSink;
import dev.orchestrator.testkit.TaskBuilder;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentSkipListSet;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.RepetitionInfo;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What is said of tasks that wait is what keeps the engine from starting them. */
@Timeout(120)
class WaitsTest {
    private static final Instant NOW = ManualTime.START;

    @TempDir
    private Path root;

    private final List<TaskView> active = new ArrayList<>();
    private final List<Hold> holds = new ArrayList<>();

    private static TaskView view(Task task, TaskStatus status, Notes notes) {
        return new TaskView(task, status, 1, List.of(), null, 0, NOW, NOW, null, notes);
    }

    private static Notes decided() {
        Approval approval =
                new Approval(NOW, "0", null, new Approval.Decision(true, "cli", NOW, List.of(), null), List.of());
        return new Notes(null, null, 0, BigDecimal.ZERO, 0, null, approval, null, Talk.NONE, Coordination.NONE, null);
    }

    private void runs(TaskBuilder task) {
        active.add(view(task.build(), TaskStatus.RUNNING, Notes.NONE));
    }

    private void queued(TaskBuilder task) {
        active.add(view(task.build(), TaskStatus.QUEUED, Notes.NONE));
    }

    private void decided(TaskBuilder task) {
        active.add(view(task.build(), TaskStatus.AWAITING_APPROVAL, decided()));
    }

    private void held(Hold.Cause cause, String model) {
        holds.add(new Hold(cause, model, "It is so.", "Wait.", NOW, null));
    }

    private List<String> reasons(String id) {
        Waits waits = new Waits(new Home(root), active, holds, NOW);
        return active.stream()
                .filter(view -> view.id().value().equals(id))
                .map(waits::of)
                .findFirst()
                .orElseThrow();
    }

    @Test
    void a_reader_shares_a_directory_with_readers_and_with_those_who_work_in_copies() {
        runs(task("copy").writes("/p").guarded());
        runs(task("reader").reads("/p"));
        queued(task("next").reads("/p"));
        queued(task("other").writes("/p").guarded());

        assertThat(reasons("next")).isEmpty();
        assertThat(reasons("other")).isEmpty();
    }

    @Test
    void one_that_would_only_copy_waits_for_a_writer() {
        runs(task("writer").writes("/p"));
        queued(task("copy").writes("/p").guarded());

        assertThat(reasons("copy")).containsExactly("writer works in /p");
    }

    @Test
    void a_reader_waits_behind_a_writer_that_waits() {
        runs(task("reader").reads("/p"));
        queued(task("writer").writes("/p"));
        queued(task("next").reads("/p/sub"));

        assertThat(reasons("next")).containsExactly("writer is to work first in /p");
        assertThat(reasons("writer")).containsExactly("reader works in /p");
    }

    @Test
    void one_that_waits_for_something_else_keeps_nobody_out() {
        held(Hold.Cause.USAGE_LIMIT, "opus");
        queued(task("parked").writes("/p").model("opus"));
        queued(task("after").writes("/p").after("unknown"));
        queued(task("next").writes("/p"));

        assertThat(reasons("next")).isEmpty();
    }

    @Test
    void a_hold_on_a_model_is_on_all_whose_names_have_its_name_in_them() {
        held(Hold.Cause.USAGE_LIMIT, "opus");
        queued(task("alias").model("Opus"));
        queued(task("full").model("claude-opus-4-1"));
        queued(task("other").model("sonnet"));

        assertThat(reasons("alias")).containsExactly("paused: usage_limit");
        assertThat(reasons("full")).containsExactly("paused: usage_limit");
        assertThat(reasons("other")).isEmpty();
    }

    @Test
    void what_the_built_in_agent_lacks_is_in_nobody_elses_way() {
        held(Hold.Cause.AUTH, null);
        queued(task("own").by("mine"));
        queued(task("built-in"));

        assertThat(reasons("own")).isEmpty();
        assertThat(reasons("built-in")).containsExactly("paused: auth");
    }

    @Test
    void what_a_person_has_decided_passes_all_but_those_who_work_in_its_directory() {
        held(Hold.Cause.PERSON, null);
        runs(task("writer").writes("/q"));
        decided(task("free").writes("/p").guarded());
        decided(task("late").writes("/q").guarded());

        assertThat(reasons("free")).isEmpty();
        assertThat(reasons("late")).containsExactly("writer works in /q");
    }

    @Test
    void one_that_is_cancelled_waits_for_nothing() {
        held(Hold.Cause.PERSON, null);
        Notes cancelled =
                new Notes("cli", null, 0, BigDecimal.ZERO, 0, null, null, null, Talk.NONE, Coordination.NONE, null);
        active.add(view(task("gone").build(), TaskStatus.QUEUED, cancelled));

        assertThat(reasons("gone")).isEmpty();
    }

    @Test
    void one_of_the_users_own_agent_does_not_stand_behind_one_that_waits_at_the_gate() {
        held(Hold.Cause.USAGE_LIMIT, null);
        queued(task("built-in").writes("/p"));
        queued(task("own").writes("/p").by("mine"));

        assertThat(reasons("own")).isEmpty();
        assertThat(new Started(active, holds).ids()).containsExactly("own");
    }

    @RepeatedTest(200)
    void those_of_which_no_reason_is_said_are_those_that_the_engine_starts(RepetitionInfo repetition) {
        anything(new Random(repetition.getCurrentRepetition()));
        Waits waits = new Waits(new Home(root), active, holds, NOW);
        Set<String> free = new TreeSet<>();
        for (TaskView view : active) {
            if (waits.of(view).isEmpty()) {
                free.add(view.id().value());
            }
        }

        assertThat(new Started(active, holds).ids()).as("%s\n%s", active, holds).isEqualTo(free);
    }

    private void anything(Random random) {
        for (Hold.Cause cause : List.of(Hold.Cause.USAGE_LIMIT, Hold.Cause.DISK, Hold.Cause.PERSON)) {
            if (random.nextInt(cause == Hold.Cause.USAGE_LIMIT ? 2 : 8) == 0) {
                held(cause, cause == Hold.Cause.USAGE_LIMIT && random.nextBoolean() ? "opus" : null);
            }
        }
        for (int i = 0; i < 12; i++) {
            TaskBuilder task = any(task("t" + i), random);
            switch (random.nextInt(6)) {
                case 0 -> runs(task);
                case 1 -> decided(task.guarded());
                default -> queued(task);
            }
        }
    }

    private static TaskBuilder any(TaskBuilder task, Random random) {
        String directory = List.of("/p", "/p/sub", "/q").get(random.nextInt(3));
        TaskBuilder made = random.nextInt(3) == 0 ? task.reads(directory) : task.writes(directory);
        made = random.nextInt(3) == 0 ? made.guarded() : made;
        made = random.nextInt(3) == 0 ? made.model(random.nextBoolean() ? "claude-opus-4-1" : "sonnet") : made;
        made = random.nextInt(3) == 0 ? made.by("mine") : made;
        return made.priority(Priority.values()[random.nextInt(Priority.values().length)])
                .acceptedAt(NOW.plus(Duration.ofMinutes(random.nextInt(200))));
    }

    /** Which tasks an engine starts that has all of them and never lacks a worker, before any of them is done. */
    private static final class Started implements TaskHandler {
        private final Set<String> ids = new ConcurrentSkipListSet<>();
        private final CountDownLatch last = new CountDownLatch(1);
        private final CountDownLatch closing = new CountDownLatch(1);
        private final List<TaskView> active;
        private final List<Hold> holds;

        Started(List<TaskView> active, List<Hold> holds) {
            this.active = active;
            this.holds = holds;
        }

        Set<String> ids() {
            ManualTime time = new ManualTime();
            // Those that are begun run on until nothing else can be.
            LocalEngine engine = new LocalEngine(
                    id -> Optional.empty(),
                    gate(time),
                    () -> {
                        closing.countDown();
                        return new Closing(Duration.ofSeconds(60), Cancellation.Reason.SHUTDOWN_LEAVE, Duration.ZERO);
                    },
                    () -> false,
                    Thread::new,
                    time);
            active.forEach(view -> give(engine, view));
            // It passes whatever is in the way of others, and is looked at when all of those were.
            engine.conclude(task("last")
                    .priority(Priority.LOW)
                    .acceptedAt(NOW.plus(Duration.ofDays(1)))
                    .build());
            engine.serve(this, active.size() + 1);
            await(last);
            engine.close();
            return ids;
        }

        private static void give(LocalEngine engine, TaskView view) {
            if (view.status() == TaskStatus.RUNNING) {
                engine.resume(view.task());
            } else if (view.isDecided()) {
                engine.conclude(view.task());
            } else {
                engine.submit(view.task(), null);
            }
        }

        private Dispatcher gate(ManualTime time) {
            Caps.Cap none = new Caps.Cap(Optional.empty(), Optional.empty());
            Dispatcher.Rules rules =
                    new Dispatcher.Rules(Dispatcher.Resume.AUTO, new Caps(none, none, none), null, active.size());
            Dispatcher gate = new Dispatcher(
                    () -> rules,
                    () -> new StateIndex.Spent(Snapshot.EMPTY.totals(), Snapshot.EMPTY.today()),
                    new Unasked(),
                    new RecordingSink(time),
                    new Random(1),
                    time);
            gate.restore(holds, active, () -> {});
            return gate;
        }

        @Override
        public Outcome run(Task task, RunContext context) {
            if (task.id().equals(new TaskId("last"))) {
                last.countDown();
            } else {
                ids.add(task.id().value());
            }
            await(closing);
            return new Outcome.LeftForNextStart();
        }

        @Override
        public Outcome end(Task task, TaskStatus status, Failure failure) {
            throw new AssertionError(task.id() + " has nothing that ends it");
        }

        private static void await(CountDownLatch latch) {
            try {
                latch.await();
            } catch (InterruptedException e) {
                throw new AssertionError(e);
            }
        }
    }

    private static final class Unasked implements Surroundings {
        @Override
        public boolean mayBeMended(Hold.Cause cause) {
            return false;
        }

        @Override
        public Optional<String> lackOfSpace() {
            return Optional.empty();
        }

        @Override
        public Optional<String> ownFilesProblem() {
            return Optional.empty();
        }
    }
}
