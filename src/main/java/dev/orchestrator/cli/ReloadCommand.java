package dev.orchestrator.cli;

import dev.orchestrator.time.TimeSource;
import java.io.IOException;
import picocli.CommandLine.Command;

@Command(
        name = "reload",
        mixinStandardHelpOptions = true,
        description = "Has the daemon read `.env` and `orchestrator.yaml` again, and says what is different now.")
final class ReloadCommand extends ControlCommand {
    ReloadCommand(TimeSource time) {
        super(time);
    }

    @Override
    public Integer call() throws IOException, InterruptedException {
        return give("reload", null, null);
    }
}
