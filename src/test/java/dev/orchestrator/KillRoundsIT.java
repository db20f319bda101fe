package dev.orchestrator;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.orchestrator.testkit.Await;
import dev.orchestrator.testkit.SchemaCheck;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/**
 * The packaged program, killed at random moments among 200 tasks, round after round. More rounds: {@code ./mvnw verify
 * -Dit.test=KillRoundsIT -Dkill.rounds=20}.
 */
@DisabledOnOs(value = OS.WINDOWS, disabledReason = "platform: the agent is a shell script")
class KillRoundsIT {
    private static final int ROUNDS = Integer.getInteger("kill.rounds", 1);
    private static final int TASKS = 200;
    private static final int KILLS = 5;
    private static final Duration LONG = Duration.ofSeconds(120);

    private final long seed = Long.getLong("kill.seed", System.nanoTime());
    private final Random random = new Random(seed);
    private final Count count = new Count();

    /** What should not be. */
    private static final class Count {
        int kills;
        int torn;
        int lost;
        int runAgain;
        int secondArtifacts;

        boolean isClean() {
            return torn + lost + runAgain + secondArtifacts == 0;
        }

        @Override
        public String toString() {
            return "lost " + lost + ", torn " + torn + ", run again " + runAgain + ", second artifacts "
                    + secondArtifacts;
        }
    }

    @Test
    void nothing_is_lost_torn_run_again_or_published_twice(@TempDir Path temp) throws Exception {
        for (int round = 0; round < ROUNDS; round++) {
            round(Files.createDirectory(temp.toRealPath().resolve("round-" + round)));
        }
        System.out.printf("%d rounds of %d tasks, %d kills, seed %d: %s%n", ROUNDS, TASKS, count.kills, seed, count);
        assertThat(count).matches(Count::isClean);
    }

    private void round(Path directory) throws Exception {
        try (JarDaemon daemon = new JarDaemon(directory)) {
            Path record = Files.createFile(directory.resolve("record"));
            daemon.agent(agent(record));
            drop(daemon);
            for (int kill = 0; kill < KILLS; kill++) {
                int before = artifacts(daemon);
                int goal = Math.min(TASKS, before + 1 + random.nextInt(2 * TASKS / (KILLS + 1)));
                daemon.start("run");
                Await.until(LONG, () -> artifacts(daemon) >= goal);
                daemon.kill();
                count.kills++;
                lookForTornFiles(daemon);
            }
            assertThat(daemon.start("run", "--once").await(LONG)).isZero();
            judge(SchemaCheck.of(daemon.home.root()), Files.readAllLines(record));
        }
    }

    /** Works for 30 ms, and writes down under the name of its session when it begins and when it has done its work. */
    private static String agent(Path record) {
        return String.join(
                "\n",
                "for word in \"$@\"; do",
                "  case \"$before\" in --session-id|--resume) session=$word;; esac",
                "  before=$word",
                "done",
                "echo \"begin $session\" >> '" + record + "'",
                "sleep 0.03",
                "echo \"end $session\" >> '" + record + "'");
    }

    private static void drop(JarDaemon daemon) throws IOException {
        for (int i = 0; i < TASKS; i++) {
            daemon.drop("t" + i);
        }
    }

    private static int artifacts(JarDaemon daemon) throws IOException {
        return results(daemon).size();
    }

    private static List<Path> results(JarDaemon daemon) throws IOException {
        if (!Files.exists(daemon.home.results())) {
            return List.of();
        }
        try (Stream<Path> files = Files.list(daemon.home.results())) {
            return files.filter(file -> file.toString().endsWith(".json")
                            && !file.equals(daemon.home.index())
                            && !String.valueOf(file.getFileName()).startsWith("."))
                    .toList();
        }
    }

    /** As a reader finds them in this moment, before anybody repairs anything. */
    private void lookForTornFiles(JarDaemon daemon) throws IOException {
        List<Path> files = new ArrayList<>(results(daemon));
        files.add(daemon.home.index());
        files.add(daemon.home.state());
        for (Path file : files) {
            if (Files.exists(file) && isTorn(file)) {
                count.torn++;
            }
        }
    }

    private static boolean isTorn(Path file) throws IOException {
        try {
            return new ObjectMapper().readTree(Files.readAllBytes(file)).isMissingNode();
        } catch (JsonProcessingException e) {
            return true;
        }
    }

    private void judge(List<JsonNode> journal, List<String> record) {
        Map<String, String> tasks = new HashMap<>();
        Map<String, Integer> published = new HashMap<>();
        Set<String> succeeded = new HashSet<>();
        for (JsonNode event : journal) {
            String task = event.path("task_id").asText();
            switch (event.path("event").asText()) {
                case "attempt_started" -> tasks.put(event.path("session_id").asText(), task);
                case "artifact_written" -> published.merge(task, 1, Integer::sum);
                case "task_finished" -> {
                    if (event.path("status").asText().equals("succeeded")) {
                        succeeded.add(task);
                    }
                }
                default -> {
                    // Says nothing about this.
                }
            }
        }
        count.lost += TASKS - succeeded.size();
        count.secondArtifacts +=
                published.values().stream().mapToInt(times -> times - 1).sum();
        Set<String> done = new HashSet<>();
        for (String line : record) {
            String task = tasks.getOrDefault(line.substring(line.indexOf(' ') + 1), line);
            if (line.startsWith("end")) {
                done.add(task);
            } else if (done.contains(task)) {
                count.runAgain++;
            }
        }
    }
}
