package dev.orchestrator.cli;

import dev.orchestrator.config.Home;
import java.nio.file.Path;
import picocli.CommandLine.Option;
import picocli.CommandLine.ScopeType;

/** What every command understands. */
final class GlobalOptions {
    @Option(
            names = "--home",
            paramLabel = "DIR",
            scope = ScopeType.INHERIT,
            description = "The directory that holds tasks/, results/, summaries/ and logs/ (default: the current one).")
    private Path home = Path.of("");

    Home home() {
        return new Home(home);
    }
}
