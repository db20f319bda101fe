package dev.orchestrator;

import static org.assertj.core.api.Assertions.assertThat;

import dev.orchestrator.task.TaskId;
import dev.orchestrator.testkit.Await;
import dev.orchestrator.testkit.Quiet;
import dev.orchestrator.testkit.disk.DiskWatch;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Agents whose process ends otherwise than it should, or outlives the daemon that started it. */
@EnabledOnOs(
        value = OS.LINUX,
        disabledReason = "platform: the agents of this test are shell scripts, found by their arguments")
@ExtendWith(Quiet.class)
@Timeout(300)
class ProcessFaultsTest {
    @TempDir
    Path temp;

    @ParameterizedTest
    @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "WAITS_TO_BE_TOLD")
    void a_task_is_done_with_as_few_starts_as_can_be_however_its_agent_ends(FirstRun run) throws Exception {
        FaultLab lab = new FaultLab(temp, FaultScenario.of(run));
        FaultRoot root = lab.fresh();
        Promises promises = Promises.about(root, lab.scenario(), false);

        lab.live(root, DiskWatch.NONE);

        promises.hold();
        assertThat(root.started()).hasSize(run.starts());
    }

    /** From the moment at which its process exists to that at which its end is in the journal. */
    @Test
    void a_run_that_outlives_its_daemon_is_followed_wherever_the_daemon_died() throws Exception {
        FaultLab lab = new FaultLab(temp, FaultScenario.ONE);
        LifeRecord life = lab.recorded();
        List<Callable<String>> cases = new ArrayList<>();
        for (int point = 0; point < life.log().size(); point++) {
            if (LiveRun.isUnderWay(life, point)) {
                int died = point;
                cases.add(() -> followed(lab, life, died));
            }
        }
        List<String> broken = SideBySide.run(2, cases);
        System.out.printf("%d points with a run under way, %d broken promises%n", cases.size(), broken.size());
        assertThat(cases).hasSizeGreaterThan(3);
        assertThat(broken).isEmpty();
    }

    /** Empty when all promises are kept. */
    private static String followed(FaultLab lab, LifeRecord life, int point) throws Exception {
        FaultRoot root = lab.unpacked(life.killedAt(point));
        try (LiveRun run = LiveRun.of(root, new TaskId("one"), lab.agent())) {
            Promises promises = Promises.about(root, lab.scenario(), false);
            CompletableFuture<Void> daemon = CompletableFuture.runAsync(() -> goOn(lab, root));
            Await.until(
                    DaemonLife.LONG,
                    () -> Files.readString(root.home().journal()).contains("\"adopted\":true"));
            run.goOn();
            daemon.join();
            promises.hold();
            assertThat(root.started()).hasSize(1);
            return "";
        } catch (IOException | RuntimeException | AssertionError e) {
            return point + " in " + root.path() + "\n" + life.around(point) + e;
        }
    }

    private static void goOn(FaultLab lab, FaultRoot root) {
        try {
            lab.goOn(root);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
