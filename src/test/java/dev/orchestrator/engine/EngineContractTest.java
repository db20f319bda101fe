package dev.orchestrator.engine;

import static dev.orchestrator.testkit.TaskBuilder.task;
import static org.assertj.core.api.Assertions.assertThat;

import dev.orchestrator.task.FailureCategory;
import dev.orchestrator.task.Outcome;
import dev.orchestrator.task.Priority;
import dev.orchestrator.task.Signal;
import dev.orchestrator.task.TaskId;
import dev.orchestrator.task.TaskStatus;
import dev.orchestrator.testkit.ManualTime;
import dev.orchestrator.testkit.TaskBuilder;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What every engine promises. */
@Timeout(60)
public abstract class EngineContractTest {
    protected final ManualTime time = new ManualTime();
    protected final FakeHandler handler = new FakeHandler();
    protected final FakeGate gate = new FakeGate();
    protected Engine engine;

    /** An engine that waits for running tasks when it is closed. */
    protected abstract Engine create(Function<TaskId, Optional<TaskStatus>> statusOf, Gate gate);

    @BeforeEach
    void create() {
        engine = create(handler::statusOf, gate);
    }

    @AfterEach
    void close() {
        handler.releaseAll();
        engine.close();
    }

    protected void submit(TaskBuilder... tasks) {
        for (TaskBuilder each : tasks) {
            engine.submit(each.build(), null);
        }
    }

    private void cancel(String id) {
        assertThat(engine.signal(new TaskId(id), new Signal.Cancel("test"))).isTrue();
    }

    @Test
    void a_submitted_task_is_run_once() throws Exception {
        engine.serve(handler, 2);
        submit(task("a"), task("b"));
        handler.awaitStatus("a", TaskStatus.SUCCEEDED);
        handler.awaitStatus("b", TaskStatus.SUCCEEDED);
        engine.close();
        assertThat(handler.started()).containsExactlyInAnyOrder("a", "b");
    }

    @Test
    void a_task_that_is_there_is_not_taken_twice() throws Exception {
        handler.hold("a");
        submit(task("a"), task("a"));
        engine.serve(handler, 2);
        handler.awaitRunning("a");
        submit(task("a"));
        handler.release("a");
        submit(task("z"));
        handler.awaitStatus("z", TaskStatus.SUCCEEDED);
        engine.close();
        assertThat(handler.started()).containsOnlyOnce("a");
    }

    @Test
    void nothing_is_started_while_the_gate_is_closed_and_all_of_it_when_it_opens() throws Exception {
        gate.close("*", Gate.Verdict.NEEDS_SOMEBODY);
        engine.serve(handler, 2);
        submit(task("a"), task("b"));
        assertThat(engine.signal(new TaskId("b"), new Signal.Cancel("test")))
                .as("what waits can be cancelled")
                .isTrue();
        handler.awaitStatus("b", TaskStatus.CANCELLED);
        assertThat(handler.started()).isEmpty();

        gate.open();
        engine.lookAgain();
        handler.awaitStatus("a", TaskStatus.SUCCEEDED);
    }

    @Test
    void a_task_that_waits_at_the_gate_keeps_nobody_out_of_its_directory() throws Exception {
        gate.close("opus", Gate.Verdict.OPENS_BY_ITSELF);
        submit(task("parked").writes("/p").model("opus"), task("behind").writes("/p"));
        engine.serve(handler, 2);

        handler.awaitStatus("behind", TaskStatus.SUCCEEDED);
        assertThat(handler.started()).containsExactly("behind");
    }

    @Test
    void what_a_person_has_decided_is_done_though_the_gate_is_closed() throws Exception {
        gate.close("*", Gate.Verdict.NEEDS_SOMEBODY);
        engine.serve(handler, 1);
        engine.conclude(task("decided").guarded().build());
        handler.awaitStatus("decided", TaskStatus.SUCCEEDED);
    }

