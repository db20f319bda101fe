package dev.orchestrator.cli;

import dev.orchestrator.control.ControlClient;
import dev.orchestrator.time.TimeSource;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
        name = "approve",
        mixinStandardHelpOptions = true,
        description =
                "Grants the change of a guarded task: it is applied to the task's directory, all of it or nothing."
                        + " `show ID --diff` shows it.")
final class ApproveCommand extends ControlCommand {
    @Parameters(paramLabel = "ID", description = "The task.")
    @SuppressWarnings("NullAway.Init") // picocli sets it
    private String id;

    @Option(
            names = "--file",
            paramLabel = "GLOB",
            description =
                    "Grants these files alone, such as 'src/**'; may be given more than once. The rest is dropped.")
    private List<String> files = new ArrayList<>();

    @Option(names = "--undo", description = "Takes back what was applied.")
    private boolean undo;

    ApproveCommand(TimeSource time) {
        super(time);
    }

    @Override
    public Integer call() throws IOException, InterruptedException {
        if (undo && !files.isEmpty()) {
            throw usage("--undo takes all of it back; it cannot be given with --file");
        }
        return give(new ControlClient.Wish(undo ? "undo" : "approve", taskId(id), null, files));
    }
}
