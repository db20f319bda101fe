package dev.orchestrator.pipeline;

import dev.orchestrator.config.Home;
import dev.orchestrator.guard.staging.Staging;
import dev.orchestrator.guard.staging.TurnFiles;
import dev.orchestrator.task.Access;
import dev.orchestrator.task.AttemptView;
import dev.orchestrator.task.Cancellation;
import dev.orchestrator.task.Failure;
import dev.orchestrator.task.FailureCategory;
import dev.orchestrator.task.Task;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Finds the place where an attempt works; for a guarded task it makes a copy, which all attempts of a turn share. */
final class Workplaces {
    private final Home home;
    private final Staging staging;
    private final Supplier<RunLimits> limits;

    Workplaces(Home home, Staging staging, Supplier<RunLimits> limits) {
        this.home = home;
        this.staging = staging;
        this.limits = limits;
    }

    /** What came of looking for one. */
    sealed interface Result {
        /** @param made true when it is a copy that was made just now, without what earlier attempts did */
        record Found(Workplace place, boolean made) implements Result {}

        record Refused(Failure failure) implements Result {}

        /** The task is not wanted any more, or the daemon ends. */
        record GivenUp() implements Result {}
    }

    /** For the next attempt of {@code turn}. */
    Result next(Turn turn, Cancellation cancellation) throws IOException {
        Task task = turn.view().task();
        Optional<AttemptView> earlier = turn.view().lastAttempt();
        boolean copied = earlier.isPresent() ? earlier.get().directory() != null : isGuarded(turn);
        if (!copied) {
            return new Result.Found(Workplace.of(task), false);
        }
        if (earlier.isPresent() && staging.isWhole(turn.id())) {
            return new Result.Found(of(task, earlier.get().directory()), false);
        }
        return stage(turn, task, cancellation);
    }

    private boolean isGuarded(Turn turn) {
        boolean wanted =
                turn.view().task().spec().isGuarded() || limits.get().staged().all();
        return wanted && turn.parsed().terms().access() == Access.WRITE;
    }

    private Result stage(Turn turn, Task task, Cancellation cancellation) throws IOException {
        Path directory = Path.of(task.directory());
        TurnFiles files = new TurnFiles(home.runs(turn.id()), turn.number());
        Staging.Result result =
                staging.stage(turn.id(), directory, limits.get().allowedRoots(), files, () -> isToStop(cancellation));
        if (result instanceof Staging.Result.Refused refused) {
            return new Result.Refused(
                    Failure.of(FailureCategory.CONFIG, "no copy of " + directory + " can be made: " + refused.problem())
                            .suggesting(refused.remedy()));
        }
        return result instanceof Staging.Result.Staged staged
                ? new Result.Found(new Workplace(staged.directory(), staged.top(), directory), true)
                : new Result.GivenUp();
    }

    private static boolean isToStop(Cancellation cancellation) {
        return cancellation.reason() != null;
    }

    /** Where {@code known} worked. */
    Workplace of(Task task, AttemptView known) {
        return of(task, known.directory());
    }

    private Workplace of(Task task, @Nullable String directory) {
        return directory == null
                ? Workplace.of(task)
                : new Workplace(Path.of(directory), staging.top(task.id()), Path.of(task.directory()));
    }
}