    @Test
    void what_is_decided_while_its_worker_has_not_come_back_is_done_when_it_has() throws Exception {
        handler.hold("a");
        submit(task("a").guarded());
        engine.serve(handler, 1);
        handler.awaitRunning("a");
        engine.conclude(task("a").guarded().build());
        handler.release("a");
        submit(task("z"));
        handler.awaitStatus("z", TaskStatus.SUCCEEDED);
        engine.close();
        assertThat(handler.started()).containsExactly("a", "a", "z");
    }

    @Test
    void those_who_work_in_copies_share_a_directory_but_not_with_a_writer_or_one_whose_change_is_applied()
            throws Exception {
        handler.hold("a");
        handler.hold("b");
        handler.hold("w");
        submit(task("a").writes("/p").guarded(), task("b").writes("/p").guarded());
        engine.serve(handler, 4);
        handler.awaitRunning("a");
        handler.awaitRunning("b");
        submit(task("w").writes("/p"));
        engine.conclude(task("decided")
                .writes("/p")
                .guarded()
                .acceptedAt(ManualTime.START.minusSeconds(1))
                .build());
        handler.awaitStatus("decided", TaskStatus.SUCCEEDED);
        assertThat(handler.started()).doesNotContain("w");

        handler.release("a");
        handler.release("b");
        handler.awaitRunning("w");
        engine.conclude(task("late").writes("/p").guarded().build());
        submit(task("z").writes("/q"));
        handler.awaitStatus("z", TaskStatus.SUCCEEDED);
        assertThat(handler.started()).as("a writer is at work there").doesNotContain("late");
        handler.release("w");
        handler.awaitStatus("late", TaskStatus.SUCCEEDED);
    }

    @Test
    void whoever_went_through_the_gate_comes_back_whatever_became_of_it() throws Exception {
        handler.does("breaks", (task, context) -> {
            throw new IllegalStateException("as ordered by a test");
        });
        engine.serve(handler, 1);
        submit(task("breaks"), task("fine"));
        handler.awaitStatus("fine", TaskStatus.SUCCEEDED);
        engine.close();

        assertThat(gate.inside()).isEmpty();
    }

    @Test
    void no_more_tasks_run_at_once_than_there_are_slots() throws Exception {
        IntStream.range(0, 30).forEach(i -> submit(task("t" + i)));
        engine.serve(handler, 3);
        for (int i = 0; i < 30; i++) {
            handler.awaitStatus("t" + i, TaskStatus.SUCCEEDED);
        }
        assertThat(handler.mostAtOnce()).isLessThanOrEqualTo(3);
    }

    @Test
    void more_slots_let_more_run_at_once_and_fewer_let_what_runs_go_on() throws Exception {
        handler.hold("a", "b", "c");
        submit(task("a"), task("b"), task("c"), task("d"));
        engine.serve(handler, 1);
        handler.awaitStarted(1);

        engine.resize(3);
        handler.awaitStarted(3);
        engine.resize(1);
        handler.release("a");
        handler.awaitStatus("a", TaskStatus.SUCCEEDED);
        handler.release("b");
        handler.awaitStatus("b", TaskStatus.SUCCEEDED);
        assertThat(handler.started()).as("one of three still has the only slot").doesNotContain("d");

        handler.release("c");
        handler.awaitStatus("d", TaskStatus.SUCCEEDED);
        assertThat(handler.mostAtOnce()).isEqualTo(3);
    }

    @Test
    void idle_workers_beyond_the_slots_take_nothing() throws Exception {
        engine.serve(handler, 8);
        engine.resize(1);
        for (int i = 0; i < 20; i++) {
            submit(task("t" + i));
        }
        for (int i = 0; i < 20; i++) {
            handler.awaitStatus("t" + i, TaskStatus.SUCCEEDED);
        }
        assertThat(handler.mostAtOnce()).isEqualTo(1);
    }

