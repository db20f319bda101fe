package dev.orchestrator.config;

import dev.orchestrator.task.Notice;
import java.util.List;
import java.util.Optional;

/**
 * Who is told what without asking.
 *
 * @param kinds what is told
 * @param webhookUrl where it is posted as JSON; empty for nowhere
 * @param webhookSecret signs what is posted
 * @param command a program and its arguments, which reads notices as JSON; empty for none
 */
public record NoticesConfig(
        List<Notice.Kind> kinds, Optional<String> webhookUrl, Optional<Secret> webhookSecret, List<String> command) {
    public NoticesConfig {
        kinds = List.copyOf(kinds);
        command = List.copyOf(command);
    }
}
