package dev.orchestrator.cli;

import dev.orchestrator.time.TimeSource;
import java.io.IOException;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

@Command(
        name = "retry",
        mixinStandardHelpOptions = true,
        description = "Does a task again that did not succeed, or at once what waits to be tried again.")
final class RetryCommand extends ControlCommand {
    @Parameters(paramLabel = "ID", description = "The task.")
    @SuppressWarnings("NullAway.Init") // picocli sets it
    private String id;

    RetryCommand(TimeSource time) {
        super(time);
    }

    @Override
    public Integer call() throws IOException, InterruptedException {
        return give("retry", taskId(id), null);
    }
}
