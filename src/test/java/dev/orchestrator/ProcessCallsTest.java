package dev.orchestrator;

import static org.assertj.core.api.Assertions.assertThat;

import dev.orchestrator.process.FaultyProcesses;
import dev.orchestrator.process.FaultyProcesses.Fault;
import dev.orchestrator.task.TaskId;
import dev.orchestrator.testkit.Await;
import dev.orchestrator.testkit.Quiet;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Lives in which any one call about a process goes wrong, of an agent that leaves a child behind which has to be killed. The
 * daemon comes to the task's end by itself, and nothing is left at work.
 */
@EnabledOnOs(value = OS.LINUX, disabledReason = "platform: what is left at work is found in /proc")
@ExtendWith(Quiet.class)
@Timeout(300)
class ProcessCallsTest {
    /** Lives mostly wait for the child. */
    private static final int LANES = 8;

    /** Each look at all processes of the machine is a call for each of them; ours come first, or last in such a look. */
    private static final int MOST_AT_EACH_END = 12;

    private static final FaultScenario SCENARIO = FaultScenario.of(FirstRun.LEAVES_A_DEAF_CHILD_BEHIND);

    @TempDir
    Path temp;

    @ParameterizedTest
    @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "NONE_LISTED")
    void nothing_is_lost_done_twice_or_left_at_work_whatever_call_goes_wrong(Fault fault) throws Exception {
        FaultLab lab = new FaultLab(temp, SCENARIO);
        FaultyProcesses none = new FaultyProcesses(fault, Integer.MAX_VALUE, 0);
        lab.live(lab.fresh(), none);
        List<Callable<String>> cases = new ArrayList<>();
        for (int first : some(none.seen())) {
            cases.add(() -> live(lab, fault, first, 1));
            cases.add(() -> live(lab, fault, first, 2));
        }
        List<String> broken = SideBySide.run(LANES, cases);
        System.out.printf(
                "a process %s: %d calls in a life, %d lives, %d broken promises%n",
                fault, none.seen(), cases.size(), broken.size());
        assertThat(cases).isNotEmpty();
        assertThat(broken.stream().limit(5)).isEmpty();
    }

    /** One that cannot be found is ended before its successor begins. */
    @ParameterizedTest
    @EnumSource(names = {"NOT_TOLD", "NOT_FOUND", "NONE_LISTED", "CHILDREN_MISSED"})
    void a_run_that_outlives_its_daemon_is_followed_or_ended_whatever_call_goes_wrong(Fault fault) throws Exception {
        FaultLab lab = new FaultLab(temp, FaultScenario.ONE);
        LifeRecord life = lab.recorded();
        List<Callable<String>> cases = new ArrayList<>();
        int calls = 0;
        for (int point : pidNotKnownAndKnown(life)) {
            FaultyProcesses none = new FaultyProcesses(fault, Integer.MAX_VALUE, 0);
            assertThat(followed(lab, life, point, none)).isEmpty();
            calls += none.seen();
            for (int first : some(none.seen())) {
                for (int times : new int[] {1, 2}) {
                    FaultyProcesses processes = new FaultyProcesses(fault, first, times);
                    cases.add(() -> followed(lab, life, point, processes));
                }
            }
        }
        List<String> broken = SideBySide.run(LANES, cases);
        System.out.printf(
                "a process %s: %d calls while its run is taken over, %d lives, %d broken promises%n",
                fault, calls, cases.size(), broken.size());
        assertThat(cases).isNotEmpty();
        assertThat(broken.stream().limit(5)).isEmpty();
    }

    private static List<Integer> some(int calls) {
        return IntStream.range(0, calls)
                .filter(call -> call < MOST_AT_EACH_END || call >= calls - MOST_AT_EACH_END)
                .boxed()
                .toList();
    }

    private static List<Integer> pidNotKnownAndKnown(LifeRecord life) {
        List<Integer> points = IntStream.range(0, life.log().size())
                .filter(point -> LiveRun.isUnderWay(life, point))
                .boxed()
                .toList();
        return List.of(points.get(0), points.get(points.size() - 1));
    }

    /** Empty when all promises are kept. */
    private static String followed(FaultLab lab, LifeRecord life, int point, FaultyProcesses processes) {
        FaultRoot root = null;
        try {
            root = lab.unpacked(life.killedAt(point));
            followed(lab, root, processes);
            return "";
        } catch (IOException | RuntimeException | AssertionError e) {
            return point + ", " + processes + ", in " + root + ": " + e;
        }
    }

    private static void followed(FaultLab lab, FaultRoot root, FaultyProcesses processes) throws IOException {
        try (LiveRun run = LiveRun.of(root, new TaskId("one"), lab.agent())) {
            Promises promises = Promises.about(root, lab.scenario(), false).withMoreStarts(1);
            CompletableFuture<Void> daemon = CompletableFuture.runAsync(() -> goOn(lab, root, processes));
            Await.until(
                    DaemonLife.LONG,
                    () -> !run.isAlive()
                            || Files.readString(root.home().journal()).contains("\"adopted\":true"));
            run.goOn();
            daemon.join();
            assertThat(run.isAlive()).as("at work beside its successor").isFalse();
            assertThat(MarkedInProc.of(root)).as("left at work").isEmpty();
            promises.hold();
            assertThat(root.started()).hasSizeLessThanOrEqualTo(2);
        }
    }

    private static void goOn(FaultLab lab, FaultRoot root, FaultyProcesses processes) {
        try {
            lab.goOn(root, processes);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Empty when all promises are kept. */
    private static String live(FaultLab lab, Fault fault, int first, int times) throws IOException {
        FaultRoot root = lab.fresh();
        try {
            Promises promises =
                    Promises.about(root, lab.scenario(), false).withMoreStarts(fault == Fault.VANISHES ? times : 0);
            lab.live(root, new FaultyProcesses(fault, first, times));
            assertThat(root.home().artifact(new TaskId("one")))
                    .as("done in the same life")
                    .exists();
            assertThat(MarkedInProc.of(root)).as("left at work").isEmpty();
            promises.hold();
            return "";
        } catch (IOException | RuntimeException | AssertionError e) {
            return first + ", " + times + " times, in " + root.path() + ": " + e;
        } finally {
            MarkedInProc.of(root).forEach(ProcessHandle::destroyForcibly);
        }
    }
}
