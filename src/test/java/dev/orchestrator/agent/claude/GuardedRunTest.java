package dev.orchestrator.agent.claude;

import static org.assertj.core.api.Assertions.assertThat;

import dev.orchestrator.agent.RunObserver;
import dev.orchestrator.agent.ToolCall;
import dev.orchestrator.agent.claude.GuardedRun.Attendance;
import dev.orchestrator.guard.Bounds;
import dev.orchestrator.guard.OnViolation;
import dev.orchestrator.guard.Policy;
import dev.orchestrator.guard.Refusal;
import dev.orchestrator.guard.SecretFiles;
import dev.orchestrator.guard.ToolUse;
import dev.orchestrator.guard.hook.GuardRecord;
import dev.orchestrator.guard.hook.Sightings;
import dev.orchestrator.task.Access;
import dev.orchestrator.task.FailureCategory;
import dev.orchestrator.testkit.Guards;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class GuardedRunTest {
    @TempDir
    Path directory;

    private final Sightings sightings = new Sightings();
    private final List<String> heard = new ArrayList<>();

    @Test
    void a_call_that_came_off_unasked_while_a_guard_was_there_ends_the_run() {
        GuardedRun run = run(Attendance.FROM_THE_START, OnViolation.RECORD);

        comesOff(run, "t1", "inside.txt");

        assertThat(run.isToStop()).isTrue();
        assertThat(run.failure().orElseThrow().category()).isEqualTo(FailureCategory.GUARD_NOT_EFFECTIVE);
        assertThat(run.failure().orElseThrow().message()).contains("Write", "inside.txt");
    }

    @Test
    void a_call_that_was_asked_for_is_in_order() {
        GuardedRun run = run(Attendance.FROM_THE_START, OnViolation.STOP);
        sightings.passed("t1");

        comesOff(run, "t1", "inside.txt");

        assertThat(run.isToStop()).isFalse();
        assertThat(run.failure()).isEmpty();
        assertThat(run.unguardedCalls()).isZero();
    }

    @Test
    void a_call_that_failed_or_was_refused_before_anybody_was_asked_proves_nothing() {
        GuardedRun run = run(Attendance.FROM_THE_START, OnViolation.STOP);

        run.began(use("t1", "inside.txt"));
        run.ended(use("t1", "inside.txt"), call("t1", "inside.txt"));

        assertThat(run.isToStop()).isFalse();
    }

    @Test
    void a_guard_that_was_asked_and_did_not_answer_is_a_gap_and_no_fault_of_the_settings() {
        GuardedRun run = run(Attendance.FROM_THE_START, OnViolation.RECORD);
        run.unanswered("t1");

        comesOff(run, "t1", "inside.txt");

        assertThat(run.isToStop()).isFalse();
        assertThat(run.unguardedCalls()).isEqualTo(1);
    }

    @Test
    void a_call_that_was_refused_and_came_off_all_the_same_ends_the_run() {
        GuardedRun run = run(Attendance.FROM_THE_START, OnViolation.RECORD);
        sightings.refused(new GuardRecord.Refused("t1", "Write", outside()));

        comesOff(run, "t1", "../outside.txt");

        assertThat(run.isToStop()).isTrue();
        assertThat(run.failure().orElseThrow().category()).isEqualTo(FailureCategory.GUARD_NOT_EFFECTIVE);
    }

    @Test
    void an_answer_that_came_too_late_is_none_whatever_it_said() {
        GuardedRun run = run(Attendance.FROM_THE_START, OnViolation.RECORD);
        sightings.refused(new GuardRecord.Refused("t1", "Write", outside()));
        run.look();
        run.unanswered("t1");

        comesOff(run, "t1", "../outside.txt");

        assertThat(run.isToStop()).isFalse();
        assertThat(run.unguardedCalls()).isEqualTo(1);
        assertThat(heard).hasSize(2);
        assertThat(heard.get(1)).contains("it happened");
    }

    @Test
    void no_number_of_calls_in_a_gap_makes_the_next_look_unguarded() {
        GuardedRun run = run(Attendance.NEVER, OnViolation.RECORD);

        for (int i = 0; i < 10_100; i++) {
            comesOff(run, "t" + i, "inside.txt");
        }

        assertThat(run.isToStop()).isFalse();
        assertThat(run.unguardedCalls()).isEqualTo(10_100);
    }

    @Test
    void what_happened_before_a_run_was_taken_over_is_counted_and_judged_afterwards() {
        GuardedRun run = run(Attendance.AFTER_WHAT_IS_THERE, OnViolation.RECORD);

        comesOff(run, "t1", "inside.txt");
        comesOff(run, "t2", "../outside.txt");
        run.began(use("t3", "inside.txt"));
        run.caughtUp();
        run.ended(use("t3", "inside.txt"), call("t3", "inside.txt").ended(true));

        assertThat(run.unguardedCalls()).isEqualTo(3);
        assertThat(run.isToStop()).isFalse();
        assertThat(heard).singleElement().asString().contains("../outside.txt", "while no guard was there");

        comesOff(run, "t4", "inside.txt");
        assertThat(run.isToStop()).isTrue();
    }

    @Test
    void nobody_is_ever_there_for_a_run_without_a_guard() {
        GuardedRun run = run(Attendance.NEVER, OnViolation.RECORD);
        run.caughtUp();

        comesOff(run, "t1", "inside.txt");

        assertThat(run.isToStop()).isFalse();
        assertThat(run.unguardedCalls()).isEqualTo(1);
    }

    @Test
    void a_refusal_is_told_once_whoever_tells_it_first() {
        GuardedRun run = run(Attendance.FROM_THE_START, OnViolation.RECORD);
        sightings.refused(new GuardRecord.Refused("t1", "Write", outside()));

        run.denied(use("t1", "../outside.txt"), call("t1", "../outside.txt"));
        run.look();
        sightings.refused(new GuardRecord.Refused("t2", "Write", outside()));
        run.look();
        run.denied(use("t2", "../outside.txt"), call("t2", "../outside.txt"));

        assertThat(heard).hasSize(2);
    }

    @Test
    void a_refusal_of_the_program_that_the_policy_knows_no_reason_for_is_no_violation() {
        GuardedRun run = run(Attendance.FROM_THE_START, OnViolation.STOP);

        run.denied(use("t1", "inside.txt"), call("t1", "inside.txt"));

        assertThat(heard).isEmpty();
        assertThat(run.failure()).isEmpty();
    }

    @Test
    void a_violation_is_recorded_or_fails_the_run_or_ends_it_as_the_user_settled() {
        GuardedRun recorded = violating(OnViolation.RECORD);
        assertThat(recorded.isToStop()).isFalse();
        assertThat(recorded.failure()).isEmpty();

        GuardedRun failed = violating(OnViolation.FAIL);
        assertThat(failed.isToStop()).isFalse();
        assertThat(failed.failure().orElseThrow().category()).isEqualTo(FailureCategory.PERMISSION);
        assertThat(failed.failure().orElseThrow().message()).contains("Write ../outside.txt");

        GuardedRun stopped = violating(OnViolation.STOP);
        assertThat(stopped.isToStop()).isTrue();
        assertThat(stopped.failure()).isPresent();
    }

    private GuardedRun violating(OnViolation onViolation) {
        GuardedRun run = run(Attendance.FROM_THE_START, onViolation);
        sightings.refused(new GuardRecord.Refused("t1", "Write", outside()));
        run.look();
        return run;
    }

    private static Refusal outside() {
        return new Refusal(Refusal.Kind.OUTSIDE, "it is outside", "../outside.txt", Path.of("/outside.txt"));
    }

    private void comesOff(GuardedRun run, String id, String file) {
        run.began(use(id, file));
        run.ended(use(id, file), call(id, file).ended(true));
    }

    private ToolUse use(String id, String file) {
        return new ToolUse(id, "Write", Map.of("file_path", file), directory.toAbsolutePath(), null);
    }

    private static ToolCall call(String id, String file) {
        return new ToolCall(id, "Write", file, false);
    }

    private GuardedRun run(Attendance attendance, OnViolation onViolation) {
        Bounds bounds = new Bounds(real(directory), Access.WRITE, List.of(), List.of());
        Policy policy = new Policy(bounds, Guards.NOTHING_OWN, new SecretFiles(List.of()));
        return new GuardedRun(policy, sightings, onViolation, new Ear(), attendance);
    }

    private static Path real(Path path) {
        try {
            return path.toRealPath();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private final class Ear implements RunObserver {
        @Override
        public void started(long pid, @Nullable Instant processStartedAt, boolean adopted) {}

        @Override
        public void answered() {}

        @Override
        public void toolUsed(ToolCall call) {}

        @Override
        public void refused(ToolCall call, Refusal refusal) {
            heard.add(call.tool() + " " + call.target() + ": " + refusal.reason());
        }

        @Override
        public boolean directoryChanged() {
            return false;
        }
    }
}
