package dev.orchestrator.pipeline;

import static dev.orchestrator.testkit.TaskBuilder.task;
import static org.assertj.core.api.Assertions.assertThat;

import dev.orchestrator.agent.AgentResult;
import dev.orchestrator.task.AttemptEvent.AttemptFinished;
import dev.orchestrator.task.AttemptEvent.AttemptStarted;
import dev.orchestrator.task.AttemptEvent.PausedByLimit;
import dev.orchestrator.task.Cancellation;
import dev.orchestrator.task.Failure;
import dev.orchestrator.task.FailureCategory;
import dev.orchestrator.task.Outcome;
import dev.orchestrator.task.Task;
import dev.orchestrator.task.TaskEvent.TaskDeferred;
import dev.orchestrator.task.TaskStatus;
import dev.orchestrator.task.TaskView;
import dev.orchestrator.task.UsageLimit;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What is in everybody's way uses nobody's attempts up, and a later attempt goes on where an earlier one stopped. */
class ParkingTest {
    private final ScriptedAgent agent = new ScriptedAgent();
    private PipelineHome setting;

    @BeforeEach
    void home(@TempDir Path temp) throws Exception {
        setting = new PipelineHome(temp);
    }

    @Test
    void a_usage_limit_parks_the_task_for_nothing_and_its_session_goes_on_afterwards() throws Exception {
        Task task = setting.accept(task("parked").retries(0));
        setting.dispatch.until = setting.time.now().plusSeconds(600);
        agent.then((request, observer) -> new AgentResult.Ended(
                failure(FailureCategory.USAGE_LIMIT),
                ScriptedAgent.report("half"),
                new UsageLimit("five_hour", setting.dispatch.until, null)));

        Outcome first = setting.run(agent, task);

        assertThat(first).as("the gate holds it, not a time").isEqualTo(new Outcome.RetryAt(setting.time.now()));
        assertThat(view(task).status()).isEqualTo(TaskStatus.QUEUED);
        assertThat(setting.journal.events(PausedByLimit.class))
                .containsExactly(new PausedByLimit(task.id(), 1, 1, "five_hour", setting.dispatch.until));

        assertThat(setting.run(agent.says("Done."), task)).isEqualTo(new Outcome.Finished(TaskStatus.SUCCEEDED));
        assertThat(agent.requests().get(1).resume()).isTrue();
        assertThat(agent.requests().get(1).sessionId())
                .isEqualTo(agent.requests().get(0).sessionId());
    }

    @ParameterizedTest
    @EnumSource(
            value = FailureCategory.class,
            names = {"AUTH", "BILLING", "AGENT_MISSING"})
    void what_the_agent_lacks_fails_no_task_however_often(FailureCategory category) throws Exception {
        Task task = setting.accept(task("waits").retries(0));
        for (int i = 0; i < 5; i++) {
            assertThat(setting.run(agent.fails(failure(category)), task)).isInstanceOf(Outcome.RetryAt.class);
        }
        assertThat(setting.run(agent.says("Done."), task)).isEqualTo(new Outcome.Finished(TaskStatus.SUCCEEDED));
    }

    @Test
    void a_task_that_came_through_just_before_the_gate_closed_is_put_back() throws Exception {
        Task task = setting.accept(task("back"));
        setting.dispatch.closed = true;

        assertThat(setting.run(agent, task)).isInstanceOf(Outcome.RetryAt.class);

        assertThat(view(task).status()).isEqualTo(TaskStatus.QUEUED);
        assertThat(setting.journal.events(AttemptStarted.class)).isEmpty();
        assertThat(setting.journal.events(TaskDeferred.class)).hasSize(1);
    }

    @Test
    void an_attempt_is_counted_before_the_agent_is_started() throws Exception {
        Task task = setting.accept(task("counted"));
        agent.then((request, observer) -> {
            assertThat(setting.dispatch.told).containsExactly("begun");
            return ScriptedAgent.ended(null, "Done.");
        });
        setting.run(agent, task);
        assertThat(agent.requests()).hasSize(1);
    }

    @Test
    void a_run_that_is_held_to_what_is_left_of_the_day_and_needs_more_waits_for_tomorrow() throws Exception {
        Task task = setting.accept(task("poor").retries(0));
        setting.dispatch.allowance = new BigDecimal("0.30");

        Outcome outcome = setting.run(agent.fails(failure(FailureCategory.BUDGET)), task);

        assertThat(outcome).isInstanceOf(Outcome.RetryAt.class);
        assertThat(agent.requests().get(0).maxBudgetUsd()).isEqualByComparingTo("0.30");
        assertThat(setting.dispatch.told).contains("failed budget capped");
    }