    @Test
    void a_writer_has_its_directory_alone_with_all_above_and_below() throws Exception {
        handler.hold("writer", "elsewhere");
        engine.serve(handler, 6);
        submit(task("writer").writes("/p/a"));
        handler.awaitRunning("writer");
        submit(
                task("same").writes("/p/a"),
                task("below").reads("/p/a/b"),
                task("above").writes("/p"),
                task("reader").reads("/p/a"));
        submit(task("elsewhere").writes("/p-2"), task("beside").writes("/q/ab"));
        handler.awaitRunning("elsewhere");
        handler.awaitStatus("beside", TaskStatus.SUCCEEDED);
        assertThat(handler.running()).containsExactlyInAnyOrder("writer", "elsewhere");
        handler.release("writer");
        for (String id : new String[] {"same", "below", "above", "reader"}) {
            handler.awaitStatus(id, TaskStatus.SUCCEEDED);
        }
        handler.release("elsewhere");
    }

    @Test
    void readers_share_a_directory_and_a_waiting_writer_is_not_kept_out_by_later_ones() throws Exception {
        handler.hold("r1", "r2", "w");
        engine.serve(handler, 4);
        submit(task("r1").reads("/p"), task("r2").reads("/p/sub"));
        handler.awaitRunning("r1", "r2");
        submit(task("w").writes("/p"), task("r3").reads("/p"));
        handler.release("r1");
        handler.release("r2");
        handler.awaitRunning("w");
        assertThat(handler.started()).doesNotContain("r3");
        handler.release("w");
        handler.awaitStatus("r3", TaskStatus.SUCCEEDED);
    }

    protected void resume(TaskBuilder... tasks) {
        for (TaskBuilder each : tasks) {
            engine.resume(each.build());
        }
    }

    @Test
    void a_run_that_was_left_is_taken_over_before_any_other_task_and_has_its_directory() throws Exception {
        handler.hold("left", "elsewhere");
        submit(
                task("urgent").priority(Priority.HIGH).writes("/p"),
                task("elsewhere").priority(Priority.HIGH).writes("/q"));
        resume(task("left").priority(Priority.LOW).writes("/p"));
        engine.serve(handler, 2);
        handler.awaitRunning("left", "elsewhere");
        assertThat(handler.started()).doesNotContain("urgent");
        handler.release("left");
        handler.awaitStatus("urgent", TaskStatus.SUCCEEDED);
    }

    @Test
    void what_was_left_half_concluded_comes_first_and_its_directory_is_not_even_copied_before() throws Exception {
        handler.hold("left");
        submit(task("copies").priority(Priority.HIGH).writes("/p").guarded());
        engine.resumeConcluding(
                task("left").priority(Priority.LOW).writes("/p").guarded().build());
        submit(task("elsewhere").writes("/q"));
        engine.serve(handler, 2);
        handler.awaitStatus("elsewhere", TaskStatus.SUCCEEDED);
        assertThat(handler.started()).doesNotContain("copies");
        handler.release("left");
        handler.awaitStatus("copies", TaskStatus.SUCCEEDED);
    }

    @Test
    void every_run_that_was_left_is_followed_even_beyond_the_slots_and_nothing_new_is() throws Exception {
        handler.hold("left-0", "left-1", "left-2", "new-0", "new-1");
        submit(task("new-0").writes("/new-0"), task("new-1").writes("/new-1"));
        resume(
                task("left-0").writes("/p"),
                task("left-1").writes("/p"),
                task("left-2").after("nobody").writes("/q"));
        engine.serve(handler, 1);
        handler.awaitRunning("left-0", "left-1", "left-2");
        handler.release("left-0");
        handler.release("left-1");
        handler.awaitStatus("left-1", TaskStatus.SUCCEEDED);
        assertThat(handler.started()).doesNotContain("new-0", "new-1");
        handler.release("left-2");
        handler.awaitRunning("new-0");
        handler.release("new-0");
        handler.awaitRunning("new-1");
        assertThat(handler.mostAtOnce()).isEqualTo(3);
        assertThat(handler.running()).containsExactly("new-1");
    }

