package dev.orchestrator;

import dev.orchestrator.agent.claude.ClaudeOptions;
import dev.orchestrator.agent.claude.Confinement;
import dev.orchestrator.artifact.ArtifactIndex;
import dev.orchestrator.artifact.ArtifactStore;
import dev.orchestrator.artifact.ContextLoader;
import dev.orchestrator.artifact.Tombstones;
import dev.orchestrator.config.Config;
import dev.orchestrator.config.Home;
import dev.orchestrator.dispatch.Dispatcher;
import dev.orchestrator.engine.local.LocalEngine;
import dev.orchestrator.guard.hook.GuardServer;
import dev.orchestrator.guard.manifest.ManifestScanner;
import dev.orchestrator.guard.staging.Staging;
import dev.orchestrator.history.HistoryKeeper;
import dev.orchestrator.intake.TaskIntake;
import dev.orchestrator.journal.Journal;
import dev.orchestrator.mediator.RuleMediator;
import dev.orchestrator.mediator.Templates;
import dev.orchestrator.pipeline.Pipeline;
import dev.orchestrator.process.ProcessRunner;
import dev.orchestrator.secret.Redactor;
import dev.orchestrator.state.Snapshot;
import dev.orchestrator.state.StateFile;
import dev.orchestrator.state.StateIndex;
import dev.orchestrator.state.StateKeeper;
import dev.orchestrator.task.DaemonEvent;
import dev.orchestrator.task.TaskId;
import dev.orchestrator.task.TaskView;
import dev.orchestrator.time.TimeSource;
import dev.orchestrator.view.DaemonInfo;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * All parts, put together by hand, started in order and stopped in reverse. The caller holds the home's lock.
 */
