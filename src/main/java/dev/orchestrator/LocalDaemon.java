package dev.orchestrator;

import dev.orchestrator.agent.claude.ClaudeOptions;
import dev.orchestrator.agent.claude.ClaudePaths;
import dev.orchestrator.cli.DaemonRunner;
import dev.orchestrator.config.Config;
import dev.orchestrator.config.ConfigLoader;
import dev.orchestrator.config.Home;
import dev.orchestrator.config.HomeLeftovers;
import dev.orchestrator.config.KnownSecrets;
import dev.orchestrator.config.LiveConfig;
import dev.orchestrator.files.LockFile;
import dev.orchestrator.files.NameEncoding;
import dev.orchestrator.files.PrivateFile;
import dev.orchestrator.process.ProcessRunner;
import dev.orchestrator.secret.Redactor;
import dev.orchestrator.state.Snapshot;
import dev.orchestrator.task.TaskId;
import dev.orchestrator.task.TaskStatus;
import dev.orchestrator.task.TaskView;
import dev.orchestrator.time.TimeSource;
import dev.orchestrator.view.DaemonInfo;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.random.RandomGenerator;
import org.slf4j.LoggerFactory;

/** Runs the orchestrator in this process: takes the home, starts, waits for the end, stops. */
final class LocalDaemon implements DaemonRunner {
    private static final long LOOK_EVERY_MILLIS = 50;

    @Override
    public Result run(Request request, Listener listener) throws IOException, InterruptedException {
        LiveConfig.First first = LiveConfig.read(request.home(), request.settings(), request.environment());
        if (first instanceof LiveConfig.First.Invalid invalid) {
            Redactor redactor = KnownSecrets.redactor(request.home(), request.settings(), request.environment());
            return new Result.BadConfiguration(invalid.problems().stream()
                    .map(problem -> redactor.redact(problem.toString()))
                    .toList());
        }
        LiveConfig.First.Loaded loaded = (LiveConfig.First.Loaded) first;
        RedactorInTheMaking secrets = RedactorInTheMaking.begin(request);
        loaded.notes().forEach(listener::note);
        if (!request.quiet()) {
            NameEncoding.ofThisJvm().limit().ifPresent(limit -> listener.note(limitOfNames(limit)));
        }
        Home home = request.home();
        Files.createDirectories(home.root());
        PrivateFile.createDirectories(home.logs());
        Optional<String> problem = ClaudePaths.problem(home.root().toRealPath());
        if (problem.isPresent()) {
            return new Result.BadConfiguration(List.of(unprotected(home, problem.get())));
        }
        Optional<LockFile> lock = LockFile.tryAcquire(home.daemonLock());
        if (lock.isEmpty()) {
            return new Result.HomeTaken(holder(home));
        }
        try {
            if (DaemonInfo.running(home.daemonInfo())
                    .filter(info -> !info.isThisProcess())
                    .isPresent()) {
                // Somebody removed the lock's file, and with it the lock.
                return new Result.HomeTaken(holder(home));
            }
            Optional<String> lost = LostJournal.in(home);
            if (lost.isPresent()) {
                return new Result.BadConfiguration(List.of(lost.get()));
            }
            Optional<String> begunAnew = LostJournal.begunAnew(home);
            home.prepare();
            Redactor redactor = secrets.made();
            Logging.start(home.operatorLog(), loaded.config().get().log().level(), request.quiet(), redactor);
            begunAnew.ifPresent(LoggerFactory.getLogger(LocalDaemon.class)::warn);
            PrivateHome.close(home);
            PrivateHome.warn(home, ConfigLoader.load(home, request.settings(), request.environment()));
            return serve(request, loaded.config(), redactor, listener, lock.get());
        } finally {
            lock.get().close();
        }
    }

    private static Result serve(Request request, LiveConfig config, Redactor redactor, Listener listener, LockFile lock)
            throws IOException, InterruptedException {
        StopRequests shutdown = StopRequests.ofThisProcess();
        try {
            return serve(request, config, redactor, listener, lock, shutdown);
        } finally {
            shutdown.done();
        }
    }

