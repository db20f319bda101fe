package dev.orchestrator.cli;

import com.fasterxml.jackson.annotation.JsonUnwrapped;
import dev.orchestrator.task.TaskId;
import dev.orchestrator.time.TimeSource;
import dev.orchestrator.view.StatusQuery;
import dev.orchestrator.view.StatusReport;
import dev.orchestrator.view.TaskReport;
import java.io.IOException;
import java.util.concurrent.ThreadFactory;
import java.util.function.Supplier;
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
    private static final String USUAL_SECONDS = "2";

    private final Pause pause;
    private final ThreadFactory threads;
    private final TimeSource time;
    private final Supplier<Terminal> terminal;

    @Parameters(index = "0", arity = "0..1", paramLabel = "ID", description = "A task (default: everything).")
    private @Nullable String id;

    @Option(
            names = {"-w", "--watch"},
            arity = "0..1",
            fallbackValue = USUAL_SECONDS,
            paramLabel = "SECONDS",
            description = "Show it again and again, every two seconds or as often as this says, until Ctrl-C.")
    private @Nullable String watch;

    StatusCommand(Pause pause, ThreadFactory threads, TimeSource time, Supplier<Terminal> terminal) {
        this.pause = pause;
        this.threads = threads;
        this.time = time;
        this.terminal = terminal;
    }

    /** {@code status ID --json}. */
    record Answer(String schemaVersion, @JsonUnwrapped TaskReport task) {}

    @Override
    public Integer call() throws IOException, InterruptedException {
        StatusQuery query = new StatusQuery(home(), time);
        if (watch != null) {
            return watch(query, watch);
        }
        @Nullable TaskId task = id == null ? null : taskId(id);
        if (task != null) {
            print(task, query);
        } else if (asJson()) {
            print(query.report());
        } else {
            new StatusText(out(), this).print(query.report());
        }
        return ExitCode.DONE.code();
    }

    /** @param said behind the option: how often, or the task when that comes last, as in {@code status --watch ID} */
    private Integer watch(StatusQuery query, String said) throws IOException, InterruptedException {
        boolean isTask = id == null && !said.matches("-?\\d+");
        @Nullable String which = isTask ? said : id;
        int seconds = seconds(isTask ? USUAL_SECONDS : said);
        return watch(which == null ? null : taskId(which), query, seconds);
    }

    private int seconds(String said) {
        boolean isOne =
                said.matches("\\d{1,4}") && Integer.parseInt(said) >= 1 && Integer.parseInt(said) <= MOST_SECONDS;
        if (!isOne || asJson()) {
            throw usage("--watch " + Shown.line(said, 100) + ": use 1 to " + MOST_SECONDS + ", without --json");
        }
        return Integer.parseInt(said);
    }

    private Integer watch(@Nullable TaskId task, StatusQuery query, int seconds)
            throws IOException, InterruptedException {
        boolean open = true;
        try (Screen screen = new Screen(out(), terminal.get(), threads)) {
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
        return absent(
                task,
                "There is no task " + task + " in " + home().root()
                        + ". `status` lists those under way; a file in tasks/ becomes a task when the daemon has accepted it.");
    }
}
