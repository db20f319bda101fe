package dev.orchestrator;

import static org.assertj.core.api.Assertions.assertThat;

import dev.orchestrator.testkit.Quiet;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.Callable;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;

/**
 * Lives that are cut off anywhere. One life is recorded, change by change; then, for each change, the disk is laid out as it
 * would be had the daemon been killed or the power gone before it, and another daemon goes on from there.
 */
@DisabledOnOs(value = OS.WINDOWS, disabledReason = "platform: the agent of this test is a shell script")
@ExtendWith(Quiet.class)
@Timeout(600)
class CrashPointsTest {
    private static final int LANES = 4;
    /** A life has more changes than this; a harness that sees fewer is blind. */
    private static final int FEWEST_POINTS = 60;

    @TempDir
    Path temp;

    /** Another seed for what is left to chance: {@code -Dfaults.seed=N}. */
    @ParameterizedTest
    @FieldSource("dev.orchestrator.FaultScenario#ALL")
    void nothing_is_lost_torn_or_done_twice_wherever_a_life_is_cut_off(FaultScenario scenario) throws Exception {
        long seed = Long.getLong("faults.seed", new Random().nextLong());
        FaultLab lab = new FaultLab(temp, scenario);
        LifeRecord life = lab.recorded();
        Set<String> tried = new HashSet<>();
        List<Callable<String>> cases = new ArrayList<>();
        for (int point = 0; point <= life.log().size(); point++) {
            for (LifeRecord.End end : life.endsAt(point, seed)) {
                if (tried.add(end.image().fingerprint())) {
                    cases.add(() -> goOn(lab, life, end));
                }
            }
        }
        List<String> broken = SideBySide.run(LANES, cases);
        System.out.printf(
                "%s: cut off at %d points in its life, %d different disks, %d broken promises, seed %d%n",
                scenario.name(), life.log().size() + 1, tried.size(), broken.size(), seed);
        assertThat(life.log()).hasSizeGreaterThan(FEWEST_POINTS);
        assertThat(tried).hasSizeGreaterThan(2 * FEWEST_POINTS);
        assertThat(broken.stream().limit(5)).isEmpty();
    }

    /** Empty when all promises are kept. */
    private static String goOn(FaultLab lab, LifeRecord life, LifeRecord.End end) throws IOException {
        FaultRoot root = lab.unpacked(end.image());
        try {
            Promises promises = Promises.about(root, lab.scenario(), end.tearsWrites());
            lab.goOn(root);
            promises.hold();
            return "";
        } catch (IOException | RuntimeException | AssertionError e) {
            return end + ", in " + root.path() + "\n" + life.around(end.point()) + e;
        }
    }
}
