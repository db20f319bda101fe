package dev.orchestrator;

import dev.orchestrator.cli.Cli;
import dev.orchestrator.control.Commands;
import dev.orchestrator.control.Commands.Reply;
import dev.orchestrator.state.Snapshot;
import dev.orchestrator.task.Hold;
import dev.orchestrator.task.ReplySource;
import dev.orchestrator.task.TaskId;
import dev.orchestrator.task.TaskView;
import dev.orchestrator.telegram.Desk;
import dev.orchestrator.time.Stopwatch;
import dev.orchestrator.time.TimeSource;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;

/** Serves persons in a chat with what is here. Thread-safe: the desk does one thing at a time. */
final class ChatDesk implements Desk {
    /** What is under way, a change being applied say, is over within moments as a rule. */
    private static final Duration PATIENCE = Duration.ofSeconds(5);

    private static final long LOOK_EVERY_MILLIS = 100;
    /** A change may be hundreds of megabytes, and this is the daemon's memory. */
    private static final int MOST_SAID = 1_000_000;

    private final FrontDesk.Ports ports;
    private final FrontDesk desk;
    private final HandIn handIn;
    private final Map<String, String> environment;
    private final TimeSource time;

    /** @param ports what the desk serves with */
    ChatDesk(FrontDesk.Ports ports, FrontDesk desk, Map<String, String> environment, TimeSource time) {
        this.ports = ports;
        this.desk = desk;
        this.handIn = ports.handIn();
        this.environment = environment;
        this.time = time;
    }

    @Override
    public String ask(List<String> command) {
        BoundedWriter said = new BoundedWriter(MOST_SAID);
        PrintWriter out = new PrintWriter(said);
        List<String> all = new ArrayList<>(List.of("--home", ports.home().root().toString()));
        all.addAll(command);
        Cli cli = new Cli(environment, out, out, new LocalDaemon(), Threads.numbered("check"));
        cli.run(all.toArray(new String[0]));
        out.flush();
        return ports.redactor().redact(said.toString());
    }

    @Override
    public Reply order(Function<Commands, Reply> order) {
        Stopwatch waited = Stopwatch.start(time);
        while (true) {
            Reply reply = desk.control().alone(() -> order.apply(desk.commands()));
            if (!reply.equals(Reply.notYet()) || waited.reached(PATIENCE) || interruptedBefore(LOOK_EVERY_MILLIS)) {
                return reply;
            }
        }
    }

    private static boolean interruptedBefore(long millis) {
        try {
            return new CountDownLatch(1).await(millis, TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return true;
        }
    }

    @Override
    public Reply reply(TaskId id, String by, String message, ReplySource source) {
        return desk.control().alone(() -> desk.replies().say(id, by, message, source));
    }

    @Override
    public Path attach(TaskId id, String name, byte[] content) throws IOException {
        return handIn.attach(id, name, content);
    }

    @Override
    public void drop(TaskId id, String content) throws IOException {
        handIn.drop(id, content);
    }

    @Override
    public boolean isKnown(TaskId id) throws IOException {
        return handIn.isKnown(id);
    }

    @Override
    public List<TaskView> active() {
        return ports.state().active();
    }

    @Override
    public Optional<Instant> ended(TaskId id) {
        return ports.state().snapshot().recent().stream()
                .filter(task -> task.taskId().equals(id))
                .map(Snapshot.FinishedTask::finishedAt)
                .max(Comparator.naturalOrder());
    }

    @Override
    public Optional<Instant> paused() {
        return ports.state().snapshot().holds().stream()
                .filter(hold -> hold.cause() == Hold.Cause.PERSON)
                .map(Hold::since)
                .findFirst();
    }

    @Override
    public Collection<String> templates() {
        return ports.templates().names();
    }
}
