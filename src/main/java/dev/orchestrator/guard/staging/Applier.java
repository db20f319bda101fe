package dev.orchestrator.guard.staging;

import dev.orchestrator.files.AtomicFile;
import dev.orchestrator.files.Moves;
import dev.orchestrator.json.Json;
import dev.orchestrator.json.Records;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Brings a change into a directory: all of it, or nothing. What is to be done is on disk before it is begun; after a crash
 * it is gone on with, or, when somebody else has changed one of its files meanwhile, gone back on. In between others can see
 * a part of it, as long as it takes to rename its files. For one thread at a time.
 */
public final class Applier {
    private static final Logger log = LoggerFactory.getLogger(Applier.class);

    private final TurnFiles files;
    private final Blobs blobs;
    private final Placing placing;

    public Applier(TurnFiles files) {
        this(files, Placing.Watcher.NOBODY);
    }

    Applier(TurnFiles files, Placing.Watcher watcher) {
        this.files = files;
        this.blobs = files.blobs();
        this.placing = new Placing(blobs, watcher);
    }

    /** What came of it. */
    public sealed interface Result {
        /** @param merged where somebody else had changed something too */
        record Applied(List<String> paths, List<String> merged) implements Result {}

        /** Nothing is different. */
        record Refused(List<String> problems) implements Result {}
    }

    /** Goes on with what was begun, or begins; done a second time, it does nothing. */
    public Result apply(List<Change> changes, Path directory) throws IOException {
        return apply(changes, Map.of(), directory, false);
    }

    /** Takes back what was applied: files become what they were, permissions and all. */
    public Result restore(WayBack back, Path directory) throws IOException {
        return apply(back.changes(), back.directories(), directory, true);
    }

    private Result apply(List<Change> changes, Map<String, String> directories, Path directory, boolean restoring)
            throws IOException {
        Optional<Plan> begun = begun();
        if (begun.isPresent() && isOf(begun.get(), changes, directory)) {
            return goOn(begun.get());
        }
        if (begun.isPresent()) {
            return new Result.Refused(List.of("its records are not what they were"));
        }
        Planner.Result planned = plan(changes, directories, directory, restoring);
        if (planned.plan() == null) {
            return new Result.Refused(planned.problems());
        }
        write(planned.plan());
        return goOn(planned.plan());
    }

    /** What cannot be read will not be readable the next moment, and somebody waits for an answer. */
    private Planner.Result plan(
            List<Change> changes, Map<String, String> directories, Path directory, boolean restoring) {
        try {
            return new Planner(new Directory(directory), blobs, restoring, directories).plan(changes);
        } catch (IOException e) {
            return new Planner.Result(null, List.of("something cannot be read: " + e));
        }
    }

    /** A plan about anything else was not made here. */
    private static boolean isOf(Plan plan, List<Change> changes, Path directory) {
        Set<String> paths = changes.stream().map(Change::path).collect(Collectors.toSet());
        return plan.directory().equals(directory.toString())
                && plan.steps().stream().allMatch(step -> paths.contains(step.path()));
    }

    /** True when it was begun, so that the directory may have a part of it, or all. */
    public boolean isBegun() throws IOException {
        return begun().isPresent();
    }

    /** Why {@link #apply} would refuse now; empty when it would not. Changes nothing. */
    public List<String> problems(WayBack back, Path directory) {
        return plan(back.changes(), back.directories(), directory, true).problems();
    }

    /**
     * What leads back.
     *
     * @param directories permissions of directories that may have to be made again
     */
    public record WayBack(List<Change> changes, Map<String, String> directories) {}

    /** What would take the change back again that was applied; empty when none was. */
    public Optional<WayBack> wayBack() throws IOException {
        return begun().filter(plan -> plan.state() == Plan.State.APPLIED)
                .map(plan ->
                        new WayBack(plan.steps().stream().map(Change::reversed).toList(), plan.directories()));
    }

    private Result goOn(Plan plan) throws IOException {
        return switch (plan.state()) {
            case APPLIED -> new Result.Applied(paths(plan), plan.merged());
            case GOING_BACK -> goBack(plan);
            case APPLYING -> forward(plan);
        };
    }

    private Result forward(Plan plan) throws IOException {
        try {
            placing.place(plan);
        } catch (Placing.InTheWay e) {
            return goBack(turnedBack(plan, e.problem()));
        } catch (IOException | InvalidPathException e) {
            log.debug("A change cannot be applied.", e);
            return goBack(turnedBack(plan, "a file cannot be written: " + e));
        }
        write(plan.applied());
        return new Result.Applied(paths(plan), plan.merged());
    }

    private Plan turnedBack(Plan plan, String why) throws IOException {
        Plan back = plan.goingBack(List.of(why));
        write(back);
        return back;
    }

    private Result goBack(Plan plan) throws IOException {
        List<String> left = placing.takeBack(plan);
        Moves.delete(files.plan());
        Moves.syncDirectory(files.directory());
        List<String> problems = new ArrayList<>(plan.problems());
        left.forEach(path -> problems.add(path + ": was changed once more meanwhile, and stays as it is"));
        return new Result.Refused(problems);
    }

    private static List<String> paths(Plan plan) {
        return plan.steps().stream().map(Change::path).toList();
    }

    private void write(Plan plan) throws IOException {
        AtomicFile.write(files.plan(), Json.document(plan));
    }

    private Optional<Plan> begun() throws IOException {
        try {
            return Optional.of(Records.read(Files.readAllBytes(files.plan()), Plan.class));
        } catch (NoSuchFileException e) {
            return Optional.empty();
        }
    }
}
