package dev.orchestrator;

import static org.assertj.core.api.Assertions.assertThat;

import dev.orchestrator.config.Home;
import dev.orchestrator.testkit.DiskImage;
import dev.orchestrator.testkit.DiskModel;
import dev.orchestrator.testkit.DiskRecorder;
import dev.orchestrator.testkit.FaultyDisk;
import dev.orchestrator.testkit.LeapingTime;
import dev.orchestrator.testkit.ManualTime;
import dev.orchestrator.testkit.Quiet;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
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
    private static final Pattern SESSION = Pattern.compile("[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}");
    private static final int LANES = 4;
    /** A life has more changes than this; a harness that sees fewer is blind. */
    private static final int FEWEST_POINTS = 60;
    /** Behind every time that the recorded life comes to. */
    private static final Instant LATER = ManualTime.START.plus(Duration.ofDays(30));

    @TempDir
    Path temp;

    private final AtomicInteger number = new AtomicInteger();

    @ParameterizedTest
    @FieldSource("dev.orchestrator.FaultScenario#ALL")
    void nothing_is_lost_torn_or_done_twice_wherever_a_life_is_cut_off(FaultScenario scenario) throws Exception {
        long began = System.nanoTime();
        long seed = Long.getLong("faults.seed", new Random().nextLong());
        LifeRecord life = record(scenario);
        Set<String> tried = new HashSet<>();
        List<String> broken = new ArrayList<>();
        ExecutorService lanes = Executors.newFixedThreadPool(LANES);
        try {
            List<Future<String>> results = new ArrayList<>();
            for (int point = 0; point <= life.log().size(); point++) {
                for (LifeRecord.End end : life.endsAt(point, seed)) {
                    if (tried.add(end.image().fingerprint())) {
                        results.add(lanes.submit(() -> goOn(scenario, life, end)));
                    }
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
        System.out.println("Crash points, " + scenario.name() + ": "
                + (life.log().size() + 1) + " points, " + tried.size() + " different disks, " + broken.size()
                + " with a broken promise, seed " + seed + ", " + (System.nanoTime() - began) / 1_000_000 + " ms");
        assertThat(life.log()).hasSizeGreaterThan(FEWEST_POINTS);
        assertThat(tried).hasSizeGreaterThan(2 * FEWEST_POINTS);
        assertThat(broken.stream().limit(5)).isEmpty();
    }

    private LifeRecord record(FaultScenario scenario) throws IOException {
        FaultRoot root = new FaultRoot(Files.createDirectories(directory().resolve("recorded")));
        scenario.drop(root.home());
        Files.createFile(root.starts());
        DiskImage before = DiskImage.of(root.path());
        DiskRecorder recorder = new DiskRecorder(root::writtenByAgents);
        FaultyDisk disk = new FaultyDisk();
        disk.watch(recorder);
        live(new Home(disk.on(root.home().root())), root, scenario, ManualTime.START);
        LifeRecord life =
                new LifeRecord(() -> DiskModel.of(root.path(), root.home().root(), before), recorder.log());
        DiskModel after = DiskModel.of(root.path(), root.home().root(), before);
        life.log().forEach(after::apply);
        assertThat(after.whole().fingerprint())
                .as("the record tells what happened: %s\n%s", after.whole(), DiskImage.of(root.path()))
                .isEqualTo(DiskImage.of(root.path()).fingerprint());
        return life;
    }

    /** Empty when all promises are kept. */
    private String goOn(FaultScenario scenario, LifeRecord life, LifeRecord.End end) {
        try {
            FaultRoot root = new FaultRoot(directory().resolve("end-" + number.incrementAndGet()));
            withSessionsOfItsOwn(end.image()).unpack(root.path());
            try {
                Promises promises = Promises.about(root, scenario, end.tearsWrites());
                live(root.home(), root, scenario, LATER);
                promises.hold();
                return "";
            } catch (Exception | AssertionError e) {
                return end.point() + ", " + end.how() + ", in " + root.path() + "\n" + life.around(end.point()) + e;
            }
        } catch (Exception e) {
            return end + ": " + e;
        }
    }

    /** Ends are tried side by side, and a run is known to its next daemon by its session. */
    private static DiskImage withSessionsOfItsOwn(DiskImage image) {
        Map<String, String> sessions = new HashMap<>();
        String starts = new String(image.files().getOrDefault("starts", new byte[0]), StandardCharsets.UTF_8);
        String journal =
                new String(image.files().getOrDefault("home/logs/events.ndjson", new byte[0]), StandardCharsets.UTF_8);
        Matcher ids = SESSION.matcher(starts + journal);
        while (ids.find()) {
            sessions.computeIfAbsent(ids.group(), id -> UUID.randomUUID().toString());
        }
        return image.with(content -> {
            String text = new String(content, StandardCharsets.ISO_8859_1);
            for (Map.Entry<String, String> session : sessions.entrySet()) {
                text = text.replace(session.getKey(), session.getValue());
            }
            return text.getBytes(StandardCharsets.ISO_8859_1);
        });
    }

    private void live(Home home, FaultRoot root, FaultScenario scenario, Instant start) throws IOException {
        new DaemonLife(directory().resolve("agent.sh"), directory().resolve("work"), new LeapingTime(start))
                .live(home, scenario.agentArguments(root.starts()));
    }

    private Path directory() throws IOException {
        Path directory = temp.toRealPath();
        if (!Files.exists(directory.resolve("work"))) {
            Files.createDirectory(directory.resolve("work"));
            FaultScenario.agent(directory);
        }
        return directory;
    }
}
