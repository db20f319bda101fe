package dev.orchestrator.cli;

import dev.orchestrator.journal.JournalPosition;
import dev.orchestrator.journal.LineFormat;
import dev.orchestrator.task.NearestName;
import dev.orchestrator.view.EventFilter;
import dev.orchestrator.view.EventTail;
import dev.orchestrator.view.Severity;
import java.io.IOException;
import java.util.Optional;
import java.util.SortedSet;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

@Command(
        name = "tail-events",
        mixinStandardHelpOptions = true,
        description = "Prints the latest events of the journal; times are UTC.")
final class TailEventsCommand extends ReadCommand {
    private static final long LOOK_EVERY_MILLIS = 100;

    private final Pause pause;

    @Option(names = "-n", paramLabel = "N", description = "How many (default: ${DEFAULT-VALUE}).")
    private int count = 20;

    @Option(
            names = {"-f", "--follow"},
            description = "Go on with what is added, until Ctrl-C.")
    private boolean follow;

    @Option(names = "--task", paramLabel = "ID", description = "Only events of this task.")
    private @Nullable String task;

    @Option(names = "--event", paramLabel = "NAME", description = "Only this event, such as attempt_started.")
    private @Nullable String event;

    @Option(
            names = "--severity",
            paramLabel = "LEAST",
            description = "Only events that are at least this grave: ${COMPLETION-CANDIDATES} (default: info, all).")
    private Severity severity = Severity.INFO;

    TailEventsCommand(Pause pause) {
        this.pause = pause;
    }

    private EventFilter filter() {
        if (count < 0) {
            throw usage("-n " + count + ": use 0 or more");
        }
        return new EventFilter(
                Optional.ofNullable(task).map(this::taskId),
                Optional.ofNullable(event).map(this::known),
                severity);
    }

    private String known(String name) {
        SortedSet<String> names = LineFormat.names();
        if (names.contains(name)) {
            return name;
        }
        throw usage("There is no event '" + Shown.line(name, 100) + "'. "
                + NearestName.nearest(name, names)
                        .map(near -> "Did you mean '" + near + "'?")
                        .orElse("There are " + String.join(", ", names) + "."));
    }

    @Override
    public Integer call() throws IOException, InterruptedException {
        EventFilter filter = filter();
        EventTail tail = new EventTail(home().journal());
        EventTail.Lines lines = tail.last(count, filter);
        boolean open = print(lines);
        if (lines.next().equals(JournalPosition.START) && !follow && !asJson()) {
            out().println("Nothing here yet: " + home().journal() + " does not exist.");
        }
        // Ctrl-C ends the process in between; every line that is printed is complete.
        while (follow && open && !pause.await(LOOK_EVERY_MILLIS)) {
            lines = tail.after(lines.next(), filter);
            open = print(lines);
        }
        return ExitCode.DONE.code();
    }

    /** Answers false when nobody reads any more, as in {@code tail-events -f | head}. */
    private boolean print(EventTail.Lines lines) {
        for (String line : lines.lines()) {
            out().println(asJson() ? line : EventText.of(line, this));
        }
        return !out().checkError();
    }
}
