package dev.orchestrator.cli;

import dev.orchestrator.time.TimeSource;
import dev.orchestrator.view.StatsJson;
import dev.orchestrator.view.StatsQuery;
import dev.orchestrator.view.StatsReport;
import java.io.IOException;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.ThreadFactory;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

@Command(
        name = "stats",
        mixinStandardHelpOptions = true,
        description =
                "Shows what the past comes to: success, times, attempts, money and tokens, and what is spent of the limits.")
final class StatsCommand extends ReadCommand {
    private final Map<String, String> environment;
    private final ThreadFactory threads;
    private final TimeSource time;

    @Option(
            names = "--since",
            paramLabel = "WHEN",
            description =
                    "Only what ended since then: a duration such as 90m or 7d before now, or a date such as 2026-11-22"
                            + " or 2026-11-22T14:25:01Z; without a zone it is UTC.")
    private @Nullable String since;

    @Option(names = "--csv", description = "Print a table for spreadsheets.")
    private boolean csv;

    StatsCommand(Map<String, String> environment, ThreadFactory threads, TimeSource time) {
        this.environment = environment;
        this.threads = threads;
        this.time = time;
    }

    @Override
    public Integer call() throws IOException {
        @Nullable Instant from = since == null ? null : from(since);
        if (csv && asJson()) {
            throw usage("--csv and --json do not go together");
        }
        StatsReport report = new StatsQuery(home(), environment, threads, time).report(from);
        if (asJson()) {
            out().println(StatsJson.of(report));
        } else if (csv) {
            new StatsCsv(out()).print(report);
        } else {
            new StatsText(out(), this).print(report);
        }
        return ExitCode.DONE.code();
    }

    private Instant from(String text) {
        try {
            return Since.parse(text, time.now());
        } catch (IllegalArgumentException e) {
            throw usage("--since '" + Shown.line(text, 100) + "' " + e.getMessage());
        }
    }
}