    @Test
    void a_run_that_was_left_is_not_taken_twice_and_can_be_cancelled_before_a_worker_came() throws Exception {
        handler.hold("left");
        resume(task("left"), task("left"));
        submit(task("left"));
        cancel("left");
        engine.serve(handler, 2);
        handler.awaitStatus("left", TaskStatus.CANCELLED);
        submit(task("z"));
        handler.awaitStatus("z", TaskStatus.SUCCEEDED);
        assertThat(handler.started()).containsOnlyOnce("left");
        assertThat(handler.ended()).isEmpty();
    }

    @Test
    void more_urgent_tasks_go_first_then_older_ones() throws Exception {
        Instant later = ManualTime.START.plusSeconds(60);
        submit(
                task("low").priority(Priority.LOW),
                task("young").acceptedAt(later),
                task("old"),
                task("high").priority(Priority.HIGH).acceptedAt(later));
        engine.serve(handler, 1);
        handler.awaitStatus("low", TaskStatus.SUCCEEDED);
        assertThat(handler.started()).containsExactly("high", "old", "young", "low");
    }

    @Test
    void the_least_urgent_task_does_not_wait_for_ever() throws Exception {
        submit(task("low").priority(Priority.LOW));
        for (int hour = 0; hour < 5; hour++) {
            submit(task("high" + hour)
                    .priority(Priority.HIGH)
                    .acceptedAt(ManualTime.START.plus(Duration.ofHours(hour))));
        }
        time.advance(Duration.ofHours(5));
        engine.serve(handler, 1);
        handler.awaitStatus("high4", TaskStatus.SUCCEEDED);
        assertThat(handler.started().indexOf("low")).isBetween(1, 3);
    }

    @Test
    void a_task_waits_until_those_before_it_have_succeeded() throws Exception {
        handler.hold("a", "b");
        engine.serve(handler, 3);
        submit(task("c").after("a", "b"));
        submit(task("a"), task("b"));
        handler.awaitRunning("a", "b");
        handler.release("a");
        handler.awaitStatus("a", TaskStatus.SUCCEEDED);
        assertThat(handler.started()).doesNotContain("c");
        handler.release("b");
        handler.awaitStatus("c", TaskStatus.SUCCEEDED);
    }

    @Test
    void a_task_whose_predecessor_is_over_need_not_wait() throws Exception {
        handler.stands("a", TaskStatus.SUCCEEDED);
        engine.serve(handler, 1);
        submit(task("b").after("a"));
        handler.awaitStatus("b", TaskStatus.SUCCEEDED);
    }

    @Test
    void when_a_predecessor_fails_all_that_wait_for_it_fail_and_name_it() throws Exception {
        handler.does("a", (task, context) -> handler.finish(task, TaskStatus.FAILED));
        submit(task("c").after("b"), task("b").after("a"), task("a"));
        engine.serve(handler, 1);
        handler.awaitStatus("c", TaskStatus.FAILED);
        assertThat(handler.started()).containsExactly("a");
        assertThat(handler.failureOf("b").message()).contains("a").contains("failed");
        assertThat(handler.failureOf("c").message()).contains("b");
        assertThat(handler.failureOf("c").suggestedAction()).isNotBlank();
    }

    @Test
    void tasks_that_wait_for_each_other_fail_and_the_circle_is_named() throws Exception {
        engine.serve(handler, 1);
        submit(
                task("a").after("b"),
                task("b").after("c"),
                task("c").after("a"),
                task("self").after("self"));
        for (String id : new String[] {"a", "b", "c", "self"}) {
            handler.awaitStatus(id, TaskStatus.FAILED);
        }
        assertThat(handler.failureOf("c").message()).contains("c after a after b after c");
        assertThat(handler.failureOf("self").message()).contains("self after self");
        assertThat(handler.started()).isEmpty();
    }

