package dev.orchestrator.telegram;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.orchestrator.notice.Channel;
import dev.orchestrator.notice.Letter;
import dev.orchestrator.task.Notice;
import dev.orchestrator.task.TaskId;
import dev.orchestrator.task.TaskStatus;
import dev.orchestrator.testkit.LoopbackTelegram;
import dev.orchestrator.testkit.ManualTime;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Locale;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import mockwebserver3.MockResponse;
import mockwebserver3.SocketEffect;
import okhttp3.HttpUrl;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Over the library, against a Bot API on loopback. */
@Timeout(60)
class BotTest {
    private static final Duration SHORT = Duration.ofSeconds(1);

    @TempDir
    Path temp;

    private final FakeDesk desk = new FakeDesk();
    private final ManualTime time = new ManualTime();
    private LoopbackTelegram telegram;
    private Gateway gateway;
    private Answers answers;

    @BeforeEach
    void start() throws IOException {
        telegram = new LoopbackTelegram();
        gateway = gateway(LoopbackTelegram.TOKEN);
        answers = new Answers(new Speaker(gateway), time);
    }

    private Gateway gateway(String token) {
        return new Gateway(token, HttpUrl.get(telegram.url()), SHORT);
    }

    @AfterEach
    void stop() {
        gateway.close();
        telegram.close();
    }

    /** One that has found that there is no webhook. */
    private Bot bot() {
        Bot bot = bot(gateway, "4242");
        bot.round(SHORT);
        return bot;
    }

    private Bot bot(Gateway which, String name) {
        return new Bot(
                which,
                answers,
                new Conversation(desk, true),
                new Taps(desk),
                Set.of(42L),
                new Bookmark(temp.resolve("telegram.json"), time),
                name,
                time);
    }

    /** Hears one, and says what can be said. */
    private Duration round(Bot bot) {
        Duration rest = bot.round(SHORT);
        answer();
        return rest;
    }

    private void answer() {
        while (answers.round().isZero()) {
            // There is one more.
        }
    }

    private String lastSaid() {
        return telegram.said().get(telegram.said().size() - 1).path("text").asText();
    }

    @Test
    void what_is_said_is_done_and_answered_and_then_confirmed() {
        telegram.says(42, "/status");
        Bot bot = bot();

        round(bot);
        assertThat(desk.done).containsExactly("status");
        assertThat(lastSaid()).isEqualTo("<pre>a table</pre>");
        assertThat(telegram.allHeard()).isFalse();
        round(bot);
        assertThat(telegram.allHeard()).isTrue();
    }

    @Test
    void whoever_is_not_on_the_list_gets_nothing_at_all() {
        telegram.says(666, "/task Delete everything there is.");
        telegram.says(666, "/start");

        round(bot());

        assertThat(desk.dropped).isEmpty();
        assertThat(desk.done).isEmpty();
        assertThat(telegram.said()).isEmpty();
    }

    @Test
    void nobody_is_heard_where_strangers_would_read_the_answer() {
        telegram.says(42, -1000, "/status");

        round(bot());

        assertThat(desk.done).isEmpty();
        assertThat(telegram.said()).isEmpty();
    }

    /** It was killed before it could write down that it was done. */
    @Test
    void what_was_done_just_before_a_crash_is_done_once() throws IOException {
        telegram.says(42, "/task Fix the login, please.");
        round(bot());
        Files.delete(temp.resolve("telegram.json"));
        round(bot());

        assertThat(desk.dropped).hasSize(1);
        assertThat(lastSaid()).contains("is there");
    }

    /** The network may be away from the answer on, for hours. */
    @Test
    void one_that_goes_on_for_another_does_nothing_a_second_time() {
        telegram.says(42, "/cancel one");
        round(bot());
        // It never came to say so.
        Bot second = bot();
        round(second);
        assertThat(desk.done).containsExactly("cancel one");
        assertThat(telegram.allHeard()).isTrue();
    }

    @Test
    void another_bot_or_one_of_yesterday_is_heard_from_where_telegram_begins() {
        telegram.says(42, "/cancel one");
        round(bot());
        assertThat(new Bookmark(temp.resolve("telegram.json"), time).of("777")).isZero();
        time.advance(Bookmark.KEPT);
        assertThat(new Bookmark(temp.resolve("telegram.json"), time).of("4242")).isZero();
    }

