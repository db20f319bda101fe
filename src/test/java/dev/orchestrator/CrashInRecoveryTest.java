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
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;

/**
 * Lives that are cut off anywhere, and whose successor is cut off as well before it is done with what the first left. The
 * second life is recorded like the first; a third goes on from where chance cuts it.
 */
@DisabledOnOs(value = OS.WINDOWS, disabledReason = "platform: the agent of this test is a shell script")
@ExtendWith(Quiet.class)
@Timeout(600)
class CrashInRecoveryTest {
    private static final int LANES = 8;
    /** Every pair is thousands: {@code -Dfaults.second=N} tries more of them. */
    private static final int SECOND_CRASHES = Integer.getInteger("faults.second", 2);

    private static final int FEWEST_PAIRS = 60;

    /** Those with the most to recover: an attempt that was lost before the crash, and a file that is not a task. */
    static final List<FaultScenario> SCENARIOS = List.of(FaultScenario.RETRY, FaultScenario.REJECTED);

    @TempDir
    Path temp;

    private final AtomicInteger tried = new AtomicInteger();

    /** Another seed for what is left to chance: {@code -Dfaults.seed=N}. */
    @ParameterizedTest
    @FieldSource("SCENARIOS")
    void nothing_is_lost_torn_or_done_twice_when_recovery_is_cut_off_too(FaultScenario scenario) throws Exception {
        long seed = Long.getLong("faults.seed", new Random().nextLong());
        FaultLab lab = new FaultLab(temp, scenario);
        LifeRecord life = lab.recorded();
        Set<String> different = new HashSet<>();
        List<Callable<String>> cases = new ArrayList<>();
        for (int point = 0; point <= life.log().size(); point++) {
            long chance = seed + point;
            LifeRecord.End end = oneOf(life.endsAt(point, seed), new Random(chance));
            if (different.add(end.image().fingerprint())) {
                cases.add(() -> cutOffAgain(lab, end, new Random(chance)));
            }
        }
        List<String> broken = SideBySide.run(LANES, cases);
        System.out.printf(
                "%s: %d different disks after a crash, recovery cut off at %d points, %d broken promises, seed %d%n",
                scenario.name(), cases.size(), tried.get(), broken.size(), seed);
        assertThat(tried.get()).isGreaterThan(FEWEST_PAIRS);
        assertThat(broken.stream().limit(5)).isEmpty();
    }

    /** Every second time how a daemon mostly ends. */
    private static LifeRecord.End oneOf(List<LifeRecord.End> ends, Random random) {
        return ends.get(random.nextBoolean() ? 0 : random.nextInt(ends.size()));
    }

    /** Empty when all promises are kept, by the second life were it not cut off, and by the third. */
    private String cutOffAgain(FaultLab lab, LifeRecord.End first, Random random) throws IOException {
        FaultRoot root = lab.unpacked(first.image());
        LifeRecord second;
        try {
            Promises promises = Promises.about(root, lab.scenario(), first.tearsWrites());
            second = lab.recordedOn(root);
            promises.hold();
        } catch (IOException | RuntimeException | AssertionError e) {
            return first + ", in " + root.path() + "\n" + e;
        }
        StringBuilder broken = new StringBuilder();
        for (int i = 0; i < SECOND_CRASHES; i++) {
            List<LifeRecord.End> ends =
                    second.endsAt(random.nextInt(second.log().size() + 1), random.nextLong());
            broken.append(goOn(lab, first, second, oneOf(ends, random)));
        }
        return broken.toString();
    }

    private String goOn(FaultLab lab, LifeRecord.End first, LifeRecord second, LifeRecord.End end) throws IOException {
        FaultRoot root = lab.unpacked(end.image());
        tried.incrementAndGet();
        try {
            Promises promises = Promises.about(root, lab.scenario(), first.tearsWrites() || end.tearsWrites());
            lab.goOnAgain(root);
            promises.hold();
            return "";
        } catch (IOException | RuntimeException | AssertionError e) {
            return first + ", then " + end + ", in " + root.path() + "\n" + second.around(end.point()) + e + "\n";
        }
    }
}
