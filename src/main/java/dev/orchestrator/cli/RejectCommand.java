package dev.orchestrator.cli;

import dev.orchestrator.time.TimeSource;
import java.io.IOException;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
        name = "reject",
        mixinStandardHelpOptions = true,
        description = "Refuses the change of a guarded task; nothing of it is applied.")
final class RejectCommand extends ControlCommand {
    @Parameters(paramLabel = "ID", description = "The task.")
    @SuppressWarnings("NullAway.Init") // picocli sets it
    private String id;

    @Option(names = "--reason", paramLabel = "TEXT", description = "Why; it is kept with the task.")
    private @Nullable String reason;

    RejectCommand(TimeSource time) {
        super(time);
    }

    @Override
    public Integer call() throws IOException, InterruptedException {
        return give("reject", taskId(id), reason);
    }
}
