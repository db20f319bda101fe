package dev.orchestrator.cli;

import dev.orchestrator.task.TaskId;
import dev.orchestrator.time.TimeSource;
import dev.orchestrator.view.ProgressQuery;
import dev.orchestrator.view.ProgressReport;
import java.io.IOException;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

@Command(
        name = "progress",
        mixinStandardHelpOptions = true,
        description = "Shows how far a task is, how much longer it may take, what it changed so far and did last.")
final class ProgressCommand extends ReadCommand {
    private final TimeSource time;

    @Parameters(index = "0", paramLabel = "ID", description = "The task.")
    private String id;

    @SuppressWarnings("NullAway.Init") // picocli sets it
    ProgressCommand(TimeSource time) {
        this.time = time;
    }

    @Override
    public Integer call() throws IOException {
        TaskId task = taskId(id);
        ProgressReport report = new ProgressQuery(home(), time)
                .report(task)
                .orElseThrow(() -> absent(
                        task,
                        "There is no task " + task + " in " + home().root() + ". `status` lists those under way."));
        if (asJson()) {
            print(report);
        } else {
            new ProgressText(out(), this).print(report);
        }
        return ExitCode.DONE.code();
    }
}
