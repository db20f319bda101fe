package dev.orchestrator.cli;

import dev.orchestrator.task.TaskId;
import dev.orchestrator.time.TimeSource;
import dev.orchestrator.view.Estimate;
import dev.orchestrator.view.EventFilter;
import dev.orchestrator.view.EventTail;
import dev.orchestrator.view.ProgressQuery;
import dev.orchestrator.view.StatusQuery;
import dev.orchestrator.view.StatusReport;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ThreadFactory;
import picocli.CommandLine.Command;

@Command(
        name = "top",
        mixinStandardHelpOptions = true,
        description = "Shows what runs, how far it is and what happens, on the whole screen, until Ctrl-C.")
final class TopCommand extends HomeCommand {
    private static final long EVERY_MILLIS = 1_000;
    /** The past changes slowly, and reading it is dear. */
    private static final int ESTIMATES_EVERY = 5;

    private static final int EVENTS = 8;

    private final Pause pause;
    private final ThreadFactory threads;
    private final TimeSource time;

    TopCommand(Pause pause, ThreadFactory threads, TimeSource time) {
        this.pause = pause;
        this.threads = threads;
        this.time = time;
    }

    @Override
    public Integer call() throws IOException, InterruptedException {
        StatusQuery query = new StatusQuery(home(), time);
        ProgressQuery progress = new ProgressQuery(home(), time);
        EventTail events = new EventTail(home().journal());
        Map<TaskId, Estimate> estimates = Map.of();
        try (Screen screen = new Screen(out(), isColoured(), threads)) {
            for (int round = 0; ; round++) {
                StatusReport report = query.report();
                estimates = round % ESTIMATES_EVERY == 0 ? progress.estimates(report.running()) : estimates;
                List<String> latest = events.last(EVENTS, EventFilter.ALL).lines();
                Map<TaskId, Estimate> known = estimates;
                boolean open = screen.show(writer -> new TopText(writer, this).print(report, known, latest));
                if (!open || pause.await(EVERY_MILLIS)) {
                    return ExitCode.DONE.code();
                }
            }
        }
    }
}
