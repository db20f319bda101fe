package dev.orchestrator.cli;

import dev.orchestrator.time.TimeSource;
import java.io.IOException;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

@Command(
        name = "cancel",
        mixinStandardHelpOptions = true,
        description = "Ends a task wherever it is; a running agent is stopped.")
final class CancelCommand extends ControlCommand {
    @Parameters(paramLabel = "ID", description = "The task.")
    @SuppressWarnings("NullAway.Init") // picocli sets it
    private String id;

    CancelCommand(TimeSource time) {
        super(time);
    }

    @Override
    public Integer call() throws IOException, InterruptedException {
        return give("cancel", taskId(id), null);
    }
}