    /** Then Telegram may begin at another number, which may be lower. */
    @Test
    void after_a_day_in_which_nothing_was_said_all_that_comes_is_heard() {
        telegram.says(42, "/cancel one");
        Bot bot = bot();
        round(bot);
        round(bot);
        time.advance(Bookmark.KEPT);
        round(bot);
        telegram.beginsAt(7);
        telegram.says(42, "/cancel two");
        round(bot);

        assertThat(desk.done).containsExactly("cancel one", "cancel two");
    }

    @Test
    void who_is_to_be_left_alone_keeps_no_other_from_being_heard() {
        telegram.faults(request -> request.getBody().utf8().contains("a table")
                ? Optional.of(LoopbackTelegram.refused(429, "Too Many Requests", 30))
                : Optional.empty());
        telegram.says(42, "/status");
        telegram.says(42, "/pause now");
        Bot bot = bot();
        assertThat(round(bot)).isZero();
        assertThat(round(bot)).isZero();
        assertThat(desk.done).containsExactly("status", "pause now");
        assertThat(telegram.said()).isEmpty();

        telegram.faults(request -> Optional.empty());
        time.advance(Duration.ofSeconds(31));
        answer();
        assertThat(telegram.said())
                .extracting(message -> message.path("text").asText())
                .containsExactly("<pre>a table</pre>", "fine");
    }

    /** Without the file the agent would do something else. */
    @Test
    void a_file_that_cannot_be_had_now_is_asked_for_again() {
        AtomicInteger refused = new AtomicInteger();
        telegram.faults(request ->
                request.getTarget().toLowerCase(Locale.ROOT).contains("getfile") && refused.getAndIncrement() < 2
                        ? Optional.of(LoopbackTelegram.refused(429, "Too Many Requests", 3))
                        : Optional.empty());
        telegram.sends(42, "/task Mend what the report says.", "report.txt", new byte[20]);
        Bot bot = bot();

        assertThat(round(bot)).isEqualTo(Duration.ofSeconds(3));
        assertThat(round(bot)).isEqualTo(Duration.ofSeconds(3));
        assertThat(desk.dropped).isEmpty();
        assertThat(telegram.said()).isEmpty();
        round(bot);
        assertThat(desk.attached).hasSize(1);
        assertThat(desk.dropped).hasSize(1);
    }

    @Test
    void what_one_that_goes_home_did_not_come_to_the_next_one_does() {
        telegram.sends(42, "/task Mend what the report says.", "report.txt", new byte[20]);
        Bot first = bot();
        telegram.faults(request -> {
            first.close();
            return Optional.of(LoopbackTelegram.refused(500, "Internal", null));
        });
        for (int i = 0; i < 10; i++) {
            round(first);
        }
        assertThat(telegram.said()).isEmpty();

        telegram.faults(request -> Optional.empty());
        round(bot());
        assertThat(desk.dropped).hasSize(1);
    }

    /** Both were said while the network was away. */
    @Test
    void the_last_word_counts_however_late_it_comes() {
        desk.paused = Instant.now().plusSeconds(3600);
        telegram.says(42, "/pause for lunch");
        telegram.says(42, "/resume");
        Bot bot = bot();
        round(bot);
        round(bot);
        assertThat(desk.done).containsExactly("pause for lunch", "resume");
    }

    /** A daemon that is stopped then leaves it to the next one. */
    @Test
    void what_is_given_up_does_not_count_as_heard_until_that_is_told() {
        telegram.sends(42, "/task Mend what the report says.", "report.txt", new byte[20]);
        telegram.faults(request -> Optional.of(LoopbackTelegram.refused(500, "Internal", null)));
        Bot bot = bot();
        for (int i = 0; i < 10; i++) {
            assertThat(round(bot)).isPositive();
        }
        telegram.faults(request -> Optional.empty());
        round(bot());
        assertThat(desk.dropped).hasSize(1);
    }

    @Test
    void a_file_that_can_never_be_had_holds_nobody_up_for_long_and_that_is_said() {
        telegram.faults(request -> request.getTarget().toLowerCase(Locale.ROOT).contains("getfile")
                ? Optional.of(LoopbackTelegram.refused(500, "Internal", null))
                : Optional.empty());
        telegram.sends(42, "/task Mend what the report says.", "report.txt", new byte[20]);
        telegram.says(42, "/pause now");
        Bot bot = bot();
        for (int i = 0; i < 10; i++) {
            round(bot);
        }
        assertThat(desk.dropped).isEmpty();
        assertThat(telegram.said().get(0).path("text").asText())
                .startsWith("The file could not be had from Telegram (it answered 500)");
        assertThat(desk.done).containsExactly("pause now");
    }

