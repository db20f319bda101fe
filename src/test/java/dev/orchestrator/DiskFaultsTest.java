package dev.orchestrator;

import static org.assertj.core.api.Assertions.assertThat;

import dev.orchestrator.config.Home;
import dev.orchestrator.testkit.DiskFault;
import dev.orchestrator.testkit.DiskOperation.Kind;
import dev.orchestrator.testkit.FaultyDisk;
import dev.orchestrator.testkit.LeapingTime;
import dev.orchestrator.testkit.ManualTime;
import dev.orchestrator.testkit.Quiet;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Lives on a disk that refuses an operation, any one of each kind, and works again afterwards. The daemon goes on by itself
 * or says why it cannot start; then the next one does.
 */
@DisabledOnOs(value = OS.WINDOWS, disabledReason = "platform: the agent of this test is a shell script")
@ExtendWith(Quiet.class)
@Timeout(600)
class DiskFaultsTest {
    /** Lives mostly wait until the journal tries again. */
    private static final int LANES = 16;

    private static final Instant LATER = ManualTime.START.plus(Duration.ofDays(30));
    private static final FaultScenario SCENARIO = FaultScenario.RETRY;

    @TempDir
    Path temp;

    private final AtomicInteger number = new AtomicInteger();
    private final AtomicInteger ended = new AtomicInteger();

    /** How a disk refuses. */
    enum Refusal {
        FULL_ONCE(1, path -> new FileSystemException(path, null, "No space left on device")),
        FULL_FOR_A_WHILE(4, path -> new FileSystemException(path, null, "No space left on device")),
        DENIED_ONCE(1, AccessDeniedException::new);

        private final int times;
        private final Function<String, IOException> exception;

        Refusal(int times, Function<String, IOException> exception) {
            this.times = times;
            this.exception = exception;
        }

        DiskFault of(Kind kind, int first) {
            return new DiskFault(kind, first, times, exception);
        }
    }

    @ParameterizedTest
    @EnumSource
    void nothing_is_lost_torn_or_done_twice_whatever_operation_is_refused(Refusal refusal) throws Exception {
        List<String> broken = new ArrayList<>();
        ExecutorService lanes = Executors.newFixedThreadPool(LANES);
        List<Future<String>> results = new ArrayList<>();
        try {
            for (Map.Entry<Kind, Integer> kind : operations().entrySet()) {
                for (int first = 0; first < kind.getValue(); first++) {
                    int nth = first;
                    results.add(lanes.submit(() -> tried(kind.getKey() + " " + nth, refusal.of(kind.getKey(), nth))));
                }
            }
            for (Future<String> result : results) {
                if (!result.get().isEmpty()) {
                    broken.add(result.get());
                }
            }
        } finally {
            lanes.shutdownNow();
        }
        System.out.println("Faults of the disk, " + refusal + ": " + results.size() + " operations refused, " + ended
                + " daemons ended by it, " + broken.size() + " broken promises");
        assertThat(results).hasSizeGreaterThan(100);
        assertThat(broken.stream().limit(5)).isEmpty();
    }

    /** How many there are of each kind in a life without faults. */
    private Map<Kind, Integer> operations() throws IOException {
        Map<Kind, Integer> operations = new EnumMap<>(Kind.class);
        for (Kind kind : Kind.values()) {
            DiskFault none = new DiskFault(kind, Integer.MAX_VALUE, 0, AccessDeniedException::new);
            live(root(), none);
            operations.put(kind, none.seen());
        }
        return operations;
    }

    /** Empty when all promises are kept. */
    private String tried(String what, DiskFault fault) throws IOException {
        FaultRoot root = root();
        String how = "";
        try {
            try {
                live(root, fault);
            } catch (IOException | RuntimeException e) {
                ended.incrementAndGet();
                how = ", which ended the daemon with " + e;
            }
            Promises promises = Promises.about(root, SCENARIO, false);
            life(LATER).live(root.home(), SCENARIO.agentArguments(root.starts()));
            promises.hold();
            return "";
        } catch (IOException | RuntimeException | AssertionError e) {
            return what + how + ", in " + root.path() + ": " + e;
        }
    }

    private void live(FaultRoot root, DiskFault fault) throws IOException {
        FaultyDisk disk = new FaultyDisk();
        disk.watch(fault);
        life(ManualTime.START).live(new Home(disk.on(root.home().root())), SCENARIO.agentArguments(root.starts()));
    }

    private FaultRoot root() throws IOException {
        FaultRoot root =
                new FaultRoot(Files.createDirectories(temp.toRealPath().resolve("life-" + number.incrementAndGet())));
        SCENARIO.drop(root.home());
        Files.createFile(root.starts());
        return root;
    }

    private synchronized DaemonLife life(Instant start) throws IOException {
        Path directory = temp.toRealPath();
        Path work = Files.createDirectories(directory.resolve("work"));
        Path agent = directory.resolve("agent.sh");
        return new DaemonLife(
                Files.exists(agent) ? agent : FaultScenario.agent(directory), work, new LeapingTime(start));
    }
}
