package dev.orchestrator;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.orchestrator.testkit.Await;
import dev.orchestrator.testkit.SchemaCheck;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/**
 * The packaged program meets a spent plan with many tasks in its queue (peers 8). With a longer limit: {@code ./mvnw verify
 * -Dit.test=UsageLimitIT -Dlimit.seconds=20}.
 */
@DisabledOnOs(value = OS.WINDOWS, disabledReason = "platform: the agent is a shell script")
class UsageLimitIT {
    private static final long SECONDS = Long.getLong("limit.seconds", 4);
    private static final int TASKS = 50;
    private static final int WORKERS = 3;
    private static final Duration LONG = Duration.ofSeconds(60 + SECONDS);

    @Test
    void all_tasks_wait_for_the_reset_and_none_of_them_loses_its_only_attempt(@TempDir Path temp) throws Exception {
        Path directory = temp.toRealPath();
        try (JarDaemon daemon = new JarDaemon(directory)) {
            // The first run says when: so the limit lasts as long on a slow machine.
            daemon.agent(agent(directory.resolve("reset")));
            for (int i = 0; i < TASKS; i++) {
                daemon.drop("t" + i, "retries: 0");
            }
            Instant before = Instant.now();
            daemon.start("run", "--workers", String.valueOf(WORKERS));
            Await.until(LONG, () -> daemon.journal().contains("\"queue_paused\""));
            daemon.drop("late", "retries: 0");
            Await.until(LONG, () -> daemon.journal().contains("\"task_id\":\"late\""));
            assertThat(count(daemon, "queue_resumed"))
                    .as("accepted while the limit lasts")
                    .isZero();
            Await.until(LONG, () -> count(daemon, "task_finished") == TASKS + 1);
            daemon.kill();

            List<JsonNode> journal = SchemaCheck.of(daemon.home.root());
            long met = events(journal, "paused_by_limit");
            System.out.printf(
                    "%d tasks, a limit of %d s: %d starts, %d of them met the limit, %d paused, %d resumed, all over after"
                            + " %.1f s%n",
                    TASKS,
                    SECONDS,
                    events(journal, "attempt_started"),
                    met,
                    events(journal, "queue_paused"),
                    events(journal, "queue_resumed"),
                    Duration.between(before, Instant.now()).toMillis() / 1000.0);
            assertThat(journal)
                    .filteredOn(event -> event.path("event").asText().equals("task_finished"))
                    .allMatch(event -> event.path("status").asText().equals("succeeded"))
                    .hasSize(TASKS + 1);
            assertThat(met).isBetween(1L, (long) WORKERS);
            assertThat(events(journal, "attempt_started")).isEqualTo(TASKS + 1 + met);
            assertThat(events(journal, "queue_paused")).isEqualTo(1);
            assertThat(events(journal, "queue_resumed")).isEqualTo(1);
        }
    }

    /** As the CLI 2.1.330 says it. */
    private static String agent(Path reset) {
        String limit =
                "{\"type\":\"rate_limit_event\",\"rate_limit_info\":{\"status\":\"rejected\",\"resetsAt\":'$reset',"
                        + "\"rateLimitType\":\"five_hour\",\"isUsingOverage\":false}}";
        String result = "{\"type\":\"result\",\"subtype\":\"success\",\"is_error\":true,\"api_error_status\":429,"
                + "\"terminal_reason\":\"api_error\",\"num_turns\":1,\"total_cost_usd\":0,\"usage\":{},"
                + "\"permission_denials\":[],\"session_id\":\"s\",\"result\":\"You have hit your session limit\"}";
        return String.join(
                "\n",
                "set -C",
                "echo $(($(date +%s) + " + SECONDS + ")) 2> /dev/null > '" + reset + "'",
                "until read -r reset < '" + reset + "'; do :; done",
                "if [ $(date +%s) -lt $reset ]; then",
                "  echo '" + limit + "'",
                "  echo '" + result + "'",
                "  exit 1",
                "fi");
    }

    private static long count(JarDaemon daemon, String event) throws IOException {
        return daemon.journal()
                .lines()
                .filter(line -> line.contains("\"event\":\"" + event + "\""))
                .count();
    }

    private static long events(List<JsonNode> journal, String event) {
        return journal.stream()
                .filter(each -> each.path("event").asText().equals(event))
                .count();
    }
}