    @Test
    void many_ways_through_the_same_tasks_are_not_walked_one_by_one() throws Exception {
        engine.serve(handler, 1);
        submit(task("l-0").after("start"), task("r-0").after("start"));
        for (int i = 1; i < 40; i++) {
            String[] before = {"l-" + (i - 1), "r-" + (i - 1)};
            submit(task("l-" + i).after(before), task("r-" + i).after(before));
        }
        submit(task("start"));
        handler.awaitStatus("l-39", TaskStatus.SUCCEEDED);
        handler.awaitStatus("r-39", TaskStatus.SUCCEEDED);
    }

    @Test
    void a_chain_of_many_thousands_is_no_matter() throws Exception {
        engine.serve(handler, 1);
        int length = 20_000;
        for (int i = length; i > 0; i--) {
            submit(task("t" + i).after("t" + (i - 1)));
        }
        submit(task("last").after("t" + length), task("t0").after("last"));
        handler.awaitStatus("t0", TaskStatus.FAILED);
        assertThat(handler.failureOf("t0").message()).contains("t0 after last").hasSizeLessThan(1000);
    }

    @Test
    void a_predecessor_whose_state_cannot_be_read_costs_one_task_and_no_worker() throws Exception {
        Engine troubled = create(
                id -> {
                    if (id.value().equals("damaged")) {
                        throw new java.io.UncheckedIOException(
                                new java.io.IOException("results/damaged.json is damaged"));
                    }
                    return handler.statusOf(id);
                },
                gate);
        try (troubled) {
            troubled.serve(handler, 1);
            troubled.submit(task("now").after("damaged").build(), null);
            troubled.submit(task("delayed").after("damaged").build(), time.now().plusSeconds(10));
            handler.awaitStatus("now", TaskStatus.FAILED);
            time.advance(Duration.ofSeconds(10));
            troubled.submit(task("other").build(), null);
            handler.awaitStatus("delayed", TaskStatus.FAILED);
            handler.awaitStatus("other", TaskStatus.SUCCEEDED);
            assertThat(handler.failureOf("delayed").message()).contains("damaged");
        }
    }

    @Test
    void a_task_to_be_tried_again_runs_again_and_not_before_its_time() throws Exception {
        AtomicInteger runs = new AtomicInteger();
        Instant again = time.now().plus(Duration.ofMinutes(5));
        handler.does(
                "a",
                (task, context) -> runs.incrementAndGet() == 1
                        ? new Outcome.RetryAt(again)
                        : handler.finish(task, TaskStatus.SUCCEEDED));
        engine.serve(handler, 1);
        submit(task("a"));
        handler.awaitStarted(1);
        time.advance(Duration.ofMinutes(4));
        submit(task("b"));
        handler.awaitStatus("b", TaskStatus.SUCCEEDED);
        assertThat(runs).hasValue(1);
        time.advance(Duration.ofMinutes(1));
        submit(task("c"));
        handler.awaitStatus("a", TaskStatus.SUCCEEDED);
        assertThat(runs).hasValue(2);
    }

    @Test
    void a_task_submitted_for_later_waits_and_for_the_end_of_time_hurts_nobody() throws Exception {
        engine.serve(handler, 1);
        engine.submit(task("never").build(), Instant.MAX);
        engine.submit(task("later").build(), time.now().plusSeconds(60));
        submit(task("now"));
        handler.awaitStatus("now", TaskStatus.SUCCEEDED);
        assertThat(handler.started()).containsExactly("now");
        time.advance(Duration.ofSeconds(60));
        submit(task("more"));
        handler.awaitStatus("later", TaskStatus.SUCCEEDED);
        assertThat(handler.started()).doesNotContain("never");
    }

    @Test
    void a_task_accepted_before_the_clock_was_set_back_runs_at_once() throws Exception {
        engine.serve(handler, 1);
        submit(task("a").acceptedAt(time.now().plus(Duration.ofHours(1))));
        handler.awaitStatus("a", TaskStatus.SUCCEEDED);
    }

