package dev.orchestrator.health;

import dev.orchestrator.config.Home;
import dev.orchestrator.config.NoticesConfig;
import dev.orchestrator.config.Secret;
import dev.orchestrator.config.TelegramConfig;
import dev.orchestrator.process.Programs;
import dev.orchestrator.state.Outbox;
import dev.orchestrator.state.StateFile;
import dev.orchestrator.task.Notice;
import dev.orchestrator.telegram.Telegram;
import dev.orchestrator.telegram.Telegram.Introduction;
import dev.orchestrator.time.TimeSource;
import java.io.File;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import okhttp3.HttpUrl;
import okhttp3.OkHttpClient;
import okhttp3.Request;
import okhttp3.Response;

/** Whether persons who are elsewhere can be told. Tasks are done without that and notices wait, so it is never more than a warning. */
final class MessengerChecks {
    private static final Duration PATIENCE = Duration.ofSeconds(3);
    private static final Duration LATE = Duration.ofMinutes(10);

    private MessengerChecks() {}

    /** @param environment of this process, in which a program is looked for */
    static List<Check> of(Settings settings, Map<String, String> environment, Home home, TimeSource time) {
        Programs programs = new Programs(environment, File.separatorChar == '\\');
        StateFile state = new StateFile(home.state(), home.journal());
        return List.of(
                new Check(
                        "notices",
                        "waiting",
                        () -> waiting(state.current().snapshot().outbox(), time.now())),
                new Check("notices", "command", settings.ifValid(config -> command(config.notices(), programs))),
                new Check("notices", "webhook", settings.ifValid(config -> webhook(config.notices()))),
                new Check("notices", "telegram", settings.ifValid(config -> telegram(config.telegram()))));
    }

    /** Those of the last minutes may be on their way. */
    private static CheckResult waiting(Outbox outbox, Instant now) {
        if (outbox.dropped() > 0) {
            return CheckResult.warn(
                    outbox.dropped() + " were never told: too many waited",
                    "See in logs/orchestrator.log who did not take them; `tail-events` has what happened.");
        }
        long late = outbox.channels().keySet().stream()
                .flatMap(channel -> outbox.pending(channel).stream())
                .filter(notice -> notice.at().plus(LATE).isBefore(now))
                .map(Notice::seq)
                .distinct()
                .count();
        return late == 0
                ? CheckResult.ok("none for long")
                : CheckResult.warn(
                        late + " could not be told for more than " + LATE.toMinutes() + " minutes",
                        "See in logs/orchestrator.log who does not take them. They are told once that is mended and a daemon runs.");
    }

    /** It is not run: a notice that was made up would be believed. */
    private static CheckResult command(NoticesConfig config, Programs programs) {
        if (config.command().isEmpty()) {
            return CheckResult.ok("none");
        }
        String name = config.command().get(0);
        return programs.find(name)
                .map(file -> CheckResult.ok(file.toString()))
                .orElseGet(() -> CheckResult.warn(
                        "there is no program `" + name + "`; notices wait", "Install it, or correct notices.command."));
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
