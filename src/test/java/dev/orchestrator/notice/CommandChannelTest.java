package dev.orchestrator.notice;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.orchestrator.notice.Channel.Delivery;
import dev.orchestrator.task.Notice;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** With the system's own shell for a program. */
@Timeout(60)
@DisabledOnOs(value = OS.WINDOWS, disabledReason = "the programs here are scripts of /bin/sh")
class CommandChannelTest {
    private static final Letter LETTER = new Letter(
            "1.0", "x-7", Notice.Kind.SETTINGS, Instant.EPOCH, "/home", null, null, null, "f\u00fcnf", null, null);

    @TempDir
    Path temp;

    private Delivery deliver(String script) throws Exception {
        return deliver(List.of("sh", "-c", script), Duration.ofSeconds(30));
    }

    private Delivery deliver(List<String> command, Duration patience) throws Exception {
        Map<String, String> environment = Map.of(
                "PATH", System.getenv("PATH"),
                "NTFY_TOPIC", "mine",
                "ORCHESTRATOR_TELEGRAM_TOKEN", "secret",
                "ANTHROPIC_API_KEY", "secret",
                "CLAUDE_CODE_OAUTH_TOKEN", "secret");
        return new CommandChannel(command, temp, environment, false, patience).deliver(LETTER);
    }

    @Test
    void it_reads_the_letter_and_ends_well_when_it_is_taken() throws Exception {
        assertThat(deliver("cat > letter.json")).isEqualTo(new Delivery.Delivered());

        JsonNode letter =
                new ObjectMapper().readTree(temp.resolve("letter.json").toFile());
        assertThat(letter.path("id").asText()).isEqualTo("x-7");
        assertThat(letter.path("text").asText()).isEqualTo("f\u00fcnf");
    }

    @Test
    void it_sees_what_is_the_users_and_nothing_of_the_daemons_or_the_agents() throws Exception {
        deliver("env > seen");
        assertThat(Files.readString(temp.resolve("seen")))
                .contains("NTFY_TOPIC=mine")
                .doesNotContain("secret");
    }

    @Test
    void whatever_goes_wrong_it_is_asked_again_and_why_is_what_it_says() throws Exception {
        assertThat(deliver("echo no network >&2; exit 7"))
                .isEqualTo(new Delivery.Later("sh ended with 7: no network", null));
        assertThat(deliver(List.of("no-such-program-of-theirs"), Duration.ofSeconds(1)))
                .isEqualTo(new Delivery.Later("there is no program no-such-program-of-theirs", null));
    }

    @Test
    void by_65_it_says_that_it_never_will() throws Exception {
        assertThat(deliver("exit 65")).isEqualTo(new Delivery.Refused("sh ended with 65"));
    }

    @Test
    void who_does_not_come_to_an_end_is_stopped() throws Exception {
        Delivery delivery = deliver(List.of("sh", "-c", "echo $$ > pid; exec sleep 600"), Duration.ofSeconds(2));

        assertThat(delivery).isEqualTo(new Delivery.Later("sh was stopped after 2 s", null));
        long pid = Long.parseLong(Files.readString(temp.resolve("pid")).strip());
        assertThat(ProcessHandle.of(pid).filter(ProcessHandle::isAlive)).isEmpty();
    }

    @Test
    void who_is_not_waited_for_any_more_is_stopped_too() throws Exception {
        Thread teller = new Thread(() -> {
            try {
                deliver("echo $$ > pid; exec sleep 600");
            } catch (Exception e) {
                // It is interrupted, as it is to be.
            }
        });
        teller.start();
        dev.orchestrator.testkit.Await.until(
                Duration.ofSeconds(20), () -> !read(temp.resolve("pid")).isEmpty());
        teller.interrupt();
        teller.join();

        long pid = Long.parseLong(read(temp.resolve("pid")));
        assertThat(ProcessHandle.of(pid).filter(ProcessHandle::isAlive)).isEmpty();
    }

    private static String read(Path file) {
        try {
            return Files.readString(file).strip();
        } catch (java.io.IOException e) {
            return "";
        }
    }
}
