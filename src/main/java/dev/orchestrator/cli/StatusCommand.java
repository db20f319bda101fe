package dev.orchestrator.cli;

import com.fasterxml.jackson.annotation.JsonUnwrapped;
import dev.orchestrator.task.TaskId;
import dev.orchestrator.time.TimeSource;
import dev.orchestrator.view.StatusQuery;
import dev.orchestrator.view.StatusReport;
import dev.orchestrator.view.TaskReport;
import java.io.IOException;
import java.util.concurrent.ThreadFactory;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
        name = "status",
        mixinStandardHelpOptions = true,
        description = "Shows the daemon, what runs, what waits and what ended, or how one task stands.")
final class StatusCommand extends ReadCommand {
    private static final int MOST_SECONDS = 3600;

    private final Pause pause;
    private final ThreadFactory threads;
    private final TimeSource time;

    @Parameters(index = "0", arity = "0..1", paramLabel = "ID", description = "A task (default: everything).")
    private @Nullable String id;

    @Option(
            names = {"-w", "--watch"},
            arity = "0..1",
            fallbackValue = "2",
            paramLabel = "SECONDS",
            description = "Show it again and again, every two seconds or as often as this says, until Ctrl-C.")
    private @Nullable Integer watch;

    StatusCommand(Pause pause, ThreadFactory threads, TimeSource time) {
        this.pause = pause;
        this.threads = threads;
        this.time = time;
    }

    /** {@code status ID --json}. */
    record Answer(String schemaVersion, @JsonUnwrapped TaskReport task) {}

    @Override
    public Integer call() throws IOException, InterruptedException {
        @Nullable TaskId task = id == null ? null : taskId(id);
        StatusQuery query = new StatusQuery(home(), time);
        if (watch != null) {
            return watch(task, query, watch);
        }
        if (task != null) {
            print(task, query);
        } else if (asJson()) {
            print(query.report());
        } else {
            new StatusText(out(), this).print(query.report());
        }
        return ExitCode.DONE.code();
    }

    private Integer watch(@Nullable TaskId task, StatusQuery query, int seconds)
            throws IOException, InterruptedException {
        if (seconds < 1 || seconds > MOST_SECONDS || asJson()) {
            throw usage("--watch " + seconds + ": use 1 to " + MOST_SECONDS + ", without --json");
        }
        boolean open = true;
        try (Screen screen = new Screen(out(), isColoured(), threads)) {
            while (open) {
                if (task == null) {
                    StatusReport report = query.report();
                    open = screen.show(writer -> new StatusText(writer, this).print(report));
                } else {
                    TaskReport report = query.task(task).orElseThrow(() -> unknown(task));
                    open = screen.show(writer -> new TaskText(writer).print(report));
                }
                open = open && !pause.await(seconds * 1000L);
            }
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