    @Test
    void a_session_is_kept_though_an_attempt_in_it_came_to_nothing() throws Exception {
        Task task = setting.accept(task("outage"));
        agent.then((request, observer) -> {
            observer.answered();
            return ScriptedAgent.ended(failure(FailureCategory.NETWORK), "So far.");
        });
        agent.then((request, observer) -> {
            agent.cannotResume(2);
            return ScriptedAgent.ended(failure(FailureCategory.NETWORK), "");
        });
        agent.says("Done.");
        for (int i = 0; i < 3; i++) {
            setting.run(agent, task);
        }

        assertThat(agent.requests()).extracting("resume").containsExactly(false, true, true);
        assertThat(agent.requests())
                .extracting("sessionId")
                .containsOnly(agent.requests().get(0).sessionId());
    }

    @Test
    void an_outage_that_costs_nothing_costs_no_attempt_and_is_waited_out_half_a_day() throws Exception {
        Task task = setting.accept(task("outage").retries(1));
        Duration waited = Duration.ZERO;
        Outcome outcome = new Outcome.RetryAt(setting.time.now());
        while (outcome instanceof Outcome.RetryAt) {
            outcome = setting.run(agent.fails(failure(FailureCategory.NETWORK)), task);
            if (outcome instanceof Outcome.RetryAt again) {
                Duration wait = Duration.between(setting.time.now(), again.notBefore());
                waited = waited.plus(wait);
                setting.time.advance(wait);
            }
        }
        assertThat(outcome).isEqualTo(new Outcome.Finished(TaskStatus.FAILED));
        assertThat(waited).isBetween(Duration.ofHours(11), Duration.ofHours(13));
        assertThat(agent.requests()).hasSizeLessThan(60);
    }

    @Test
    void attempts_that_were_cut_off_at_a_part_of_all_the_money_are_not_the_task_s() throws Exception {
        Task task = setting.accept(task("cut").retries(1));
        setting.dispatch.allowance = new BigDecimal("0.30");
        for (int i = 0; i < 3; i++) {
            setting.run(agent.fails(failure(FailureCategory.BUDGET)), task);
        }
        assertThat(setting.run(agent.fails(failure(FailureCategory.CRASH)), task))
                .isInstanceOf(Outcome.RetryAt.class);
        setting.run(agent.says("Done."), task);

        assertThat(setting.artifact(task).status()).isEqualTo(TaskStatus.SUCCEEDED);
        assertThat(setting.artifact(task).attempts())
                .extracting("excused")
                .containsExactly(true, true, true, false, false);
    }

    @Test
    void a_machine_that_slept_has_not_waited() throws Exception {
        Task task = setting.accept(task("asleep"));
        setting.run(agent.fails(failure(FailureCategory.NETWORK)), task);
        setting.time.advance(Duration.ofHours(13));

        assertThat(setting.run(agent.fails(failure(FailureCategory.NETWORK)), task))
                .isInstanceOf(Outcome.RetryAt.class);
    }

    @Test
    void a_failure_of_the_network_behind_an_answer_was_paid_for_and_is_counted() throws Exception {
        Task task = setting.accept(task("cut").retries(1));
        for (int i = 0; i < 2; i++) {
            agent.then((request, observer) -> {
                observer.answered();
                return ScriptedAgent.ended(failure(FailureCategory.NETWORK), "");
            });
        }
        setting.run(agent, task);
        assertThat(setting.run(agent, task)).isEqualTo(new Outcome.Finished(TaskStatus.FAILED));
    }

    @Test
    void nothing_is_begun_when_the_daemon_is_about_to_end() throws Exception {
        Task task = setting.accept(task("late"));
        Cancellation ending = new Cancellation();
        ending.announceEnd();

        assertThat(setting.daemon(agent).pipeline().run(task, ending)).isEqualTo(new Outcome.LeftForNextStart());
        assertThat(agent.requests()).isEmpty();
        assertThat(setting.journal.state().active(task.id()).orElseThrow().status())
                .isEqualTo(TaskStatus.QUEUED);
    }

    @Test
    void a_task_for_which_there_is_no_money_just_now_goes_back_to_the_gate() throws Exception {
        Task task = setting.accept(task("waits"));
        setting.dispatch.noMoney = true;

        assertThat(setting.run(agent, task)).isEqualTo(new Outcome.RetryAt(setting.time.now()));
        assertThat(setting.journal.events(AttemptStarted.class)).isEmpty();
    }

    @Test
    void what_was_set_aside_for_a_run_is_in_the_journal_before_it_begins() throws Exception {
        Task task = setting.accept(task("counted"));
        setting.dispatch.allowance = new BigDecimal("0.30");
        setting.run(agent.says("Done."), task);

        assertThat(setting.journal.events(AttemptStarted.class))
                .extracting(AttemptStarted::setAsideUsd)
                .containsExactly(new BigDecimal("0.30"));
    }

    @Test
    void a_run_that_needs_more_than_is_left_of_the_task_s_own_share_fails() throws Exception {
        Task task = setting.accept(task("greedy").retries(0));
        setting.dispatch.allowance = new BigDecimal("0.30");
        setting.dispatch.ofTask = true;

        assertThat(setting.run(agent.fails(failure(FailureCategory.BUDGET)), task))
                .isEqualTo(new Outcome.Finished(TaskStatus.FAILED));
    }

