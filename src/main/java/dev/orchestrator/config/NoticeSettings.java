package dev.orchestrator.config;

import static dev.orchestrator.config.ValueTypes.choices;
import static dev.orchestrator.config.ValueTypes.commandLine;
import static dev.orchestrator.config.ValueTypes.secret;
import static dev.orchestrator.config.ValueTypes.server;
import static dev.orchestrator.config.ValueTypes.userNumbers;
import static dev.orchestrator.config.ValueTypes.webAddress;
import static dev.orchestrator.config.ValueTypes.yesOrNo;

import dev.orchestrator.task.Notice;
import java.util.List;
import java.util.Optional;

/** What persons are told who do not look; rows of {@link Settings}. */
final class NoticeSettings {
    private static final Rows ROWS = new Rows();

    static final Setting<List<Notice.Kind>> NOTICES_KINDS = ROWS.row(
            "notices.kinds",
            choices(Notice.Kind.class),
            List.of(Notice.Kind.values()),
            "What is told, wherever it is told.");

    static final Setting<Optional<String>> NOTICES_WEBHOOK_URL = ROWS.row(
            "notices.webhook_url",
            webAddress().optional(),
            Optional.empty(),
            "Where notices are posted as JSON; without one, nowhere.");

    static final Setting<Optional<Secret>> NOTICES_WEBHOOK_SECRET = ROWS.row(
            "notices.webhook_secret",
            secret().optional(),
            Optional.empty(),
            "Signs what is posted, so that nobody else can; without one, it has no signature.");

    static final Setting<List<String>> NOTICES_COMMAND = ROWS.row(
            "notices.command",
            commandLine(),
            List.of(),
            "A program that each notice is given to, as JSON on its standard input; without one, none.");

    static final Setting<Optional<Secret>> TELEGRAM_TOKEN = ROWS.row(
            "telegram.token",
            secret().optional(),
            Optional.empty(),
            "The token of your bot of Telegram; without one there is none.",
            Alias.same("TELEGRAM_BOT_TOKEN"));

    static final Setting<List<Long>> TELEGRAM_ALLOWED_USERS = ROWS.row(
            "telegram.allowed_users",
            userNumbers(),
            List.of(),
            "The numbers of the users of Telegram who are heard and told; nobody else is, so with none nobody.",
            Alias.same("TELEGRAM_ALLOWED_USERS"));

    static final Setting<String> TELEGRAM_URL =
            ROWS.row("telegram.url", server(), "https://api.telegram.org", "Where the Bot API is.");

    static final Setting<Boolean> TELEGRAM_PLAIN_TEXT_TASKS =
            ROWS.row("telegram.plain_text_tasks", yesOrNo(), false, "Whether a text that is no command is a task.");

    private NoticeSettings() {}

    static List<Setting<?>> rows() {
        return ROWS.all();
    }

    static NoticesConfig notices(Values values) {
        return new NoticesConfig(
                values.get(NOTICES_KINDS),
                values.get(NOTICES_WEBHOOK_URL),
                values.get(NOTICES_WEBHOOK_SECRET),
                values.get(NOTICES_COMMAND));
    }

    static TelegramConfig telegram(Values values) {
        return new TelegramConfig(
                values.get(TELEGRAM_TOKEN),
                values.get(TELEGRAM_ALLOWED_USERS),
                values.get(TELEGRAM_URL),
                values.get(TELEGRAM_PLAIN_TEXT_TASKS));
    }
}
