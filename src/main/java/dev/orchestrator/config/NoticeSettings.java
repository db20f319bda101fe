package dev.orchestrator.config;

import static dev.orchestrator.config.ValueTypes.choices;
import static dev.orchestrator.config.ValueTypes.secret;
import static dev.orchestrator.config.ValueTypes.webAddress;

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

    private NoticeSettings() {}

    static List<Setting<?>> rows() {
        return ROWS.all();
    }

    static NoticesConfig config(Values values) {
        return new NoticesConfig(
                values.get(NOTICES_KINDS), values.get(NOTICES_WEBHOOK_URL), values.get(NOTICES_WEBHOOK_SECRET));
    }
}
