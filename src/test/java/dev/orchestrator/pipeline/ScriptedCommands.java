package dev.orchestrator.pipeline;

import dev.orchestrator.acceptance.CommandResult;
import dev.orchestrator.acceptance.CommandResult.Outcome;
import dev.orchestrator.acceptance.CommandRunner;
import dev.orchestrator.task.Cancellation;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;

/** Commands that end as a test wants them to; green when it wants nothing. */
final class ScriptedCommands implements CommandRunner {
    final List<Order> orders = new ArrayList<>();
    final List<String> stopped = new ArrayList<>();
    private final Deque<Ending> endings = new ArrayDeque<>();

    /** What a command does. */
    interface Ending {
        CommandResult end(Order order, Cancellation cancellation) throws IOException;
    }

    ScriptedCommands red(String output) {
        return then((order, cancellation) -> new CommandResult(Outcome.RED, 1, Duration.ofMillis(900), output));
    }

    ScriptedCommands green() {
        return then((order, cancellation) -> new CommandResult(Outcome.GREEN, 0, Duration.ofMillis(900), "fine"));
    }

    ScriptedCommands then(Ending ending) {
        endings.add(ending);
        return this;
    }

    @Override
    public CommandResult run(Order order, Cancellation cancellation) throws IOException {
        orders.add(order);
        Ending ending = endings.poll();
        return ending == null
                ? new CommandResult(Outcome.GREEN, 0, Duration.ZERO, "")
                : ending.end(order, cancellation);
    }

    @Override
    public void stopLeft(String mark) {
        stopped.add(mark);
    }
}
