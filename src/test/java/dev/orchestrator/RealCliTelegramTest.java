package dev.orchestrator;

import static dev.orchestrator.testkit.Script.script;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.orchestrator.config.ConfigLoader;
import dev.orchestrator.config.ConfigOutcome;
import dev.orchestrator.task.TaskId;
import dev.orchestrator.testkit.Await;
import dev.orchestrator.testkit.EffectOf;
import dev.orchestrator.testkit.LoopbackTelegram;
import dev.orchestrator.testkit.ScriptedApi;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A whole guarded task from a phone, with the real CLI and the real library. */
@Timeout(180)
class RealCliTelegramTest {
    private static final Duration LONG = Duration.ofSeconds(60);
    private static final long OWNER = 42;
    private static final long STRANGER = 666;

    @TempDir
    Path temp;

    private static JsonNode awaitSaid(LoopbackTelegram telegram, String text) {
        Await.until(
                LONG,
                () -> telegram.said().stream()
                        .anyMatch(message -> message.path("text").asText().contains(text)));
        return telegram.said().stream()
                .filter(message -> message.path("text").asText().contains(text))
                .findFirst()
                .orElseThrow();
    }

    @Test
    @EffectOf({"telegram.token", "telegram.allowed_users", "telegram.url", "guard.guarded_write", "claude.base_dir"})
    void from_the_first_word_to_the_approved_change() throws Exception {
        Path real = temp.toRealPath();
        Path shop = Files.createDirectories(real.resolve("home/shop"));
        Files.writeString(shop.resolve("price.txt"), "3 dollars\n");
        try (ScriptedApi api = ScriptedApi.start(script().tool(
                                "Write",
                                request -> Map.of(
                                        "file_path", request.workingDirectory() + "/price.txt", "content", "3 euros\n"))
                        .text("I set the price in price.txt to 3 euros."));
                LoopbackTelegram telegram = new LoopbackTelegram()) {
            OrchestratorRun run = new OrchestratorRun(real, api)
                    .set("claude.base_dir", shop.toString())
                    .set("guard.guarded_write", "true")
                    .set("telegram.token", LoopbackTelegram.TOKEN)
                    .set("telegram.allowed_users", String.valueOf(OWNER))
                    .set("telegram.url", telegram.url());
            ConfigOutcome.Loaded config =
                    (ConfigOutcome.Loaded) ConfigLoader.load(run.home, run.settings(), run.environment());
            run.home.prepare();
            try (Orchestrator daemon = run.daemon(config)) {
                daemon.start();
                telegram.says(STRANGER, "/task Delete everything there is.");
                String task = telegram.taskId(telegram.says(OWNER, "/bug_fix Set the price in price.txt to euros."));
                awaitSaid(telegram, "Task " + task + " is handed in.");
                JsonNode asked = awaitSaid(telegram, "Approve? " + task);
                telegram.says(OWNER, "/diff " + task);
                awaitSaid(telegram, "+3 euros");
                assertThat(shop.resolve("price.txt")).hasContent("3 dollars");

                String approve = asked.at("/reply_markup/inline_keyboard/0/0/callback_data")
                        .asText();
                telegram.taps(STRANGER, asked, approve);
                telegram.taps(OWNER, asked, approve);
                awaitSaid(telegram, "Done: " + task);
                awaitSaid(telegram, "1 file is changed");
                telegram.taps(
                        OWNER,
                        asked,
                        asked.at("/reply_markup/inline_keyboard/0/1/callback_data")
                                .asText());
                awaitSaid(telegram, "decided already");
                telegram.says(OWNER, "/status");
                awaitSaid(telegram, "1 succeeded");
                Await.until(LONG, telegram::allHeard);
            }

            assertThat(shop.resolve("price.txt")).hasContent("3 euros");
            assertThat(telegram.said())
                    .noneMatch(message -> message.path("chat_id").asLong() == STRANGER);
            assertThat(Files.readString(run.home.journal())).doesNotContain(LoopbackTelegram.TOKEN);
            System.out.println(String.join("\n", telegram.log()));
        }
    }

    /** It lies in the home, where else an agent could read nothing of it. */
    @Test
    void an_agent_reads_the_file_that_came_with_its_task_and_does_not_change_it() throws Exception {
        Path real = temp.toRealPath();
        Path shop = Files.createDirectories(real.resolve("shop"));
        AtomicReference<Path> report = new AtomicReference<>();
        try (ScriptedApi api = ScriptedApi.start(script().tool(
                                "Read",
                                request -> Map.of("file_path", report.get().toString()))
                        .tool(
                                "Write",
                                request ->
                                        Map.of("file_path", report.get().toString(), "content", "nothing to see here"))
                        .text("The report says in its only line that the till was empty at noon."));
                LoopbackTelegram telegram = new LoopbackTelegram()) {
            OrchestratorRun run = new OrchestratorRun(real, api)
                    .set("claude.base_dir", shop.toString())
                    .set("claude.allowed_roots", shop.toString())
                    .set("telegram.token", LoopbackTelegram.TOKEN)
                    .set("telegram.allowed_users", String.valueOf(OWNER))
                    .set("telegram.url", telegram.url());
            ConfigOutcome.Loaded config =
                    (ConfigOutcome.Loaded) ConfigLoader.load(run.home, run.settings(), run.environment());
            run.home.prepare();
            byte[] content = "The till was empty at noon.\n".getBytes(StandardCharsets.UTF_8);
            try (Orchestrator daemon = run.daemon(config)) {
                String task = telegram.taskId(
                        telegram.sends(OWNER, "/bug_fix Say what the report says.", "Day report.txt", content));
                report.set(run.home.attachments(new TaskId(task)).resolve("day-report.txt"));
                daemon.start();
                awaitSaid(telegram, task + "\n");
            }

            assertThat(api.requests())
                    .anyMatch(request -> request.toolResults().stream()
                            .anyMatch(result -> result.contains("The till was empty at noon")));
            assertThat(report.get()).hasBinaryContent(content);
        }
    }
}
