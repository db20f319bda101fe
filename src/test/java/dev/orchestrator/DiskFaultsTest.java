package dev.orchestrator;

import static org.assertj.core.api.Assertions.assertThat;

import dev.orchestrator.task.TaskId;
import dev.orchestrator.testkit.Quiet;
import dev.orchestrator.testkit.disk.DiskFault;
import dev.orchestrator.testkit.disk.DiskOperation.Kind;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
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

    @TempDir
    Path temp;

    private final AtomicInteger ended = new AtomicInteger();

    /** What a disk does. */
    record Fault(String name, int times, DiskFault.Effect effect) {
        static final List<Fault> ALL = List.of(
                new Fault("full once", 1, Fault::full),
                new Fault("full for a while", 4, Fault::full),
                new Fault("denied once", 1, Fault::denied),
                new Fault("slow once", 1, path -> LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(100))));

        private static void full(String path) throws IOException {
            throw new FileSystemException(path, null, "No space left on device");
        }

        private static void denied(String path) throws IOException {
            throw new AccessDeniedException(path);
        }

        DiskFault of(Kind kind, int first) {
            return new DiskFault(kind, first, times, effect);
        }
    }

    @ParameterizedTest
    @FieldSource("dev.orchestrator.DiskFaultsTest$Fault#ALL")
    void nothing_is_lost_torn_or_done_twice_whatever_operation_fails_or_takes_long(Fault fault) throws Exception {
        FaultLab lab = new FaultLab(temp, FaultScenario.RETRY);
        List<Callable<String>> cases = new ArrayList<>();
        for (Kind kind : Kind.values()) {
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
        assertThat(cases).hasSizeGreaterThan(FEWEST_OPERATIONS);
        assertThat(broken.stream().limit(5)).isEmpty();
    }

    /** How many there are in a life without faults. */
    private static int operations(FaultLab lab, Kind kind) throws IOException {
        DiskFault none = new DiskFault(kind, Integer.MAX_VALUE, 0, path -> {});
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
            }
            Promises promises = Promises.about(root, lab.scenario(), false);
            lab.goOn(root);
            promises.hold();
            return "";
        } catch (IOException | RuntimeException | AssertionError e) {
            return what + how + ", in " + root.path() + ": " + e;
        }
    }
}