final class Orchestrator implements AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(Orchestrator.class);

    /** How long a disk may refuse before the daemon ends all the same. */
    private static final Duration LAST_WORD = Duration.ofSeconds(5);

    /** So many that nobody who asks slowly keeps the others from being answered; idle ones go home. */
    private static final int GUARDS = 32;

    private final Home home;
    private final Supplier<Config> config;
    private final String version;
    private final TimeSource time;
    private final Journal journal;
    private final StateIndex state;
    private final ArtifactIndex index;
    private final HistoryKeeper history;
    private final DaemonSign sign;
    private final Keeper keeper;
    private final TaskRecords records;
    private final Dispatcher dispatcher;
    private final FrontDesk desk;
    private final LocalEngine engine;
    private final ExecutorService guards;
    private final GuardServer guardServer;
    private final TaskIntake intake;
    private final LocalMind mind;
    private final ConfigFollower follower;
    private final Messengers messengers;
    private final Staging staging;
    private final Pipeline pipeline;
    private final Instant startedAt;
    private volatile StopReason stopReason = StopReason.ERROR;
    /** Until somebody says who asks, nobody does. */
    private volatile StopRequests stopRequests = new StopRequests(() -> {});

    /**
     * Opens the home's files, repairing what a crash left. Nothing runs before {@link #start}.
     *
     * @param environment of this process
     * @param agent how the agent is started
     * @param processes where it is started
     * @param redactor hides what nothing may say that is written here
     */
    Orchestrator(
            Home home,
            Supplier<Config> config,
            Supplier<ClaudeOptions> agent,
            ProcessRunner processes,
            Map<String, String> environment,
            Redactor redactor,
            String version,
            RandomGenerator random,
            TimeSource time)
            throws IOException {
        this.home = home;
        this.config = config;
        this.version = version;
        this.time = time;
        this.startedAt = time.now();
        StateFile stateFile = new StateFile(home.state(), home.journal());
        Snapshot snapshot = stateFile.take(startedAt);
        this.journal = Journal.open(
                home.journal(),
                () -> config.get().journal().segmentSize(),
                new Journal.Trusted(snapshot.position(), snapshot.seq()),
                redactor,
                time,
                Threads.one("journal"));
        this.state = stateFile.bringUpToDate(snapshot);
        this.index = ArtifactIndex.open(home.index(), home.journal());
        StateKeeper stateKeeper = new StateKeeper(state, stateFile, journal);
        this.history = new HistoryKeeper(home.history(), home.journal(), journal::sync, time);
        this.sign = new DaemonSign(home.daemonInfo());
        this.keeper = new Keeper(List.of(sign, stateKeeper, index, history), Threads.one("keeper"), time);
        ArtifactStore artifacts = new ArtifactStore(home);
        AgentSetup setup = new AgentSetup(home, config, environment, time);
        Confinement confinement = setup.confinement();
        this.records = new TaskRecords(state, artifacts, new Tombstones(home), home);
        this.dispatcher = new Dispatcher(
                () -> Limits.rules(config.get()),
                state::spent,
                new HomeSurroundings(home, config, agent, confinement, environment),
                journal,
                random,
                time);
        this.engine = new LocalEngine(
                records::statusOf,
                dispatcher,
                () -> Limits.closing(config.get(), stopRequests.isCutShort(setup.isWindows())),
                () -> stopRequests.isUrgent(),
                Threads.numbered("worker"),
                time);
        this.guards = Threads.pool("guard", GUARDS);
        this.guardServer = new GuardServer(Unguessable::text, guards, redactor, time);
        Templates templates = new Templates(home.templates());
        FrontDesk.Ports served = new FrontDesk.Ports(
                home, config, state, index, artifacts, records, engine, dispatcher, templates, redactor, journal);
        this.desk = FrontDesk.of(served, time);
        RuleMediator rules = new RuleMediator();
        this.mind = new LocalMind(
                config.get().ollama(),
                new LocalMind.Ports(rules, templates, redactor, journal),
                Threads.one("warm-up"),
                random,
                time);
        this.messengers = Messengers.of(desk, served, setup::teller, environment, time);
        this.follower = ConfigFollower.of(config, engine, dispatcher, mind, desk.commands(), messengers, journal);
        ManifestScanner originals = new ManifestScanner(home.notOfWorkingDirectories());
        this.staging = new Staging(
                home.staging(), originals, () -> config.get().guard().stagedSize());
        this.intake = intake(new AccessRule(rules, templates, mind::isThere), templates, redactor, random);
        Pipeline.Ports ports = new Pipeline.Ports(
                new AcceptedTexts(intake.accepted()),
                mind.mediator(),
                mind.coordinator(),
                setup.reader(),
                templates,
                setup.agents(agent, processes, guardServer, confinement, redactor),
                setup.commands(processes, confinement),
                originals,
                staging,
                artifacts,
                new ContextLoader(artifacts, () -> config.get().contextTokens()),
                state::active,
                dispatcher,
                redactor,
                journal);
        this.pipeline = new Pipeline(home, ports, () -> Limits.of(config.get()), random, time);
    }

    /** Takes up what an earlier daemon left, then takes new tasks. */
    void start() throws IOException {
        journal.start(List.of(state, index, history));
        DaemonInfo info = DaemonInfo.ofThisProcess(startedAt, version);
        sign.say(info);
        journal.commit(
                new DaemonEvent.DaemonStarted(version, info.pid(), config.get().workers()));
        messengers.open(config.get());
        dispatcher.restore(state.snapshot().holds(), state.active(), engine::lookAgain);
        dispatcher.look();
        dispatcher.lookAtDisk();
        staging.removeAllBut(this::isUnderWay);
        new LeftTasks(home, intake.accepted(), records, engine, journal, time).takeUp(state.active());
        desk.control().start();
        // Behind what persons have said meanwhile: only silence expires.
        desk.approvals().expire();
        engine.serve(new PipelineHandler(pipeline), config.get().workers());
        desk.scheduler().look();
        intake.start(Threads.one("intake"));
        keeper.start();
        desk.attend();
        mind.start();
        messengers.follow(config.get());
    }

    /** Makes no task by the clock any more, for whoever waits until it is idle. To be called after {@link #start}. */
    void doesWhatIsThere() {
        desk.scheduler().end();
    }

    private boolean isUnderWay(TaskId id) {
        return state.active(id).filter(view -> !view.status().awaitsPerson()).isPresent();
    }

    /** True when nothing is left to do now, and what is too old is removed. */
    boolean isIdle() throws IOException {
        // First, so that whoever ends because of it knows what is in the way; what the intake has no more, the engine
        // has.
        dispatcher.look();
        return (intake.isIdle() || intake.isStuck()) && engine.isIdle() && desk.isDone();
    }

    /** Task files that could not be taken in, relative to the home. */
    List<String> filesNotTaken() {
        return intake.notTaken();
    }

    Snapshot snapshot() {
        return state.snapshot();
    }

    /** Says who may ask for the end; to be called before {@link #start}. */
    void heeds(StopRequests requests) {
        stopRequests = requests;
    }

    /** Who is to be told when the settings are read again. */
    ConfigFollower follower() {
        return follower;
    }

    /** To be called before {@link #close}, which takes it for an error otherwise. */
    void stopsBecauseOf(StopReason reason) {
        stopReason = reason;
    }

    @Override
    public void close() throws IOException {
        desk.commands().daemonStops();
        sign.say(DaemonInfo.ofThisProcess(startedAt, version).stopping(time.now()));
        intake.close();
        desk.leave();
        engine.close();
        mind.close();
        messengers.close();
        guardServer.close();
        guards.shutdownNow();
        // Behind the engine: what is waited for can be cancelled still.
        desk.control().close();
        List<TaskId> running = state.active().stream()
                .filter(view -> view.openAttempt().isPresent())
                .map(TaskView::id)
                .toList();
        if (!journal.tryCommit(new DaemonEvent.DaemonStopped(stopReason.toString(), running), LAST_WORD)) {
            closeUnwritten();
        }
        keeper.close();
        journal.close();
        sign.remove();
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

    private TaskIntake intake(AccessRule access, Templates templates, Redactor redactor, RandomGenerator random) {
        TaskIntake.Ports ports = new TaskIntake.Ports(
                records,
                templates::names,
                access::of,
                new RepliesFromFiles(desk.control(), desk.replies()),
                journal,
                engine,
                redactor,
                engine::size,
                engine::isIdle);
        return new TaskIntake(home, config, ports, random, time);
    }
}
