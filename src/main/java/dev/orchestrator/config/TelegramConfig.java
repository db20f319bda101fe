package dev.orchestrator.config;

import java.util.List;
import java.util.Optional;

/**
 * A bot of Telegram.
 *
 * @param token empty for none
 * @param allowedUsers who is heard and told; nobody else
 * @param url where the Bot API is
 * @param plainTextTasks whether a text that is no command is a task
 */
public record TelegramConfig(Optional<Secret> token, List<Long> allowedUsers, String url, boolean plainTextTasks) {
    public TelegramConfig {
        allowedUsers = List.copyOf(allowedUsers);
    }
}