    /** A task of one of the files would not be what was meant. */
    @Test
    void several_files_at_once_are_no_task_and_that_is_said_once() {
        for (int i = 0; i < 3; i++) {
            int part = i;
            telegram.gives(update -> {
                ObjectNode message = message(update);
                message.put("media_group_id", "77");
                message.putObject("document").put("file_id", "x").put("file_unique_id", "x");
                if (part == 0) {
                    message.put("caption", "/task Compare these three, please.");
                }
            });
        }
        Bot bot = bot();
        for (int i = 0; i < 3; i++) {
            round(bot);
        }
        assertThat(desk.dropped).isEmpty();
        assertThat(telegram.said()).hasSize(1);
        assertThat(lastSaid()).startsWith("One file can come with a task.");
    }

    @Test
    void a_voice_with_a_caption_is_no_task_without_it() {
        telegram.gives(update -> {
            ObjectNode message = message(update);
            message.put("caption", "/task Transcribe this, please.");
            message.putObject("voice")
                    .put("file_id", "x")
                    .put("file_unique_id", "x")
                    .put("duration", 3);
        });

        round(bot());

        assertThat(desk.dropped).isEmpty();
        assertThat(lastSaid()).endsWith("Nothing was done.");
    }

    private static ObjectNode message(ObjectNode update) {
        ObjectNode message = update.putObject("message").put("message_id", 1).put("date", 1_764_000_000);
        message.putObject("from").put("id", 42).put("is_bot", false).put("first_name", "x");
        message.putObject("chat").put("id", 42).put("type", "private");
        return message;
    }

    @Test
    void an_update_that_is_newer_than_the_library_keeps_nobody_from_being_heard() {
        telegram.gives(update -> update.putObject("callback_query").put("id", 1).put("from", "nobody"));
        telegram.gives(update -> update.put("message", "what is this?"));
        telegram.gives(
                update -> update.putObject("callback_query").put("id", "1").put("data", "a:1"));
        telegram.says(42, "/status");
        Bot bot = bot();

        for (int i = 0; i < 4; i++) {
            round(bot);
        }

        assertThat(desk.done).containsExactly("status");
    }

    @Test
    void an_update_that_brings_one_down_keeps_no_other_from_being_heard() {
        desk.shown = null;
        telegram.says(42, "/status");
        telegram.says(42, "/pause now");
        Bot bot = bot();

        round(bot);
        assertThat(lastSaid()).startsWith("That could not be done");
        round(bot);

        assertThat(desk.done).containsExactly("status", "pause now");
    }

    @Test
    void a_document_is_fetched_and_comes_with_the_task() {
        int number = telegram.sends(42, "/task Mend what the report says.", "Report.TXT", new byte[2_000]);

        round(bot());

        assertThat(desk.attached).containsExactly(telegram.taskId(number) + " report.txt 2000");
        assertThat(desk.dropped).containsKey(new TaskId(telegram.taskId(number)));
    }

    @Test
    void whoever_sends_something_else_is_told_that_nothing_comes_of_it() {
        telegram.gives(update -> {
            message(update).putObject("sticker").put("file_id", "x");
        });

        round(bot());

        assertThat(desk.dropped).isEmpty();
        assertThat(lastSaid()).isEqualTo("Only text, documents and photos are understood here. Nothing was done.");
    }

    @Test
    void a_long_answer_comes_in_parts_and_a_very_long_one_as_a_file() {
        Bot bot = bot();
        desk.shown = "line <&> of a table\n".repeat(400);
        telegram.says(42, "/status");
        round(bot);
        assertThat(telegram.said()).hasSizeBetween(2, 3);
        assertThat(telegram.said())
                .allSatisfy(message ->
                        assertThat(message.path("text").asText().length()).isLessThanOrEqualTo(Parts.LONGEST));

        desk.shown = "line of a table\n".repeat(4_000);
        telegram.says(42, "/status");
        round(bot);
        assertThat(lastSaid()).isEqualTo("(a file)");
    }

