package dev.orchestrator;

import dev.orchestrator.agent.Agent;
import dev.orchestrator.agent.claude.ClaudeAgent;
import dev.orchestrator.agent.claude.ClaudeOptions;
import dev.orchestrator.agent.claude.ClaudeProgram;
import dev.orchestrator.artifact.Artifact;
import dev.orchestrator.artifact.ArtifactIndex;
import dev.orchestrator.artifact.ArtifactStore;
import dev.orchestrator.config.Config;
import dev.orchestrator.config.Home;
import dev.orchestrator.engine.RunContext;
import dev.orchestrator.engine.TaskHandler;
import dev.orchestrator.engine.local.LocalEngine;
import dev.orchestrator.files.Moves;
import dev.orchestrator.guard.manifest.ManifestScanner;
import dev.orchestrator.intake.AcceptedTasks;
import dev.orchestrator.intake.KnownTasks;
import dev.orchestrator.intake.TaskIntake;
import dev.orchestrator.journal.Journal;
import dev.orchestrator.mediator.Mediator;
import dev.orchestrator.mediator.RuleMediator;
import dev.orchestrator.mediator.Template;
import dev.orchestrator.mediator.Templates;
import dev.orchestrator.pipeline.Pipeline;
import dev.orchestrator.pipeline.TaskTexts;
import dev.orchestrator.process.ProcessRunner;
import dev.orchestrator.process.Programs;
import dev.orchestrator.state.Snapshot;
import dev.orchestrator.state.StateFile;
import dev.orchestrator.state.StateIndex;
import dev.orchestrator.state.StateKeeper;
import dev.orchestrator.task.Access;
import dev.orchestrator.task.DaemonEvent;
import dev.orchestrator.task.Failure;
import dev.orchestrator.task.Outcome;
import dev.orchestrator.task.Task;
import dev.orchestrator.task.TaskBody;
import dev.orchestrator.task.TaskId;
import dev.orchestrator.task.TaskSpec;
import dev.orchestrator.task.TaskStatus;
import dev.orchestrator.task.TaskView;
import dev.orchestrator.time.TimeSource;
import dev.orchestrator.view.DaemonInfo;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * All parts, put together by hand, started in order and stopped in reverse. The caller holds the home's lock.
 */