    @Test
    void a_waiting_task_that_is_cancelled_ends_without_being_run_wherever_it_waits() throws Exception {
        handler.hold("busy");
        engine.serve(handler, 2);
        submit(task("busy").writes("/p"));
        handler.awaitRunning("busy");
        submit(task("ready").writes("/p"), task("dependent").after("busy"));
        engine.submit(task("delayed").build(), time.now().plusSeconds(60));
        cancel("ready");
        cancel("dependent");
        cancel("delayed");
        for (String id : new String[] {"ready", "dependent", "delayed"}) {
            handler.awaitStatus(id, TaskStatus.CANCELLED);
        }
        handler.release("busy");
        handler.awaitStatus("busy", TaskStatus.SUCCEEDED);
        assertThat(handler.started()).containsExactly("busy");
    }

    /** All workers may be at work for hours. */
    @Test
    void a_waiting_task_that_is_cancelled_ends_also_while_all_workers_are_at_work() throws Exception {
        handler.hold("a");
        submit(task("a"), task("b"));
        engine.serve(handler, 1);
        handler.awaitRunning("a");
        cancel("b");
        handler.awaitStatus("b", TaskStatus.CANCELLED);
        assertThat(handler.started()).containsExactly("a");
        handler.release("a");
        handler.awaitStatus("a", TaskStatus.SUCCEEDED);
    }

    @Test
    void a_running_task_that_is_cancelled_is_told_so() throws Exception {
        handler.hold("a");
        engine.serve(handler, 1);
        submit(task("a"));
        handler.awaitRunning("a");
        cancel("a");
        handler.awaitStatus("a", TaskStatus.CANCELLED);
    }

    @Test
    void a_cancellation_that_comes_just_before_a_retry_is_not_forgotten() throws Exception {
        handler.does("a", (task, context) -> {
            cancel("a");
            return new Outcome.RetryAt(time.now());
        });
        engine.serve(handler, 1);
        submit(task("a"));
        handler.awaitStatus("a", TaskStatus.CANCELLED);
        engine.close();
        assertThat(handler.started()).containsExactly("a");
        assertThat(handler.ended()).containsExactly("a");
    }

    @Test
    void a_cancellation_that_comes_just_before_a_task_waits_for_a_person_is_not_forgotten() throws Exception {
        handler.does("a", (task, context) -> {
            cancel("a");
            return new Outcome.Waiting(TaskStatus.AWAITING_REPLY);
        });
        engine.serve(handler, 1);
        submit(task("a"));
        handler.awaitStatus("a", TaskStatus.CANCELLED);
        assertThat(handler.ended()).containsExactly("a");
    }

    @Test
    void a_clock_that_is_set_back_makes_no_rest_longer() throws Exception {
        engine.serve(handler, 1);
        engine.submit(task("a").build(), time.now().plusSeconds(300));
        time.advance(Duration.ofDays(-400));
        submit(task("b"));
        handler.awaitStatus("b", TaskStatus.SUCCEEDED);
        time.advance(Duration.ofSeconds(301));
        submit(task("c"));
        handler.awaitStatus("a", TaskStatus.SUCCEEDED);
    }

    @Test
    void nobody_can_signal_a_task_that_is_not_there() throws Exception {
        engine.serve(handler, 1);
        submit(task("a"));
        handler.awaitStatus("a", TaskStatus.SUCCEEDED);
        engine.close();
        assertThat(engine.signal(new TaskId("a"), new Signal.Cancel("test"))).isFalse();
        assertThat(engine.signal(new TaskId("unknown"), new Signal.Cancel("test")))
                .isFalse();
    }

