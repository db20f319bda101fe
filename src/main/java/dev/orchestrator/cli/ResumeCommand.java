package dev.orchestrator.cli;

import dev.orchestrator.time.TimeSource;
import java.io.IOException;
import picocli.CommandLine.Command;

@Command(
        name = "resume",
        mixinStandardHelpOptions = true,
        description = "Starts tasks again after `pause`, a usage limit, or a lack of credentials that you have mended.")
final class ResumeCommand extends ControlCommand {
    ResumeCommand(TimeSource time) {
        super(time);
    }

    @Override
    public Integer call() throws IOException, InterruptedException {
        return give("resume", null, null);
    }
}
