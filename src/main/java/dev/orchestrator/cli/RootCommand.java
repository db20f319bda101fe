package dev.orchestrator.cli;

import dev.orchestrator.config.Home;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** The program without a command: shows what there is. */
@Command(
        name = "orchestrator",
        mixinStandardHelpOptions = true,
        versionProvider = VersionProvider.class,
        description = "Runs AI coding agents on task files: drop a Markdown file, get a checked and audited result.",
        subcommandsRepeatable = false)
final class RootCommand implements Runnable {
    @Spec
    @SuppressWarnings("NullAway.Init") // picocli sets it
    private CommandSpec spec;

    @Mixin
    @SuppressWarnings("NullAway.Init") // picocli sets it
    private GlobalOptions options;

    Home home() {
        return options.home();
    }

    Home homeOrNew() {
        return options.homeOrNew();
    }

    @Override
    public void run() {
        throw new CommandLine.ParameterException(spec.commandLine(), "Say which command to run.");
    }
}
