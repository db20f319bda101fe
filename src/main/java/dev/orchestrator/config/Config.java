package dev.orchestrator.config;

import java.util.Map;

/**
 * Every setting, typed and checked; {@link Settings} has the table it comes from. Immutable: a reload makes a new one.
 *
 * @param agent who does a task that names no agent
 * @param agents those that are programs of the user's choice, by their names
 * @param workers how many tasks run at the same time
 * @param retries further attempts after the first, for a task that does not say
 * @param answers how many questions of an agent are answered in a turn without a person
 * @param contextTokens that an agent is told at most of what was done before
 */
public record Config(
        String agent,
        Map<String, CommandAgentConfig> agents,
        ClaudeConfig claude,
        GuardConfig guard,
        IntakeConfig intake,
        JournalConfig journal,
        LimitsConfig limits,
        AcceptanceConfig acceptance,
        OllamaConfig ollama,
        DiskConfig disk,
        RetentionConfig retention,
        ShutdownConfig shutdown,
        int workers,
        int retries,
        int contextTokens,
        int answers,
        NoticesConfig notices,
        TelegramConfig telegram,
        LogConfig log) {

    static Config from(Values values, Home home) {
        return new Config(
                values.get(Settings.AGENT),
                CommandAgentConfig.all(values, home),
                ClaudeConfig.from(values, home),
                GuardConfig.from(values, home),
                IntakeConfig.from(values),
                new JournalConfig(values.get(Settings.JOURNAL_SEGMENT_SIZE)),
                LimitsConfig.from(values),
                new AcceptanceConfig(values.get(Settings.ACCEPTANCE_TIMEOUT), values.get(Settings.ACCEPTANCE_ROUNDS)),
                OllamaConfig.from(values),
                new DiskConfig(values.get(Settings.DISK_MIN_FREE)),
                new RetentionConfig(
                        values.get(Settings.RETENTION_TASKS),
                        values.get(Settings.RETENTION_ARTIFACTS),
                        values.get(Settings.RETENTION_RUNS),
                        values.get(Settings.RETENTION_JOURNAL)),
                new ShutdownConfig(values.get(Settings.SHUTDOWN_MODE), values.get(Settings.SHUTDOWN_GRACE)),
                values.get(Settings.WORKERS),
                values.get(Settings.RETRIES),
                values.get(Settings.CONTEXT_TOKENS),
                values.get(Settings.ANSWERS),
                NoticeSettings.notices(values),
                NoticeSettings.telegram(values),
                new LogConfig(values.get(Settings.LOG_LEVEL)));
    }
}
