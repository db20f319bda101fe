package dev.orchestrator;

import static org.assertj.core.api.Assertions.assertThat;

import dev.orchestrator.task.TaskId;
import dev.orchestrator.testkit.Quiet;
import dev.orchestrator.testkit.disk.DiskFault;
import dev.orchestrator.testkit.disk.DiskOperation;
import dev.orchestrator.testkit.disk.DiskOperation.Kind;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;

/**
 * Lives on a disk that refuses an operation or takes long over it, any one of each kind, and works again afterwards. The daemon goes on by itself
 * or says why it cannot start; then the next one does.
 */
@DisabledOnOs(value = OS.WINDOWS, disabledReason = "platform: the agent of this test is a shell script")
@ExtendWith(Quiet.class)
@Timeout(600)
class DiskFaultsTest {
    /** Lives mostly wait until the journal tries again. */
    private static final int LANES = 16;

    private static final int FEWEST_OPERATIONS = 100;
    private static final int FEWEST_WRITES = 20;

    @TempDir
    Path temp;

    private final AtomicInteger ended = new AtomicInteger();

    /** What a disk does. */
    record Fault(String name, int times, DiskFault.Effect effect) {
        static final List<Fault> ALL = List.of(
                new Fault("full once", 1, Fault::full),
                new Fault("full for a while", 4, Fault::full),
                new Fault("denied once", 1, Fault::denied),
                new Fault("slow once", 1, operation -> LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(100))));

        /** Of writes alone: what they leave on disk. */
        static final List<Fault> PARTS = List.of(
                new Fault("full after a byte", 1, operation -> part(operation, 1)),
                new Fault("full in the middle", 1, operation -> part(operation, operation.bytes().length / 2)),
                new Fault(
                        "full in the middle for a while",
                        4,
                        operation -> part(operation, operation.bytes().length / 2)),
                new Fault("full before the last byte", 1, operation -> part(operation, operation.bytes().length - 1)),
                new Fault("written, but refused", 1, operation -> part(operation, operation.bytes().length)));

        private static void part(DiskOperation operation, int length) throws IOException {
            operation.doPart(Math.min(length, operation.bytes().length));
            full(operation);
        }

        private static void full(DiskOperation operation) throws IOException {
            throw new FileSystemException(operation.path().toString(), null, "No space left on device");
        }

        private static void denied(DiskOperation operation) throws IOException {
            throw new AccessDeniedException(operation.path().toString());
        }

        DiskFault of(Kind kind, int first) {
            return new DiskFault(Set.of(kind), first, times, effect);
        }
    }

    @ParameterizedTest
    @FieldSource("dev.orchestrator.DiskFaultsTest$Fault#ALL")
    void nothing_is_lost_torn_or_done_twice_whatever_operation_fails_or_takes_long(Fault fault) throws Exception {
        assertThat(brokenBy(fault, FEWEST_OPERATIONS, Kind.values())).isEmpty();
    }

    /** The beginning of a line, of a picture or of a summary is there then, and must not be taken for the whole. */
    @ParameterizedTest
    @FieldSource("dev.orchestrator.DiskFaultsTest$Fault#PARTS")
    void nothing_is_lost_torn_or_done_twice_whatever_write_leaves_a_part_behind(Fault fault) throws Exception {
        assertThat(brokenBy(fault, FEWEST_WRITES, Kind.WRITE)).isEmpty();
    }

    private List<String> brokenBy(Fault fault, int fewest, Kind... kinds) throws Exception {
        FaultLab lab = new FaultLab(temp, FaultScenario.RETRY);
        List<Callable<String>> cases = new ArrayList<>();
        for (Kind kind : kinds) {
            int operations = operations(lab, kind);
            for (int i = 0; i < operations; i++) {
                int first = i;
                cases.add(() -> live(lab, kind + " " + first, fault.of(kind, first)));
            }
        }
        List<String> broken = SideBySide.run(LANES, cases);
        System.out.printf(
                "%s: %d operations in a life each, %d daemons ended by it, %d broken promises%n",
                fault.name(), cases.size(), ended.get(), broken.size());
        assertThat(cases).hasSizeGreaterThan(fewest);
        return broken.stream().limit(5).toList();
    }

    /** How many there are in a life without faults. */
    private static int operations(FaultLab lab, Kind kind) throws IOException {
        DiskFault none = new DiskFault(Set.of(kind), Integer.MAX_VALUE, 0, operation -> {});
        lab.live(lab.fresh(), none);
        return none.seen();
    }

    /** Empty when all promises are kept. */
    private String live(FaultLab lab, String what, DiskFault fault) throws IOException {
        FaultRoot root = lab.fresh();
        String how = "";
        try {
            try {
                lab.live(root, fault);
                // After several in a row all tasks wait, and a daemon that is to end when it is idle leaves them to the
                // next.
                assertThat(fault.isLasting() || Files.exists(root.home().artifact(new TaskId("one"))))
                        .as("done in the same life")
                        .isTrue();
            } catch (IOException | RuntimeException e) {
                ended.incrementAndGet();
                how = ", which ended the daemon with " + e;
                assertThat(hasBegun(root)).as("ended at work").isFalse();
            }
            Promises promises = Promises.about(root, lab.scenario(), false);
            lab.goOn(root);
            promises.hold();
            return "";
        } catch (IOException | RuntimeException | AssertionError e) {
            return what + how + ", in " + root.path() + ": " + e;
        }
    }

    /** What cannot be read when it starts may keep a daemon from starting; one that has taken a task goes on. */
    private static boolean hasBegun(FaultRoot root) {
        return !Files.exists(root.home().tasks().resolve("one.task.md"));
    }
}
