package dev.orchestrator.engine.local;

import static dev.orchestrator.testkit.TaskBuilder.task;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.orchestrator.engine.Engine;
import dev.orchestrator.engine.EngineContractTest;
import dev.orchestrator.engine.Gate;
import dev.orchestrator.task.Cancellation;
import dev.orchestrator.task.Outcome;
import dev.orchestrator.task.TaskId;
import dev.orchestrator.task.TaskStatus;
import dev.orchestrator.testkit.Await;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;

class LocalEngineTest extends EngineContractTest {
    @Override
    protected Engine create(Function<TaskId, Optional<TaskStatus>> statusOf, Gate gate) {
        return new LocalEngine(statusOf, gate, () -> leave(Duration.ofSeconds(30)), () -> false, Thread::new, time);
    }

    private static Closing leave(Duration grace) {
        return new Closing(grace, Cancellation.Reason.SHUTDOWN_LEAVE, Duration.ofSeconds(10));
    }

    private LocalEngine local(Function<TaskId, Optional<TaskStatus>> statusOf, Duration grace) {
        return new LocalEngine(statusOf, Gate.ALWAYS_OPEN, () -> leave(grace), () -> false, Thread::new, time);
    }

    /** What {@code run --once} ends by. */
    @Test
    void it_is_idle_when_all_that_waits_needs_somebody_and_not_when_time_will_do() {
        LocalEngine local =
                new LocalEngine(handler::statusOf, gate, () -> leave(Duration.ZERO), () -> false, Thread::new, time);
        local.submit(task("a").build(), null);
        local.submit(task("later").build(), time.now().plusSeconds(60));
        assertThat(local.isIdle()).isFalse();

        gate.close("*", Gate.Verdict.NEEDS_SOMEBODY);
        assertThat(local.isIdle()).isTrue();
        gate.close("*", Gate.Verdict.OPENS_BY_ITSELF);
        assertThat(local.isIdle()).isFalse();
    }

    @Test
    void close_waits_for_a_run_that_began_while_serve_was_still_under_way() throws Exception {
        CompletableFuture<CompletableFuture<Void>> closing = new CompletableFuture<>();
        LocalEngine local = new LocalEngine(
                handler::statusOf,
                Gate.ALWAYS_OPEN,
                () -> leave(Duration.ofSeconds(30)),
                () -> false,
                work -> new ThreadThatIsSlowToStart(work, () -> {
                    handler.awaitRunning("a");
                    closing.complete(CompletableFuture.runAsync(engine::close));
                }),
                time);
        engine = local;
        handler.hold("a");
        submit(task("a"));
        local.serve(handler, 1);
        assertThatThrownBy(() -> closing.join().get(300, TimeUnit.MILLISECONDS)).isInstanceOf(TimeoutException.class);
        handler.release("a");
        closing.join().get(20, TimeUnit.SECONDS);
        assertThat(handler.statusOf(new TaskId("a"))).contains(TaskStatus.SUCCEEDED);
    }

    @Test
    void an_interrupted_run_is_run_again_and_its_worker_stays() throws Exception {
        CompletableFuture<Void> interrupted = new CompletableFuture<>();
        handler.does("a", (task, context) -> {
            if (interrupted.complete(null)) {
                throw new InterruptedException("by nobody");
            }
            return handler.finish(task, TaskStatus.SUCCEEDED);
        });
        engine.serve(handler, 1);
        submit(task("a"));
        interrupted.get(20, TimeUnit.SECONDS);
        submit(task("b"));
        handler.awaitStatus("b", TaskStatus.SUCCEEDED);
        time.advance(Duration.ofMinutes(1));
        submit(task("c"));
        handler.awaitStatus("a", TaskStatus.SUCCEEDED);
        handler.awaitStatus("c", TaskStatus.SUCCEEDED);
        assertThat(handler.started()).containsOnlyOnce("b").containsOnlyOnce("c");
    }

    @Test
    void a_worker_that_was_left_interrupted_goes_on() throws Exception {
        handler.does("a", (task, context) -> {
            Thread.currentThread().interrupt();
            return handler.finish(task, TaskStatus.SUCCEEDED);
        });
        engine.serve(handler, 1);
        submit(task("a"), task("b"));
        handler.awaitStatus("b", TaskStatus.SUCCEEDED);
    }

    @Test
    void an_engine_serves_once() {
        engine.serve(handler, 1);
        assertThatThrownBy(() -> engine.serve(handler, 1)).isInstanceOf(IllegalStateException.class);
    }

    @Test
    void after_the_grace_a_run_is_told_to_leave_its_agent_to_the_next_start() throws Exception {
        LocalEngine hasty = local(handler::statusOf, Duration.ZERO);
        CompletableFuture<Cancellation.Reason> told = new CompletableFuture<>();
        CountDownLatch runs = new CountDownLatch(1);
        handler.does("a", (task, context) -> {
            context.cancellation()
                    .onStop(() -> told.complete(context.cancellation().reason()));
            runs.countDown();
            told.join();
            return new Outcome.LeftForNextStart();
        });
        hasty.serve(handler, 1);
        hasty.submit(task("a").build(), null);
        assertThat(runs.await(20, TimeUnit.SECONDS)).isTrue();
        hasty.close();
        assertThat(told).isCompletedWithValue(Cancellation.Reason.SHUTDOWN_LEAVE);
        assertThat(handler.statusOf(new TaskId("a"))).contains(TaskStatus.RUNNING);
    }