    private static Result serve(
            Request request,
            LiveConfig config,
            Redactor redactor,
            Listener listener,
            LockFile lock,
            StopRequests shutdown)
            throws IOException, InterruptedException {
        Orchestrator orchestrator = new Orchestrator(
                request.home(),
                config,
                () -> request.agent().orElseGet(() -> claude(config.get())),
                new ProcessRunner(),
                request.environment(),
                redactor,
                Version.current(),
                RandomGenerator.getDefault(),
                TimeSource.system());
        Snapshot before = orchestrator.snapshot();
        sweep(request.home(), before);
        orchestrator.heeds(shutdown);
        StopReason reason = StopReason.ERROR;
        try (SettingsDesk settings = settings(request, config, redactor, orchestrator)) {
            shutdown.reloadBy(() -> settings.wake("SIGHUP"));
            orchestrator.start();
            if (request.once()) {
                orchestrator.doesWhatIsThere();
            }
            settings.start();
            listener.ready();
            HeapReturn.enable();
            reason = awaitEnd(orchestrator, lock, shutdown, request.once());
        } finally {
            if (reason != StopReason.HOME_LOST) {
                orchestrator.stopsBecauseOf(reason);
                orchestrator.close();
            }
        }
        if (reason == StopReason.HOME_LOST) {
            // Nothing is put away: what it would write could be another daemon's by now.
            return new Result.HomeLost();
        }
        return stopped(before, orchestrator.snapshot(), orchestrator.filesNotTaken());
    }

    private static SettingsDesk settings(
            Request request, LiveConfig config, Redactor redactor, Orchestrator orchestrator) {
        SettingsDesk.Followers followers = new SettingsDesk.Followers() {
            @Override
            public void learnSecrets() {
                KnownSecrets.teach(redactor, request.home(), request.settings(), request.environment());
            }

            @Override
            public void follow(LiveConfig.Look look, String by) {
                orchestrator.follower().follow(look, by);
            }
        };
        SettingsDesk desk =
                new SettingsDesk(request.home(), config, followers, Threads.one("settings"), TimeSource.system());
        orchestrator.follower().reloadBy(desk::reload);
        return desk;
    }

    /** The lock is held and nothing has started, so nobody is writing what an earlier daemon left half written. */
    private static void sweep(Home home, Snapshot before) {
        List<TaskId> running = before.active().stream()
                .filter(view -> !view.attempts().isEmpty())
                .map(TaskView::id)
                .toList();
        List<Path> removed =
                new HomeLeftovers(home).sweep(running, TimeSource.system().now());
        if (!removed.isEmpty()) {
            LoggerFactory.getLogger(LocalDaemon.class)
                    .info(
                            "Removed what was left half written: {}",
                            removed.stream().map(home::relative).toList());
        }
    }

    private static StopReason awaitEnd(Orchestrator orchestrator, LockFile lock, StopRequests shutdown, boolean once)
            throws IOException, InterruptedException {
        while (!shutdown.await(LOOK_EVERY_MILLIS)) {
            if (!lock.isStillThere()) {
                return StopReason.HOME_LOST;
            }
            if (once && orchestrator.isIdle()) {
                return StopReason.DRAINED;
            }
        }
        return StopReason.SIGNAL;
    }

    private static ClaudeOptions claude(Config config) {
        return new ClaudeOptions(
                config.claude().command(),
                List.of(),
                config.claude().passEnv(),
                config.claude().configDir().orElse(null));
    }

    private static Result stopped(Snapshot before, Snapshot after, List<String> notTaken) {
        long rejected = after.totals().rejectedFiles() - before.totals().rejectedFiles();
        return new Result.Stopped(
                ended(before, after), after.active().size(), rejected, notTaken, after.holds(), leftRunning(after));
    }

    private static List<TaskId> leftRunning(Snapshot after) {
        return after.active().stream()
                .filter(view -> view.openAttempt().isPresent())
                .map(TaskView::id)
                .toList();
    }

    private static Map<TaskStatus, Long> ended(Snapshot before, Snapshot after) {
        Map<TaskStatus, Long> ended = new EnumMap<>(TaskStatus.class);
        ended.putAll(after.totals().finished());
        before.totals().finished().forEach((status, count) -> ended.merge(status, -count, Long::sum));
        return ended;
    }

    private static String limitOfNames(String limit) {
        return "Some task files may not be taken in: " + limit + ". " + NameEncoding.remedy();
    }

    private static String unprotected(Home home, String problem) {
        return "No permission rule can keep an agent out of the home " + home.root() + ": " + problem
                + ". Move it to a plainer name.";
    }

    private static String holder(Home home) {
        return DaemonInfo.running(home.daemonInfo())
                .map(info -> "process " + info.pid() + " since " + info.startedAt())
                .orElse("another process");
    }
}
