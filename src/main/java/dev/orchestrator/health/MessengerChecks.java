package dev.orchestrator.health;

import dev.orchestrator.config.NoticesConfig;
import dev.orchestrator.config.Secret;
import dev.orchestrator.config.TelegramConfig;
import dev.orchestrator.telegram.Telegram;
import dev.orchestrator.telegram.Telegram.Introduction;
import java.io.IOException;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import okhttp3.HttpUrl;
import okhttp3.OkHttpClient;
import okhttp3.Request;
import okhttp3.Response;

/** Whether persons who are elsewhere can be told. Tasks are done without that and notices wait, so it is never more than a warning. */
final class MessengerChecks {
    private static final Duration PATIENCE = Duration.ofSeconds(3);

    private MessengerChecks() {}

    static List<Check> of(Settings settings) {
        return List.of(
                new Check("notices", "webhook", settings.ifValid(config -> webhook(config.notices()))),
                new Check("notices", "telegram", settings.ifValid(config -> telegram(config.telegram()))));
    }

    /** A notice that was made up would be believed; so whoever is there is only asked for the head of an answer, whatever it is. */
    private static CheckResult webhook(NoticesConfig config) {
        if (config.webhookUrl().isEmpty()) {
            return CheckResult.ok("none");
        }
        HttpUrl url = HttpUrl.get(config.webhookUrl().get());
        String place = url.host() + ":" + url.port();
        OkHttpClient http = new OkHttpClient.Builder()
                .followRedirects(false)
                .callTimeout(PATIENCE)
                .build();
        try (Response response =
                http.newCall(new Request.Builder().url(url).head().build()).execute()) {
            return config.webhookSecret().isPresent()
                    ? CheckResult.ok(place + " answers (" + response.code() + "); what is posted is signed")
                    : CheckResult.warn(
                            place + " answers (" + response.code() + "); what is posted is not signed",
                            "Set notices.webhook_secret, and have the other side compare it.");
        } catch (IOException e) {
            return CheckResult.warn(
                    "nobody answers at " + place + " (" + e.getMessage() + "); notices wait",
                    "Correct notices.webhook_url, or start what is to be there.");
        } finally {
            http.dispatcher().executorService().shutdown();
            http.connectionPool().evictAll();
        }
    }

    private static CheckResult telegram(TelegramConfig config) {
        if (config.token().isEmpty()) {
            return CheckResult.ok("none");
        }
        if (config.allowedUsers().isEmpty()) {
            return CheckResult.warn(
                    "there is a bot, and nobody is on its list",
                    "Set telegram.allowed_users to your number; the log names it when you write to the bot.");
        }
        Introduction introduction =
                Telegram.introduce(wish(config, config.token().get()), PATIENCE);
        if (introduction instanceof Introduction.Known known) {
            return CheckResult.ok(
                    "@" + known.name() + " hears " + config.allowedUsers().size());
        }
        Introduction.Failed failed = (Introduction.Failed) introduction;
        return failed.ofToken()
                ? CheckResult.warn(
                        "nobody has this token (" + failed.why() + ")",
                        "Set telegram.token to what @BotFather said of your bot.")
                : CheckResult.warn(
                        "Telegram does not answer (" + failed.why() + "); notices wait",
                        "Look at the network, and at telegram.url.");
    }

    private static Telegram.Wish wish(TelegramConfig config, Secret token) {
        return new Telegram.Wish(
                token.reveal(),
                HttpUrl.get(config.url()),
                new HashSet<>(config.allowedUsers()),
                config.plainTextTasks());
    }
}
