package dev.orchestrator;

import static org.assertj.core.api.Assertions.assertThat;

import dev.orchestrator.control.ControlClient;
import dev.orchestrator.task.TaskId;
import dev.orchestrator.testkit.Await;
import dev.orchestrator.testkit.SchemaCheck;
import dev.orchestrator.time.TimeSource;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/**
 * The packaged program, killed while a change is granted and applied, or taken back: in the end all of it is there or
 * nothing. More rounds: {@code ./mvnw verify -Dit.test=ApprovalRoundsIT -Dapproval.rounds=20}.
 */
@DisabledOnOs(value = OS.WINDOWS, disabledReason = "platform: the agent is a shell script")
class ApprovalRoundsIT {
    private static final int ROUNDS = Integer.getInteger("approval.rounds", 2);
    private static final int FILES = 300;
    /** What is prepared last, whichever way. */
    private static final String LAST = "299";

    private static final Duration LONG = Duration.ofSeconds(60);
    private static final TaskId ID = new TaskId("safe");

    private final long seed = Long.getLong("approval.seed", System.nanoTime());
    private final Random random = new Random(seed);
    private int kills;
    private int halfway;

    @Test
    void all_or_nothing(@TempDir Path temp) throws Exception {
        for (int round = 0; round < ROUNDS; round++) {
            round(Files.createDirectory(temp.toRealPath().resolve("round-" + round)));
        }
        System.out.printf(
                "%d rounds, %d kills around approval (%d found a part of the change), seed %d: all or nothing%n",
                ROUNDS, kills, halfway, seed);
    }

    private void round(Path directory) throws Exception {
        Path project = Files.createDirectories(directory.resolve("home/project"));
        for (int i = 0; i < FILES; i++) {
            Files.writeString(project.resolve("f" + i), "old " + i + "\n");
        }
        try (JarDaemon daemon = new JarDaemon(directory)) {
            daemon.agent(agent());
            daemon.dropFile("safe", "---\nid: safe\ntype: custom\ncwd: project\nguarded: true\n---\nChange all.\n");
            daemon.start("run", "--once").await(LONG);
            SortedMap<String, String> before = contents(project);
            assertThat(before).hasSize(FILES);
            assertThat(Files.readString(daemon.home.artifact(ID))).contains("awaiting_approval");

            killedWhile(daemon, "approve", "\"status\":\"succeeded\"");
            SortedMap<String, String> after = contents(project);
            assertThat(after).as("seed %d", seed).isEqualTo(changed());

            killedWhile(daemon, "undo", "\"status\":\"rejected\"");
            assertThat(contents(project)).as("seed %d", seed).isEqualTo(before);
            SchemaCheck.files(daemon.home);
        }
    }

    /** Overwrites a third, removes a third, adds a hundred. */
    private static String agent() {
        return "i=0; while [ $i -lt 100 ]; do echo new $i > f$i; rm f$((i + 100)); mkdir -p d; echo add > d/$i; i=$((i + 1)); done";
    }

    private static SortedMap<String, String> changed() {
        SortedMap<String, String> wanted = new TreeMap<>();
        for (int i = 0; i < FILES; i++) {
            if (i < 100) {
                wanted.put("f" + i, "new " + i + "\n");
                wanted.put("d/" + i, "add\n");
            } else if (i >= 200) {
                wanted.put("f" + i, "old " + i + "\n");
            }
        }
        return wanted;
    }

    private static boolean isOver(Path plan) throws IOException {
        return Files.exists(plan) && Files.readString(plan).contains("\"applied\"");
    }

    private static SortedMap<String, String> contents(Path project) throws IOException {
        SortedMap<String, String> found = new TreeMap<>();
        try (Stream<Path> files = Files.walk(project)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                found.put(project.relativize(file).toString(), Files.readString(file));
            }
        }
        return found;
    }

    /** Kills a daemon once or twice while it does {@code command}, then lets one come to the end. */
    private void killedWhile(JarDaemon daemon, String command, String end) throws Exception {
        SortedMap<String, String> before = contents(daemon.home.root().resolve("project"));
        new ControlClient(daemon.home, () -> false, TimeSource.system())
                .give(new ControlClient.Wish(command, ID, null, List.of()), "test", Duration.ZERO);
        for (int kill = 1 + random.nextInt(2); kill > 0; kill--) {
            JarDaemon.Started started = daemon.start("run");
            Path plan = daemon.home.runs(ID).resolve("turn-" + (command.equals("undo") ? 2 : 1) + ".apply.json");
            // Either anywhere in it, or while the files are renamed.
            Path prepared = daemon.home.root().resolve("project/.orchestrator-applying");
            boolean late = random.nextInt(4) > 0;
            Await.until(
                    LONG,
                    () -> Files.exists(late ? prepared.resolve(LAST) : plan) || isOver(plan) || !started.isAlive());
            LockSupport.parkNanos(TimeUnit.MICROSECONDS.toNanos(random.nextInt(late ? 30_000 : 300_000)));
            daemon.kill();
            kills++;
            SortedMap<String, String> now = contents(daemon.home.root().resolve("project"));
            now.keySet().removeIf(path -> path.startsWith(".orchestrator-applying"));
            boolean whole = now.equals(before) || now.equals(changed());
            halfway += whole ? 0 : 1;
        }
        if (command.equals("undo") && Files.exists(daemon.home.runs(ID).resolve("turn-2.apply.json"))) {
            // What was begun is not left half done by whoever does not want it any more.
            new ControlClient(daemon.home, () -> false, TimeSource.system())
                    .give(new ControlClient.Wish("cancel", ID, null, List.of()), "test", Duration.ZERO);
        }
        daemon.start("run", "--once").await(LONG);
        assertThat(daemon.journal()).as("seed %d", seed).contains(end);
    }
}
