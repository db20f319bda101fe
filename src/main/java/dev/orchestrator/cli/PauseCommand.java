package dev.orchestrator.cli;

import dev.orchestrator.time.TimeSource;
import java.io.IOException;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

@Command(
        name = "pause",
        mixinStandardHelpOptions = true,
        description = "Starts no further task, also after a restart, until `resume`; what runs goes on.")
final class PauseCommand extends ControlCommand {
    @Option(names = "--reason", paramLabel = "TEXT", description = "Why, for whoever looks at `status`.")
    private @Nullable String reason;

    PauseCommand(TimeSource time) {
        super(time);
    }

    @Override
    public Integer call() throws IOException, InterruptedException {
        return give("pause", null, reason);
    }
}