    @Test
    void whatever_a_handler_throws_the_task_is_ended_as_failed_and_the_worker_lives() throws Exception {
        handler.does("a", (task, context) -> {
            throw new IllegalStateException("a fault");
        });
        handler.does("b", (task, context) -> {
            throw new StackOverflowError();
        });
        engine.serve(handler, 1);
        submit(task("a"), task("b"), task("c"));
        handler.awaitStatus("c", TaskStatus.SUCCEEDED);
        handler.awaitStatus("a", TaskStatus.FAILED);
        handler.awaitStatus("b", TaskStatus.FAILED);
        assertThat(handler.failureOf("a").category()).isEqualTo(FailureCategory.INTERNAL);
        assertThat(handler.failureOf("a").message()).contains("a fault");
    }

    /** A full disk keeps its artifact from being written, say. */
    @Test
    void a_task_whose_end_has_to_wait_is_ended_later_and_never_run() throws Exception {
        handler.cannotEnd(time.now().plusSeconds(60), "cancelled", "broken", "orphan");
        handler.does("broken", (task, context) -> {
            throw new IllegalStateException("a fault");
        });
        handler.stands("gone", TaskStatus.FAILED);
        gate.close("*", Gate.Verdict.NEEDS_SOMEBODY);
        engine.serve(handler, 1);
        submit(task("cancelled"), task("orphan").after("gone"));
        cancel("cancelled");
        handler.awaitRefusedEnd("cancelled");
        handler.awaitRefusedEnd("orphan");
        gate.open();
        submit(task("broken"));
        handler.awaitRefusedEnd("broken");

        handler.canEnd();
        time.advance(Duration.ofSeconds(60));
        engine.lookAgain();
        handler.awaitStatus("cancelled", TaskStatus.CANCELLED);
        handler.awaitStatus("orphan", TaskStatus.FAILED);
        handler.awaitStatus("broken", TaskStatus.FAILED);
        engine.close();
        assertThat(handler.started()).containsExactly("broken");
        assertThat(handler.failureOf("broken").message()).contains("a fault");
    }

    /** Its file was replaced by a newer one while it ran, say: the task is not to blame. */
    @Test
    void a_task_is_left_for_the_next_start_when_a_part_of_the_program_is_missing() throws Exception {
        handler.does("a", (task, context) -> {
            throw new NoClassDefFoundError("dev/orchestrator/Missing");
        });
        engine.serve(handler, 1);
        submit(task("a").writes("/p"), task("same").writes("/p"), task("b"));
        handler.awaitStatus("b", TaskStatus.SUCCEEDED);
        assertThat(handler.started()).as("nobody else gets its directory").containsExactly("a", "b");
        assertThat(handler.statusOf(new TaskId("a"))).hasValue(TaskStatus.RUNNING);
    }

    @Test
    void close_waits_for_what_runs_and_hands_out_nothing_more() throws Exception {
        handler.hold("a");
        engine.serve(handler, 1);
        submit(task("a"), task("b"));
        handler.awaitRunning("a");
        CompletableFuture<Void> closing = CompletableFuture.runAsync(engine::close, run -> new Thread(run).start());
        submit(task("c"));
        assertThat(closing).isNotDone();
        handler.release("a");
        closing.get(20, TimeUnit.SECONDS);
        submit(task("d"));
        assertThat(handler.statusOf(new TaskId("a"))).contains(TaskStatus.SUCCEEDED);
        assertThat(handler.started()).contains("a").doesNotContain("d");
        assertThat(handler.running()).isEmpty();
    }

    @Test
    void a_note_of_a_run_is_there_for_the_next_run_of_the_task() throws Exception {
        handler.does("a", (task, context) -> {
            if (context.lastHeartbeat().isEmpty()) {
                context.heartbeat("half done");
                return new Outcome.RetryAt(time.now());
            }
            return handler.finish(
                    task, context.lastHeartbeat().get().equals("half done") ? TaskStatus.SUCCEEDED : TaskStatus.FAILED);
        });
        engine.serve(handler, 1);
        submit(task("a"));
        handler.awaitStatus("a", TaskStatus.SUCCEEDED);
    }
}
