package dev.orchestrator;

import static org.assertj.core.api.Assertions.assertThat;

import dev.orchestrator.config.Home;
import dev.orchestrator.process.FaultyProcesses;
import dev.orchestrator.testkit.LeapingTime;
import dev.orchestrator.testkit.ManualTime;
import dev.orchestrator.testkit.disk.DiskImage;
import dev.orchestrator.testkit.disk.DiskModel;
import dev.orchestrator.testkit.disk.DiskRecorder;
import dev.orchestrator.testkit.disk.DiskWatch;
import dev.orchestrator.testkit.disk.FaultyDisk;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Homes side by side in which one scenario is lived through. Thread-safe. */
final class FaultLab {
    /** Longer than any life, whose time leaps. */
    private static final Duration BETWEEN_LIVES = Duration.ofDays(30);

    private static final Pattern SESSION = Pattern.compile("[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}");

    private final Path directory;
    private final FaultScenario scenario;
    private final Path agent;
    private final Path work;
    private final AtomicInteger number = new AtomicInteger();

    /** @param directory empty */
    FaultLab(Path directory, FaultScenario scenario) throws IOException {
        this.directory = directory.toRealPath();
        this.scenario = scenario;
        this.agent = FaultScenario.agent(this.directory);
        this.work = Files.createDirectory(this.directory.resolve("work"));
    }

    FaultScenario scenario() {
        return scenario;
    }

    Path agent() {
        return agent;
    }

    Path work() {
        return work;
    }

    /** A home in which everything was dropped and nothing has happened yet. */
    FaultRoot fresh() throws IOException {
        FaultRoot root = new FaultRoot(Files.createDirectory(next()));
        scenario.drop(root.home());
        Files.createFile(root.starts());
        return root;
    }

    /** A home as it is in {@code image}, but with sessions of its own: a run is known to its next daemon by its session. */
    FaultRoot unpacked(DiskImage image) throws IOException {
        FaultRoot root = new FaultRoot(next());
        withSessionsOfItsOwn(image).unpack(root.path());
        return root;
    }

    private Path next() {
        return directory.resolve("root-" + number.incrementAndGet());
    }

    /** The first life in {@code root}, on a disk that {@code watch} stands before. */
    void live(FaultRoot root, DiskWatch watch) throws IOException {
        live(root, watch, startOf(1));
    }

    private void live(FaultRoot root, DiskWatch watch, Instant start) throws IOException {
        FaultyDisk disk = new FaultyDisk();
        disk.watch(watch);
        live(new Home(disk.on(root.home().root())), root, start);
    }

    /** The first life in {@code root}, whose agents are started in {@code processes}. */
    void live(FaultRoot root, FaultyProcesses processes) throws IOException {
        life(startOf(1)).live(root.home(), scenario.agentArguments(root.starts()), processes.runner());
    }

    /** A second life in {@code root}, on a good disk. */
    void goOn(FaultRoot root) throws IOException {
        live(root.home(), root, startOf(2));
    }

    /** A second life in {@code root}, whose agents are looked for and started in {@code processes}. */
    void goOn(FaultRoot root, FaultyProcesses processes) throws IOException {
        life(startOf(2)).live(root.home(), scenario.agentArguments(root.starts()), processes.runner());
    }

    /** A third one. */
    void goOnAgain(FaultRoot root) throws IOException {
        live(root.home(), root, startOf(3));
    }

    /** A life in {@code root} behind one that had the time of day. */
    void goOnAfterToday(FaultRoot root) throws IOException {
        Instant later = Instant.now().plus(BETWEEN_LIVES);
        live(root.home(), root, later.isAfter(startOf(3)) ? later : startOf(3));
    }

    private static Instant startOf(int life) {
        return ManualTime.START.plus(BETWEEN_LIVES.multipliedBy(life - 1));
    }

    private void live(Home home, FaultRoot root, Instant start) throws IOException {
        life(start).live(home, scenario.agentArguments(root.starts()));
    }

    private DaemonLife life(Instant start) {
        return new DaemonLife(agent, work, new LeapingTime(start));
    }

    /** A whole life without faults. */
    LifeRecord recorded() throws IOException {
        return recorded(fresh(), startOf(1));
    }

    /** A second life without faults. */
    LifeRecord recordedOn(FaultRoot root) throws IOException {
        return recorded(root, startOf(2));
    }

    /** Held against the disk that it leaves. */
    private LifeRecord recorded(FaultRoot root, Instant start) throws IOException {
        DiskImage before = DiskImage.of(root.path());
        DiskRecorder recorder = new DiskRecorder(root::writtenByAgents);
        live(root, recorder, start);
        LifeRecord life =
                new LifeRecord(() -> DiskModel.of(root.path(), root.home().root(), before), recorder.log());
        DiskImage after = DiskImage.of(root.path());
        assertThat(life.end().fingerprint())
                .as("the record tells what happened: %s\n%s", life.end(), after)
                .isEqualTo(after.fingerprint());
        return life;
    }

    private static DiskImage withSessionsOfItsOwn(DiskImage image) {
        Map<String, String> sessions = new HashMap<>();
        for (String file : new String[] {"starts", "home/logs/events.ndjson", "home/logs/events-000001.ndjson"}) {
            Matcher ids = SESSION.matcher(text(image.files().getOrDefault(file, new byte[0])));
            while (ids.find()) {
                sessions.computeIfAbsent(ids.group(), id -> UUID.randomUUID().toString());
            }
        }
        return image.with(content -> {
            String text = text(content);
            for (Map.Entry<String, String> session : sessions.entrySet()) {
                text = text.replace(session.getKey(), session.getValue());
            }
            return text.getBytes(StandardCharsets.ISO_8859_1);
        });
    }

    private static String text(byte[] content) {
        return new String(content, StandardCharsets.ISO_8859_1);
    }
}
