package dev.orchestrator.cli;

import com.fasterxml.jackson.annotation.JsonUnwrapped;
import dev.orchestrator.task.TaskId;
import dev.orchestrator.time.TimeSource;
import dev.orchestrator.view.StatusQuery;
import dev.orchestrator.view.TaskReport;
import java.io.IOException;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

@Command(
        name = "status",
        mixinStandardHelpOptions = true,
        description = "Shows the daemon, what runs, what waits and what ended, or how one task stands.")
final class StatusCommand extends ReadCommand {
    private final TimeSource time;

    @Parameters(index = "0", arity = "0..1", paramLabel = "ID", description = "A task (default: everything).")
    private @Nullable String id;

    StatusCommand(TimeSource time) {
        this.time = time;
    }

    /** {@code status ID --json}. */
    record Answer(String schemaVersion, @JsonUnwrapped TaskReport task) {}

    @Override
    public Integer call() throws IOException {
        @Nullable TaskId task = id == null ? null : taskId(id);
        StatusQuery query = new StatusQuery(home(), time);
        if (task != null) {
            print(task, query);
        } else if (asJson()) {
            print(query.report());
        } else {
            new StatusText(out(), this).print(query.report());
        }
        return ExitCode.DONE.code();
    }

    private void print(TaskId task, StatusQuery query) throws IOException {
        var report = query.task(task).orElseThrow(() -> unknown(task));
        if (asJson()) {
            print(new Answer(SCHEMA_VERSION, report));
        } else {
            new TaskText(out()).print(report);
        }
    }

    private CommandFailed unknown(TaskId task) {
        return failed("There is no task " + task + " in " + home().root()
                + ". `status` lists those under way; a file in tasks/ becomes a task when the daemon has accepted it.");
    }
}
