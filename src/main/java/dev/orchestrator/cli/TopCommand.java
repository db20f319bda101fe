package dev.orchestrator.cli;

import dev.orchestrator.task.TaskId;
import dev.orchestrator.time.TimeSource;
import dev.orchestrator.view.Estimate;
import dev.orchestrator.view.Estimates;
import dev.orchestrator.view.RecentEvents;
import dev.orchestrator.view.StatusQuery;
import dev.orchestrator.view.StatusReport;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ThreadFactory;
import java.util.function.Supplier;
import picocli.CommandLine.Command;

@Command(
        name = "top",
        mixinStandardHelpOptions = true,
        description = "Shows what runs, how far it is and what happens, on the whole screen, until Ctrl-C.")
final class TopCommand extends HomeCommand {
    private static final long EVERY_MILLIS = 1_000;
    private static final int EVENTS = 8;

    private final Pause pause;
    private final ThreadFactory threads;
    private final TimeSource time;
    private final Supplier<Terminal> terminal;

    TopCommand(Pause pause, ThreadFactory threads, TimeSource time, Supplier<Terminal> terminal) {
        this.pause = pause;
        this.threads = threads;
        this.time = time;
        this.terminal = terminal;
    }

    @Override
    public Integer call() throws IOException, InterruptedException {
        StatusQuery query = new StatusQuery(home(), time);
        Estimates estimates = new Estimates(home(), time);
        RecentEvents events = new RecentEvents(home().journal(), EVENTS);
        try (Screen screen = new Screen(out(), terminal.get(), threads)) {
            boolean open = true;
            while (open) {
                StatusReport report = query.report();
                Map<TaskId, Estimate> known = estimates.of(report.running());
                List<String> latest = events.look();
                open = screen.show(writer -> new TopText(writer, this).print(report, known, latest))
                        && !pause.await(EVERY_MILLIS);
            }
        }
        return ExitCode.DONE.code();
    }
}