    @Test
    void it_is_idle_when_nothing_can_run_even_if_a_task_waits_for_one_nobody_knows() throws Exception {
        LocalEngine local = local(handler::statusOf, Duration.ofSeconds(30));
        assertThat(local.isIdle()).isTrue();
        local.submit(task("a").build(), null);
        local.submit(task("b").after("nobody").build(), null);
        assertThat(local.isIdle()).isFalse();
        assertThat(local.size()).isEqualTo(2);
        local.serve(handler, 1);
        handler.awaitStatus("a", TaskStatus.SUCCEEDED);
        local.close();
        assertThat(local.isIdle()).isTrue();
        assertThat(local.size()).isEqualTo(1);
    }

    @Test
    void a_task_is_known_to_the_engine_from_the_moment_a_worker_takes_it() throws Exception {
        TaskQueue queue = new TaskQueue(time, handler::statusOf, Gate.ALWAYS_OPEN);
        queue.add(task("a").build(), null);
        queue.take();
        assertThat(queue.cancel(new TaskId("a"))).isTrue();
    }

    @Test
    void many_tasks_that_wait_for_one_ask_once_how_it_stands() {
        AtomicInteger asked = new AtomicInteger();
        TaskQueue queue = new TaskQueue(
                time,
                id -> {
                    asked.incrementAndGet();
                    return Optional.of(TaskStatus.SUCCEEDED);
                },
                Gate.ALWAYS_OPEN);
        for (int i = 0; i < 1_000; i++) {
            queue.add(task("t" + i).after("a").build(), null);
        }
        assertThat(asked).hasValue(1);
    }

    @Test
    void how_a_task_stands_is_asked_again_after_a_moment_and_when_its_id_is_used_again() {
        AtomicInteger asked = new AtomicInteger();
        TaskQueue queue = new TaskQueue(
                time,
                id -> {
                    asked.incrementAndGet();
                    return Optional.of(TaskStatus.SUCCEEDED);
                },
                Gate.ALWAYS_OPEN);
        queue.add(task("first").after("a").build(), null);
        time.advance(Duration.ofSeconds(1));
        queue.add(task("second").after("a").build(), null);
        assertThat(asked).hasValue(2);
        queue.add(task("a").build(), null);
        queue.add(task("third").after("a").build(), null);
        assertThat(asked).hasValue(3);
    }

    @Test
    void what_is_remembered_of_tasks_that_are_over_has_a_bound() {
        AtomicInteger asked = new AtomicInteger();
        FinalStatuses statuses = new FinalStatuses(
                id -> {
                    asked.incrementAndGet();
                    return Optional.of(TaskStatus.SUCCEEDED);
                },
                time);
        for (int i = 0; i < 10_000; i++) {
            statuses.of(new TaskId("t" + i));
        }
        statuses.of(new TaskId("t0"));
        assertThat(asked).hasValue(10_001);
    }

    @Test
    void a_closed_queue_starts_nothing() throws Exception {
        TaskQueue queue = new TaskQueue(time, handler::statusOf, Gate.ALWAYS_OPEN);
        queue.add(task("a").build(), null);
        queue.close();
        assertThat(queue.take()).isEmpty();
        assertThat(queue.isIdle()).isFalse();
        assertThat(queue.cancel(new TaskId("a"))).isTrue();
    }

    @Test
    void a_worker_can_wait_for_a_time_that_never_comes() {
        TaskQueue queue = new TaskQueue(time, handler::statusOf, Gate.ALWAYS_OPEN);
        queue.add(task("a").build(), Instant.MAX);
        Thread.currentThread().interrupt();
        assertThatThrownBy(queue::take).isInstanceOf(InterruptedException.class);
    }

    /** A task whose time has come would have it look again and again for a place that is not there. */
    @Test
    void a_worker_that_is_one_too_many_sleeps_until_another_is_back() throws Exception {
        TaskQueue queue = new TaskQueue(time, handler::statusOf, Gate.ALWAYS_OPEN);
        queue.slots(1);
        queue.add(task("a").build(), null);
        queue.take();
        queue.add(task("b").build(), time.now().plusSeconds(1));
        time.advance(Duration.ofSeconds(2));
        CompletableFuture<Optional<Next>> taken = new CompletableFuture<>();
        Thread idle = new Thread(() -> {
            try {
                taken.complete(queue.take());
            } catch (InterruptedException e) {
                taken.completeExceptionally(e);
            }
        });
        idle.start();
        Await.until(Duration.ofSeconds(20), () -> idle.getState() == Thread.State.WAITING);
        assertThat(taken).isNotDone();

        queue.workerIsBack();

        assertThat(taken.get(20, TimeUnit.SECONDS))
                .get()
                .extracting(next -> next.task().id())
                .isEqualTo(new TaskId("b"));
    }

    /** Its starter goes on only when {@code then} is done. */
    private static final class ThreadThatIsSlowToStart extends Thread {
        private final Executable then;

        ThreadThatIsSlowToStart(Runnable work, Executable then) {
            super(work);
            this.then = then;
        }

        @Override
        public void start() {
            super.start();
            try {
                then.execute();
            } catch (Throwable e) {
                throw new AssertionError(e);
            }
        }
    }
}