    @Test
    void a_task_that_has_had_its_share_fails_and_is_not_started_again() throws Exception {
        Task task = setting.accept(task("had"));
        setting.dispatch.overspent = failure(FailureCategory.BUDGET);

        assertThat(setting.run(agent, task)).isEqualTo(new Outcome.Finished(TaskStatus.FAILED));
        assertThat(setting.artifact(task).error().category()).isEqualTo(FailureCategory.BUDGET);
        assertThat(agent.requests()).isEmpty();
    }

    @Test
    void our_own_disk_fault_in_a_run_is_no_failure_of_the_task_while_it_is_everybody_s() throws Exception {
        Task task = setting.accept(task("disk").retries(0));
        setting.dispatch.diskIsFull = true;
        for (int i = 0; i < 5; i++) {
            agent.then((request, observer) -> new AgentResult.OwnFilesFailed(
                    new java.io.IOException("no space left on device"), ScriptedAgent.report("")));
            assertThat(setting.run(agent, task)).isEqualTo(new Outcome.RetryAt(setting.time.now()));
            assertThat(view(task).status()).isEqualTo(TaskStatus.QUEUED);
        }
        assertThat(setting.run(agent.says("Done."), task)).isEqualTo(new Outcome.Finished(TaskStatus.SUCCEEDED));
    }

    @Test
    void a_fault_of_this_task_s_own_files_is_tried_less_and_less_often() throws Exception {
        Task task = setting.accept(task("stuck"));
        Path inTheWay = setting.home.runs(task.id());
        Files.createDirectories(inTheWay.getParent());
        Files.createFile(inTheWay);
        PipelineRun run = setting.daemon(agent);

        assertThat(run.waits(task)).isEqualTo(Duration.ofSeconds(30));
        assertThat(run.waits(task)).isEqualTo(Duration.ofSeconds(60));
        assertThat(run.waits(task)).isEqualTo(Duration.ofSeconds(120));
    }

    // Sessions.

    @ParameterizedTest
    @EnumSource(
            value = FailureCategory.class,
            names = {"OVERLOADED", "RATE_LIMIT", "SERVER", "NETWORK", "TIMEOUT_IDLE", "NO_RESULT", "CRASH"})
    void what_an_attempt_has_paid_for_is_not_paid_for_again(FailureCategory category) throws Exception {
        Task task = setting.accept(task("again"));
        setting.run(agent.fails(failure(category)), task);
        setting.run(agent.says("Done."), task);

        assertThat(agent.requests().get(1).resume()).isTrue();
        assertThat(agent.requests().get(1).prompt()).startsWith("You were cut off");
    }

    /** Peers' troubles 14. */
    @Test
    void a_session_that_is_full_is_never_continued_and_what_was_done_is_carried_over() throws Exception {
        Task task = setting.accept(task("full"));
        agent.then((request, observer) -> {
            Files.writeString(request.directory().resolve("half.txt"), "x");
            return ScriptedAgent.ended(failure(FailureCategory.CONTEXT_EXHAUSTED), "", "half.txt");
        });
        setting.run(agent, task);
        setting.run(agent.says("Done."), task);

        assertThat(agent.requests().get(1).resume()).isFalse();
        assertThat(agent.requests().get(1).sessionId())
                .isNotEqualTo(agent.requests().get(0).sessionId());
        assertThat(agent.requests().get(1).prompt())
                .startsWith("An earlier attempt")
                .contains("added half.txt", "Do it.");
    }

    @Test
    void a_session_that_fails_twice_in_a_row_by_itself_is_left() throws Exception {
        Task task = setting.accept(task("poisoned").retries(5));
        setting.run(agent.fails(failure(FailureCategory.CRASH)), task);
        setting.run(agent.fails(failure(FailureCategory.CRASH)), task);
        setting.run(agent.fails(failure(FailureCategory.CRASH)), task);
        setting.run(agent.says("Done."), task);

        assertThat(agent.requests()).extracting("resume").containsExactly(false, true, false, true);
    }

    @Test
    void a_session_that_is_gone_costs_no_attempt() throws Exception {
        Task task = setting.accept(task("gone").retries(1));
        setting.run(agent.fails(failure(FailureCategory.CRASH)), task);
        setting.run(agent.fails(failure(FailureCategory.SESSION)), task);
        assertThat(setting.run(agent.says("Done."), task)).isEqualTo(new Outcome.Finished(TaskStatus.SUCCEEDED));
        assertThat(agent.requests()).extracting("resume").containsExactly(false, true, false);
        assertThat(UUID.fromString(agent.requests().get(2).sessionId())).isNotNull();
        assertThat(setting.journal.events(AttemptFinished.class)).hasSize(3);
    }

    private static Failure failure(FailureCategory category) {
        return Failure.of(category, "told so");
    }

    private TaskView view(Task task) {
        return setting.journal.state().active(task.id()).orElseThrow();
    }
}
