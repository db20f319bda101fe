package dev.orchestrator;

import static org.assertj.core.api.Assertions.assertThat;

import dev.orchestrator.files.LockFile;
import dev.orchestrator.task.TaskId;
import dev.orchestrator.testkit.Quiet;
import dev.orchestrator.testkit.disk.DiskFault;
import dev.orchestrator.testkit.disk.DiskOperation;
import dev.orchestrator.testkit.disk.DiskOperation.Kind;
import java.io.IOException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/**
 * Starts on a disk that refuses any one operation, over a home with a task that is done, one whose daemon died under it, one that
 * waits, a rejected file and a new one. One after the other: a process has one lot of signals and one operator log.
 */
@DisabledOnOs(value = OS.WINDOWS, disabledReason = "platform: the agent of this test is a shell script")
@ExtendWith(Quiet.class)
@Timeout(600)
class StartFaultsTest {
    private static final int DONE = 0;
    private static final Set<Integer> REFUSALS = Set.of(1, 3);
    private static final int FEWEST_OPERATIONS = 60;
    /** A daemon that cannot write its last word gives it some seconds, so few faults last until the start is over. */
    private static final int LASTING_EVERY = 25;

    private static final FaultScenario FIRST_LIFE = new FaultScenario(
            "a home in use",
            Map.of(
                    "past",
                    FaultScenario.task("past", ""),
                    "left",
                    FaultScenario.task("left", "after: [past]\n"),
                    "queued",
                    FaultScenario.task("queued", "after: [left]\n")),
            Map.of("bad", "---\nprioritty: high\n---\nLook.\n"),
            FirstRun.ENDS);
    private static final String NEW = FaultScenario.task("new", "");

    @TempDir
    Path temp;

    /** Another seed for what is left to chance: {@code -Dfaults.seed=N}. */
    @Test
    void a_start_succeeds_or_says_why_not_and_the_next_one_loses_nothing() throws Exception {
        long seed = Long.getLong("faults.seed", new Random().nextLong());
        Random random = new Random(seed);
        List<LifeRecord.End> ends = ends();
        FaultLab lab = new FaultLab(Files.createDirectory(temp.resolve("then")), withNew());
        HandStart start = new HandStart(lab);
        int operations = 0;
        for (LifeRecord.End end : ends) {
            operations = Math.max(operations, operations(lab, start, end));
        }
        Map<Integer, Integer> codes = new TreeMap<>();
        List<String> broken = new ArrayList<>();
        for (int first = 0; first < operations; first++) {
            int times = first % LASTING_EVERY == LASTING_EVERY - 1 ? operations : 1;
            DiskFault fault = new DiskFault(EnumSet.allOf(Kind.class), first, times, StartFaultsTest::full);
            started(lab, start, ends.get(random.nextInt(ends.size())), fault, codes)
                    .ifPresent(broken::add);
        }
        System.out.printf(
                "a start: %d operations that fail, exit codes and how often: %s, %d broken promises, seed %d%n",
                operations, codes, broken.size(), seed);
        assertThat(operations).isGreaterThan(FEWEST_OPERATIONS);
        assertThat(broken.stream().limit(5)).isEmpty();
    }

    /** The daemon was killed while its agent was at work, which was killed too, or came to its end with nobody watching. */
    private List<LifeRecord.End> ends() throws IOException {
        LifeRecord life = new FaultLab(Files.createDirectory(temp.resolve("first")), FIRST_LIFE).recorded();
        return life.endsAt(underWay(life), 0).stream()
                .filter(end -> end.how().equals("killed") || end.how().equals("killed, and its agent ended later"))
                .toList();
    }

    /** Where the first line of the task's agent is there, and nothing is known of its end. */
    private static int underWay(LifeRecord life) {
        for (int i = 0; i < life.log().size(); i++) {
            DiskOperation operation = life.log().get(i);
            String file = operation.path().toString();
            if (operation.kind() == Kind.WRITE && file.contains("/runs/left/") && file.endsWith(".stream.ndjson")) {
                return i + 1;
            }
        }
        throw new AssertionError("no run in " + life.log());
    }

    private static FaultScenario withNew() {
        Map<String, String> tasks = new HashMap<>(FIRST_LIFE.tasks());
        tasks.put("new", NEW);
        return new FaultScenario(FIRST_LIFE.name(), tasks, FIRST_LIFE.rejected(), FirstRun.ENDS);
    }

    private static FaultRoot home(FaultLab lab, LifeRecord.End end) throws IOException {
        FaultRoot root = lab.unpacked(end.image());
        Files.writeString(root.home().tasks().resolve("new.task.md"), NEW);
        Files.writeString(root.home().settings(), "log:\n  level: warn\n");
        Files.writeString(root.home().dotenv(), "# Nothing yet.\n");
        return root;
    }

    /** How many there are in a start without faults, which is held against the promises too. */
    private static int operations(FaultLab lab, HandStart start, LifeRecord.End end) throws IOException {
        DiskFault none = new DiskFault(EnumSet.allOf(Kind.class), Integer.MAX_VALUE, 0, operation -> {});
        FaultRoot root = home(lab, end);
        Promises promises = Promises.about(root, lab.scenario(), false);
        HandStart.Outcome outcome = start.run(root, none);
        assertThat(outcome.code()).as(outcome.text()).isEqualTo(DONE);
        promises.hold();
        return none.seen();
    }

    /** Empty when all promises are kept. */
    private static Optional<String> started(
            FaultLab lab, HandStart start, LifeRecord.End end, DiskFault fault, Map<Integer, Integer> codes)
            throws IOException {
        FaultRoot root = home(lab, end);
        HandStart.Outcome outcome = null;
        try {
            Promises promises = Promises.about(root, lab.scenario(), false);
            outcome = start.run(root, fault);
            codes.merge(outcome.code(), 1, Integer::sum);
            isTrue(outcome, root, lab.scenario());
            lab.goOnAfterToday(root);
            promises.hold();
            return Optional.empty();
        } catch (IOException | RuntimeException | AssertionError e) {
            return Optional.of(fault + ": " + outcome + " in " + root.path() + ": " + e);
        }
    }

    private static void isTrue(HandStart.Outcome outcome, FaultRoot root, FaultScenario scenario) throws IOException {
        if (outcome.code() == DONE) {
            assertThat(scenario.tasks().keySet())
                    .allSatisfy(id ->
                            assertThat(root.home().artifact(new TaskId(id))).exists());
        } else {
            assertThat(outcome.code()).isIn(REFUSALS);
            assertThat(outcome.text()).containsAnyOf("cannot be read", "cannot be used", "could not be", "unfinished");
        }
        try (LockFile lock = LockFile.tryAcquire(root.home().daemonLock()).orElseThrow()) {
            assertThat(lock).as("free again").isNotNull();
        }
    }

    private static void full(DiskOperation operation) throws IOException {
        throw new FileSystemException(operation.path().toString(), null, "No space left on device");
    }
}
