package dev.orchestrator.intake;

import dev.orchestrator.config.Config;
import dev.orchestrator.config.Home;
import dev.orchestrator.engine.Engine;
import dev.orchestrator.intake.file.TaskFileReader;
import dev.orchestrator.json.Redaction;
import dev.orchestrator.secret.Redactor;
import dev.orchestrator.task.Access;
import dev.orchestrator.task.EventSink;
import dev.orchestrator.task.TaskBody;
import dev.orchestrator.task.TaskSpec;
import dev.orchestrator.time.TimeSource;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ThreadFactory;
import java.util.function.BiFunction;
import java.util.function.BooleanSupplier;
import java.util.function.IntSupplier;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Everything between a dropped file and the engine. */
public final class TaskIntake implements AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(TaskIntake.class);
    /** A batch is taken in within moments, unless the disk is full. */
    private static final Duration LONGEST_ROUND = Duration.ofSeconds(10);

    /** Few at a time: as soon as one of them can run, the others wait again. */
    private static final int PAST_THE_LIMIT = 50;

    private final Supplier<IntakeSettings> settings;
    private final AcceptedTasks accepted;
    private final Intake intake;
    private final RejectedFiles rejected;
    private final Complaints complaints = new Complaints();
    private final UnusableEntries unusable = new UnusableEntries();
    private final Home home;
    private final Redactor redactor;
    private final IntSupplier queued;
    private final BooleanSupplier stuck;
    private final TimeSource time;
    private volatile boolean toldStuck;
    private @Nullable TaskWatcher watcher;
    private @Nullable Thread thread;

    /**
     * What the intake asks of others.
     *
     * @param types names of the templates there are
     * @param accessOf what a task may do to its directory
     * @param replies takes what is said to tasks that are over
     * @param queued how many tasks the engine has
     * @param stuck true when the engine runs nothing, and can run nothing of what it has
     */
    public record Ports(
            KnownTasks known,
            Supplier<Set<String>> types,
            BiFunction<TaskSpec, TaskBody, Access> accessOf,
            Replies replies,
            EventSink journal,
            Engine engine,
            Redactor redactor,
            IntSupplier queued,
            BooleanSupplier stuck) {}

    public TaskIntake(Home home, Supplier<Config> config, Ports ports, RandomGenerator random, TimeSource time) {
        this.home = home;
        this.settings = () -> IntakeSettings.of(config.get());
        this.redactor = ports.redactor();
        this.queued = ports.queued();
        this.stuck = ports.stuck();
        this.time = time;
        this.rejected = new RejectedFiles(home, new Redaction(ports.redactor()));
        Supplier<TaskFileReader> reader =
                () -> new TaskFileReader(ports.types(), settings.get().maxFileSize());
        WorkingDirectories directories = new WorkingDirectories(
                () -> settings.get().baseDir(), () -> settings.get().roots(), home.ownDirectories());
        TaskIds ids = new TaskIds(random);
        Supplier<Admission> admissions = () -> new Admission(
                ports.known(),
                ids,
                directories,
                ports.accessOf(),
                settings.get().guardedWrite(),
                settings.get().agents());
        this.accepted = new AcceptedTasks(home, reader);
        this.intake = new Intake(
                home,
                reader,
                admissions,
                rejected,
                complaints,
                new ReplyFiles(home, ports.replies()),
                accepted,
                ports.journal(),
                ports.engine(),
                new Redaction(ports.redactor()),
                time);
    }

    /** The texts of accepted tasks. */
    public AcceptedTasks accepted() {
        return accepted;
    }

    /** Begins to watch {@code tasks/}. Call {@link AcceptedTasks#recover} first. */
    public void start(ThreadFactory threads) throws IOException {
        watcher = new TaskWatcher(home, intake, rejected, complaints, unusable, settings, this::room, time);
        thread = threads.newThread(watcher);
        thread.start();
    }

    /**
     * How many more tasks the engine may get. When all that it has wait for tasks it does not have, those may be among the
     * files that wait for room: then some more are let in, up to as many again.
     */
    private int room() {
        int most = settings.get().maxQueued();
        int free = most - queued.getAsInt();
        if (free > 0 || !stuck.getAsBoolean()) {
            toldStuck = false;
            return free;
        }
        int more = Math.min(PAST_THE_LIMIT, free + most);
        if (more <= 0 && !toldStuck) {
            toldStuck = true;
            log.warn(
                    "Files may wait in tasks/ for room: {} tasks are queued, and none of them can run. Raise"
                            + " `intake.max_queued` if they wait for tasks among those files.",
                    queued.getAsInt());
        }
        return more;
    }

    /** What could not be taken in, such as a file that cannot be read, or a link; relative to the home. It stays where it is. */
    public List<String> notTaken() {
        return Stream.concat(complaints.all().stream(), unusable.all().stream())
                .sorted()
                .map(home::relative)
                .map(redactor::redact)
                .toList();
    }

    /** True when no task file waits in {@code tasks/} but those {@link #notTaken}, and none is on its way to the engine. */
    public boolean isIdle() throws IOException {
        // In this order: a file that has just left the directory is still being taken in, or the engine has it already.
        return watcher == null || (!watcher.hasWaitingFiles() && !watcher.isTakingIn());
    }

    /** True when files wait for room and nothing that the engine has can make any. */
    public boolean isStuck() {
        return watcher != null && !watcher.isTakingIn() && room() <= 0 && stuck.getAsBoolean();
    }

    /** Stops watching; what is being taken in is finished first. */
    @Override
    public void close() throws IOException {
        if (watcher == null || thread == null) {
            return;
        }
        watcher.close();
        try {
            thread.join(LONGEST_ROUND.toMillis());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
