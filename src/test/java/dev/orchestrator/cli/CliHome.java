package dev.orchestrator.cli;

import dev.orchestrator.artifact.ArtifactStore;
import dev.orchestrator.config.Home;
import dev.orchestrator.files.AtomicFile;
import dev.orchestrator.journal.Journal;
import dev.orchestrator.state.Snapshot;
import dev.orchestrator.state.StateFile;
import dev.orchestrator.state.StateIndex;
import dev.orchestrator.task.AttemptEvent;
import dev.orchestrator.task.DaemonEvent;
import dev.orchestrator.task.Event;
import dev.orchestrator.task.Step;
import dev.orchestrator.task.Task;
import dev.orchestrator.task.TaskEvent;
import dev.orchestrator.task.TaskId;
import dev.orchestrator.task.TaskStatus;
import dev.orchestrator.testkit.Artifacts;
import dev.orchestrator.testkit.TaskBuilder;
import dev.orchestrator.time.TimeSource;
import dev.orchestrator.view.DaemonInfo;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** A home that is written by the daemon's own classes and read by commands. */
final class CliHome implements AutoCloseable {
    final Home home;
    private final StateIndex state = new StateIndex(Snapshot.EMPTY);
    private final Journal journal;

    CliHome(Path root, long segmentBytes) throws IOException {
        home = new Home(root);
        Files.createDirectories(home.logs());
        home.prepare();
        journal = Journal.open(
                home.journal(), segmentBytes, Journal.Trusted.NOTHING, TimeSource.system(), CliHome::thread);
        journal.start(List.of(state));
    }

    private static Thread thread(Runnable runnable) {
        Thread thread = new Thread(runnable, "journal");
        thread.setDaemon(true);
        return thread;
    }

    void commit(Event... events) {
        journal.commit(List.of(events));
    }

    void daemonStarted() {
        commit(new DaemonEvent.DaemonStarted("0.1.0", 4_000_000_000L, 3));
    }

    /** This process is taken for the daemon from now on, with three workers. */
    void daemonLives() throws IOException {
        DaemonInfo info = DaemonInfo.ofThisProcess(TimeSource.system().now(), "0.1.0");
        info.write(home.daemonInfo());
        commit(new DaemonEvent.DaemonStarted("0.1.0", info.pid(), 3));
    }

    /** The same without a word, as by SIGKILL. */
    void daemonDies() throws IOException {
        Files.delete(home.daemonInfo());
    }

    void daemonStopped() {
        commit(new DaemonEvent.DaemonStopped("signal", List.of()));
    }

    void saveState() throws IOException {
        new StateFile(home.state(), home.journal()).save(state.snapshot());
    }

    void accept(String id, String... after) {
        accept(task(id).after(after).build());
    }

    /** One that writes in {@code directory}. */
    void acceptIn(String id, String directory) {
        accept(task(id).writes(directory).build());
    }

    private void accept(Task task) {
        commit(new TaskEvent.TaskAccepted(task.id(), task, null, "utf-8", "Fix"));
    }

    void running(String id) {
        commit(
                new TaskEvent.StepStarted(new TaskId(id), 1, Step.EXECUTE),
                new AttemptEvent.AttemptStarted(new TaskId(id), 1, 1, "claude", "s", false, null));
    }

    void finish(String id) {
        commit(
                new TaskEvent.StepStarted(new TaskId(id), 1, Step.PERSIST),
                new TaskEvent.ArtifactWritten(new TaskId(id), 1, "results/" + id + ".json", "Fix " + id),
                new TaskEvent.TurnFinished(new TaskId(id), 1, TaskStatus.SUCCEEDED),
                new TaskEvent.TaskFinished(
                        new TaskId(id), 1, TaskStatus.SUCCEEDED, "bug_fix", null, 1, 900, null, 1, 1));
    }

    void publish(String id, int turn) throws IOException {
        new ArtifactStore(home).publish(Artifacts.succeeded(task(id).build(), turn, "result of turn " + turn));
    }

    private static TaskBuilder task(String id) {
        Instant now = TimeSource.system().now();
        return TaskBuilder.task(id)
                .type("bug_fix")
                .title("Fix " + id)
                .writes("/tmp")
                .acceptedAt(now);
    }

    void summary(String id, String text) throws IOException {
        AtomicFile.write(home.summary(new TaskId(id)), text);
    }

    @Override
    public void close() throws IOException {
        journal.close();
    }

    /** What a command printed, and its exit code. */
    record Result(int code, String out, String err) {}

    Result run(String... args) {
        return run(home.root(), args);
    }

    static Result run(Path root, String... args) {
        List<String> all = new ArrayList<>(List.of("--home", root.toString()));
        all.addAll(List.of(args));
        StringWriter out = new StringWriter();
        StringWriter err = new StringWriter();
        DaemonRunner noDaemon = (request, listener) -> {
            throw new AssertionError("no command here starts a daemon");
        };
        Cli cli = new Cli(Map.of(), new PrintWriter(out), new PrintWriter(err), noDaemon, Thread::new);
        int code = cli.run(all.toArray(new String[0]));
        return new Result(code, out.toString(), err.toString());
    }
}