    @Test
    void what_telegram_does_not_take_with_tags_is_said_without() {
        telegram.faults(request -> request.getBody().utf8().contains("HTML")
                ? Optional.of(LoopbackTelegram.refused(400, "Bad Request: can't parse entities", null))
                : Optional.empty());
        telegram.says(42, "/status");

        round(bot());

        assertThat(lastSaid()).isEqualTo("a table");
    }

    @Test
    void a_wrong_token_is_no_reason_to_ask_without_rest_and_is_never_said() {
        try (Gateway wrong = gateway("999:wrong-token-of-somebody")) {
            Bot bot = bot(wrong, "999");
            assertThat(bot.round(SHORT)).isPositive();
            assertThat(bot.round(SHORT)).isGreaterThan(Duration.ofSeconds(1));
            assertThat(wrong.me()).isInstanceOf(Outcome.Refused.class);
        }
        telegram.close();
        Outcome.Unreachable<String> nobody = (Outcome.Unreachable<String>) gateway.me();
        assertThat(nobody.why()).doesNotContain(LoopbackTelegram.TOKEN);
    }

    private TelegramChannel channel() {
        return new TelegramChannel(42, new Speaker(gateway), letter -> Optional.empty(), Duration.ZERO);
    }

    private static Letter letter(int number) {
        return new Letter(
                "1.0",
                "x-" + number,
                Notice.Kind.SUCCEEDED,
                Instant.EPOCH,
                "/home",
                new TaskId("task-" + number),
                "Number " + number + ".",
                TaskStatus.SUCCEEDED,
                "",
                "It is done.",
                null);
    }

    @Test
    void who_wants_to_be_left_alone_says_for_how_long() throws Exception {
        telegram.faults(request -> Optional.of(LoopbackTelegram.refused(429, "Too Many Requests", 7)));
        assertThat(channel().deliver(letter(1)))
                .isEqualTo(new Channel.Delivery.Later("Telegram wants to be left alone", Duration.ofSeconds(7)));
    }

    @Test
    void a_notice_is_one_message_however_much_there_is_to_say() {
        Letter letter = new Letter(
                "1.0",
                "x-1",
                Notice.Kind.SETTINGS,
                Instant.EPOCH,
                "/home",
                null,
                null,
                null,
                "wrong, ".repeat(2_000),
                null,
                null);
        assertThat(TelegramChannel.text(letter).length()).isBetween(Parts.LONGEST / 2, Parts.LONGEST);
    }

    @Test
    void who_has_blocked_the_bot_is_not_told_again() throws Exception {
        telegram.faults(request -> Optional.of(LoopbackTelegram.refused(403, "Forbidden: bot was blocked", null)));
        assertThat(channel().deliver(letter(1))).isInstanceOf(Channel.Delivery.Refused.class);
        telegram.faults(request -> Optional.of(LoopbackTelegram.refused(401, "Unauthorized", null)));
        assertThat(channel().deliver(letter(1))).isInstanceOf(Channel.Delivery.Later.class);
    }

    /** Connections break before a message is heard; what breaks after that nobody can know. */
    @Test
    void of_two_hundred_notices_none_is_lost_and_none_comes_twice() throws Exception {
        long seed = new Random().nextLong();
        System.out.println("seed " + seed);
        Random random = new Random(seed);
        AtomicInteger refused = new AtomicInteger();
        telegram.faults(request -> switch (random.nextInt(5)) {
            case 0 -> {
                refused.incrementAndGet();
                yield Optional.of(LoopbackTelegram.refused(429, "Too Many Requests", 1));
            }
            case 1 -> {
                refused.incrementAndGet();
                yield Optional.of(new MockResponse.Builder()
                        .onResponseStart(SocketEffect.ShutdownConnection.INSTANCE)
                        .build());
            }
            default -> Optional.empty();
        });
        TelegramChannel channel = channel();
        for (int i = 0; i < 200; i++) {
            while (!(channel.deliver(letter(i)) instanceof Channel.Delivery.Delivered)) {
                // The postman waits here; nothing else is said in between.
            }
        }

        System.out.println("200 notices, " + refused + " times refused or cut off");
        assertThat(telegram.said()).hasSize(200);
        assertThat(telegram.said().stream()
                        .map(message -> message.path("text").asText())
                        .distinct())
                .hasSize(200);
    }
}