final class Orchestrator implements AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(Orchestrator.class);

    /** How long a disk may refuse before the daemon ends all the same. */
    private static final Duration LAST_WORD = Duration.ofSeconds(5);

    private final Home home;
    private final Supplier<Config> config;
    private final String version;
    private final TimeSource time;
    private final Journal journal;
    private final StateIndex state;
    private final ArtifactStore artifacts;
    private final Templates templates;
    private final Mediator mediator = new RuleMediator();
    private final LocalEngine engine;
    private final TaskIntake intake;
    private final Pipeline pipeline;
    private final Keeper keeper;
    private final ArtifactIndex index;
    private final StateKeeper stateKeeper;
    private StopReason stopReason = StopReason.ERROR;

    /** Why the daemon stops, as the journal has it. */
    enum StopReason {
        /** Nothing was left to do, and it was to stop then. */
        DRAINED,
        SIGNAL,
        ERROR;

        @Override
        public String toString() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /**
     * Opens the home's files, repairing what a crash left. Nothing runs before {@link #start}.
     *
     * @param environment of this process
     * @param agent how the agent is started
     */
    Orchestrator(
            Home home,
            Supplier<Config> config,
            Supplier<ClaudeOptions> agent,
            Map<String, String> environment,
            String version,
            RandomGenerator random,
            TimeSource time)
            throws IOException {
        this.home = home;
        this.config = config;
        this.version = version;
        this.time = time;
        StateFile stateFile = new StateFile(home.state(), home.journal());
        Snapshot snapshot = stateFile.load();
        this.journal = Journal.open(
                home.journal(),
                config.get().journal().segmentSize(),
                new Journal.Trusted(snapshot.position(), snapshot.seq()),
                time,
                Threads.one("journal"));
        this.state = stateFile.bringUpToDate(snapshot);
        this.index = ArtifactIndex.open(home.index(), home.journal());
        this.stateKeeper = new StateKeeper(state, stateFile, journal);
        this.keeper = new Keeper(List.of(stateKeeper, index), Threads.one("keeper"), time);
        this.artifacts = new ArtifactStore(home);
        this.templates = new Templates(home.templates());
        this.engine = new LocalEngine(
                this::statusOf, () -> config.get().shutdown().grace(), Threads.numbered("worker"), time);
        this.intake = intake(random);
        this.pipeline = pipeline(claude(agent, environment), random);
    }

    /** Takes up what an earlier daemon left, then takes new tasks. */
    void start() throws IOException {
        journal.start(List.of(state, index));
        DaemonInfo info = DaemonInfo.ofThisProcess(time.now(), version);
        info.write(home.daemonInfo());
        journal.commit(
                new DaemonEvent.DaemonStarted(version, info.pid(), config.get().workers()));
        List<TaskView> left = state.active();
        intake.accepted().recover(left.stream().map(TaskView::task).toList(), this::statusOf);
        left.stream().filter(view -> !view.status().awaitsPerson()).forEach(this::takeUp);
        if (!left.isEmpty()) {
            log.info("Going on with {} tasks that an earlier start left.", left.size());
        }
        engine.serve(new Handler(), config.get().workers());
        intake.start(Threads.one("intake"));
        keeper.start();
    }

    /** Where an agent may be at work still, or what it changed has not been looked at yet, nobody else may come first. */
    private void takeUp(TaskView view) {
        if (view.openAttempt().isPresent() || view.decisiveAttempt().isPresent()) {
            engine.resume(view.task());
        } else {
            engine.submit(view.task(), view.notBefore());
        }
    }

    /** True when nothing is left to do now. */
    boolean isIdle() throws IOException {
        return intake.isIdle() && engine.isIdle();
    }

    /** Task files that could not be taken in, relative to the home. */
    List<String> filesNotTaken() {
        return intake.notTaken().stream().map(home::relative).toList();
    }

    Snapshot snapshot() {
        return state.snapshot();
    }

    /** To be called before {@link #close}, which takes it for an error otherwise. */
    void stopsBecauseOf(StopReason reason) {
        stopReason = reason;
    }

    @Override
    public void close() throws IOException {
        intake.close();
        engine.close();
        List<TaskId> running = state.active().stream()
                .filter(view -> view.status() == TaskStatus.RUNNING)
                .map(TaskView::id)
                .toList();
        if (!journal.tryCommit(new DaemonEvent.DaemonStopped(stopReason.toString(), running), LAST_WORD)) {
            closeUnwritten();
        }
        keeper.close();
        journal.close();
        Moves.delete(home.daemonInfo());
    }

    /**
     * The disk refuses, and whoever asked for the end shall have it. What was acknowledged is on disk; the rest is as after
     * a crash. The journal goes first, since all others wait for it.
     */
    private void closeUnwritten() throws IOException {
        log.error(
                "{} cannot be written, so the daemon ends without its last word. Free some room; the next start goes on.",
                home.journal());
        journal.close();
        keeper.close();
        throw new IOException(home.journal()
                + " could not be written when the daemon stopped; the next start goes on from what it has");
    }

    private Agent claude(Supplier<ClaudeOptions> options, Map<String, String> environment) {
        boolean windows = "\\".equals(home.root().getFileSystem().getSeparator());
        return new ClaudeAgent(
                options,
                new ClaudeProgram(new Programs(environment, windows)),
                new ProcessRunner(),
                environment,
                home.ownDirectories(),
                home.ownFiles(),
                time);
    }

    private TaskIntake intake(RandomGenerator random) {
        TaskIntake.Ports ports = new TaskIntake.Ports(
                this::known, templates::names, this::accessOf, journal, engine, engine::size, engine::isIdle);
        return new TaskIntake(home, config, ports, random, time);
    }

    private Pipeline pipeline(Agent agent, RandomGenerator random) {
        List<Path> own = new ArrayList<>(home.ownDirectories());
        own.addAll(home.ownFiles());
        Pipeline.Ports ports = new Pipeline.Ports(
                this::textOf, mediator, templates, agent, new ManifestScanner(own), artifacts, state::active, journal);
        return new Pipeline(home, ports, () -> Limits.of(config.get()), random, time);
    }

    /** A task that may run commands can change files, whatever its template says. */
    private Access accessOf(TaskSpec spec, TaskBody body) {
        boolean commands = spec.allowedTools().stream().anyMatch(rule -> rule.startsWith("Bash"));
        Templates.Search search = templates.find(mediator.understand(spec, body).type());
        boolean readOnly = search instanceof Templates.Search.Found found && isReadOnly(found.template());
        return readOnly && !commands ? Access.READ : Access.WRITE;
    }

    private static boolean isReadOnly(Template template) {
        return template.readOnly();
    }

    private TaskTexts.Result textOf(Task task) {
        AcceptedTasks.Result result = intake.accepted().read(task);
        return result instanceof AcceptedTasks.Result.Unusable unusable
                ? new TaskTexts.Result.Unusable(unusable.why())
                : new TaskTexts.Result.Found(((AcceptedTasks.Result.Found) result).body());
    }

    private Optional<TaskStatus> statusOf(TaskId id) {
        return state.active(id).map(TaskView::status).or(() -> artifact(id).map(Artifact::status));
    }

    private Optional<KnownTasks.Known> known(TaskId id) {
        return state.active(id)
                .map(view -> new KnownTasks.Known(view.task().source().sha256(), view.status()))
                .or(() -> artifact(id)
                        .map(found -> new KnownTasks.Known(found.source().sha256(), found.status())));
    }

    private Optional<Artifact> artifact(TaskId id) {
        try {
            return artifacts.find(id);
        } catch (IOException e) {
            throw new UncheckedIOException("task " + id, e);
        }
    }

    private final class Handler implements TaskHandler {
        @Override
        public Outcome run(Task task, RunContext context) throws InterruptedException {
            return pipeline.run(task, context.cancellation());
        }

        @Override
        public Outcome end(Task task, TaskStatus status, @Nullable Failure failure) {
            return pipeline.end(task, status, failure);
        }
    }
}
