package dev.orchestrator.process;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Set;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;

@Timeout(60)
@DisabledOnOs(value = OS.WINDOWS, disabledReason = "the processes here are sleep and true")
class ProcessTreeTest {

    private static ProcessHandle sleeping() throws IOException {
        return new ProcessBuilder("sleep", "300").start().toHandle();
    }

    private static ProcessHandle ended() throws Exception {
        Process process = new ProcessBuilder("true").start();
        process.waitFor();
        return process.toHandle();
    }

    /** Who is seen at each look; nobody after that. */
    private static Supplier<Set<ProcessHandle>> seen(List<ProcessHandle> inTurn) {
        Deque<ProcessHandle> left = new ArrayDeque<>(inTurn);
        return () -> left.isEmpty() ? Set.of() : Set.of(left.removeFirst());
    }

    @Test
    void whoever_left_its_work_to_a_child_and_ended_between_two_looks_hides_nobody() throws Exception {
        ProcessHandle child = sleeping();
        try {
            ProcessTree.stop(seen(List.of(sleeping(), ended(), ended(), child)), Duration.ZERO, () -> false);

            assertThat(ProcessTree.isRunning(child)).isFalse();
        } finally {
            child.destroyForcibly();
        }
    }

    @Test
    void one_that_is_seen_for_ever_and_has_ended_keeps_nobody_waiting() throws Exception {
        ProcessHandle gone = ended();
        assertThat(ProcessTree.stop(() -> Set.of(gone), Duration.ZERO, () -> false))
                .isEqualTo(new ProcessTree.Stopped(1, 0, List.of()));
    }
}
