package dev.orchestrator.task;

import static dev.orchestrator.task.TaskStatus.AWAITING_APPROVAL;
import static dev.orchestrator.task.TaskStatus.AWAITING_REPLY;
import static dev.orchestrator.task.TaskStatus.CANCELLED;
import static dev.orchestrator.task.TaskStatus.FAILED;
import static dev.orchestrator.task.TaskStatus.QUEUED;
import static dev.orchestrator.task.TaskStatus.REJECTED;
import static dev.orchestrator.task.TaskStatus.RUNNING;
import static dev.orchestrator.task.TaskStatus.SUCCEEDED;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class TaskStatusTest {
    @Test
    void only_what_ran_or_was_granted_can_succeed() {
        assertThat(before(SUCCEEDED)).containsExactlyInAnyOrder(RUNNING, AWAITING_APPROVAL, SUCCEEDED);
    }

    @Test
    void only_a_running_task_can_come_to_wait_for_a_person() {
        assertThat(before(AWAITING_APPROVAL)).containsExactlyInAnyOrder(RUNNING, AWAITING_APPROVAL);
        assertThat(before(AWAITING_REPLY)).containsExactlyInAnyOrder(RUNNING, AWAITING_REPLY);
    }

    @Test
    void only_a_queued_task_is_started() {
        assertThat(before(RUNNING)).containsExactlyInAnyOrder(QUEUED, RUNNING);
    }

    @ParameterizedTest
    @EnumSource(TaskStatus.class)
    void any_task_can_be_queued_for_a_further_turn_and_stay_as_it_is(TaskStatus status) {
        assertThat(status.canBecome(QUEUED)).isTrue();
        assertThat(status.canBecome(status)).isTrue();
    }

    @ParameterizedTest
    @EnumSource(
            value = TaskStatus.class,
            names = {"SUCCEEDED", "FAILED", "CANCELLED", "REJECTED"})
    void what_is_over_stays_so_unless_somebody_asks_for_another_turn(TaskStatus status) {
        assertThat(status.isFinal()).isTrue();
        assertThat(status.awaitsPerson()).isFalse();
        assertThat(Stream.of(TaskStatus.values()).filter(status::canBecome)).containsExactlyInAnyOrder(QUEUED, status);
    }

    @Test
    void a_task_that_is_not_over_can_be_cancelled_and_can_fail() {
        assertThat(Stream.of(TaskStatus.values()).filter(status -> !status.isFinal()))
                .containsExactlyInAnyOrder(QUEUED, RUNNING, AWAITING_APPROVAL, AWAITING_REPLY)
                .allMatch(status -> status.canBecome(CANCELLED) && status.canBecome(FAILED));
    }

    @Test
    void two_of_them_wait_for_a_person() {
        assertThat(Stream.of(TaskStatus.values()).filter(TaskStatus::awaitsPerson))
                .containsExactlyInAnyOrder(AWAITING_APPROVAL, AWAITING_REPLY);
    }

    @Test
    void a_reply_is_no_refusal() {
        assertThat(AWAITING_REPLY.canBecome(REJECTED)).isFalse();
        assertThat(AWAITING_APPROVAL.canBecome(REJECTED)).isTrue();
    }

    @Test
    void they_are_written_in_lower_case() {
        assertThat(AWAITING_APPROVAL).hasToString("awaiting_approval");
    }

    private static Stream<TaskStatus> before(TaskStatus after) {
        return Stream.of(TaskStatus.values()).filter(status -> status.canBecome(after));
    }
}
