package dev.orchestrator.housekeeping;

import dev.orchestrator.artifact.Artifact;
import dev.orchestrator.artifact.ArtifactStore;
import dev.orchestrator.artifact.Tombstones;
import dev.orchestrator.artifact.Tombstones.Tombstone;
import dev.orchestrator.config.Home;
import dev.orchestrator.files.Moves;
import dev.orchestrator.task.TaskId;
import dev.orchestrator.task.TaskStatus;
import dev.orchestrator.task.TaskView;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Removes what is left of tasks that have been over for long. What a task needs that is not over stays, whatever its age: its
 * own files, and those of the tasks that it follows. While a daemon has the home, only that daemon may clean, and only while
 * no task begins anew. For one thread.
 *
 * <p>Whoever is killed in between leaves more than was to stay, never less: the tombstones are on disk first, then the index
 * has the artifacts no more, and then they go.
 */
public final class Cleaning {
    private static final String TASK_FILE = ".task.md";
    private static final String JSON = ".json";
    private static final Pattern PROCESSED = Pattern.compile("(?<id>.+)\\.("
            + Stream.of(TaskStatus.values()).map(TaskStatus::toString).collect(Collectors.joining("|"))
            + "|reply-[0-9a-f]{12})");

    private final Home home;
    private final Tombstones tombstones;
    private final Ages ages;
    private final Set<TaskId> needed = new HashSet<>();
    private final Attachments attachments;

    /** What can be removed by itself. */
    public enum Kind {
        /** Task files that were done or rejected, and what came with them. */
        TASKS,
        /** Artifacts of all turns, patches and summaries. */
        ARTIFACTS,
        /** The records of runs: transcripts, prompts, and the way back of what was approved. */
        RUNS;

        @Override
        public String toString() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /**
     * What was removed, or would be.
     *
     * @param paths relative to the home
     * @param tasks whose files they are
     * @param problems a sentence for each that is old and could not be removed
     */
    public record Report(Kind kind, List<String> paths, long bytes, Set<TaskId> tasks, List<String> problems) {
        public Report {
            paths = List.copyOf(paths);
            tasks = Set.copyOf(tasks);
            problems = List.copyOf(problems);
        }
    }

    /** The index of artifacts. */
    @FunctionalInterface
    public interface Index {
        /** Returns when it is on disk that {@code tasks} have no artifacts. */
        void forget(Set<TaskId> tasks) throws IOException;
    }

    /** @param active tasks that are not over */
    public Cleaning(Home home, Collection<TaskView> active) {
        this.home = home;
        this.tombstones = new Tombstones(home);
        this.ages = new Ages(home, tombstones);
        this.attachments = new Attachments(home, needed);
        for (TaskView view : active) {
            needed.add(view.id());
            needed.addAll(view.task().spec().after());
            Optional.ofNullable(view.task().spec().parentTaskId()).ifPresent(needed::add);
        }
    }

    /** All there is of a kind, old or not, by name: what {@link #look} and {@link #clean} may be given a part of. */
    public static List<Path> entries(Home home, Kind kind) throws IOException {
        return switch (kind) {
            case TASKS ->
                Stream.concat(
                                Entries.files(home.processed(), TASK_FILE).stream(),
                                Entries.files(home.rejected(), TASK_FILE).stream())
                        .toList();
            case ARTIFACTS -> Entries.files(home.results(), JSON);
            case RUNS -> Entries.directories(home.runs());
        };
    }

    /** @param before what ended then or earlier is old enough */
    public Report look(Kind kind, List<Path> entries, Instant before) {
        Work work = new Work(kind, before);
        work.look(entries).forEach(work::count);
        return work.report();
    }

    /**
     * Removes it. What cannot be removed stays, and keeps no other from being.
     *
     * @throws IOException when nothing was removed, because what has to be written before could not be
     */
    public Report clean(Kind kind, List<Path> entries, Instant before, Instant now, Index index) throws IOException {
        Work work = new Work(kind, before);
        List<Old> old = work.look(entries);
        List<Artifact> artifacts =
                old.stream().flatMap(each -> each.artifact().stream()).toList();
        if (!artifacts.isEmpty()) {
            tombstones.add(artifacts.stream()
                    .map(artifact -> Tombstone.of(artifact, now))
                    .toList());
            index.forget(artifacts.stream().map(Artifact::taskId).collect(Collectors.toSet()));
        }
        old.forEach(work::remove);
        return work.report();
    }

    /**
     * What goes together.
     *
     * @param id null when it is no task's
     * @param paths in the order in which they go; when one cannot, those behind it stay
     */
    private record Old(@Nullable TaskId id, List<Path> paths, Optional<Artifact> artifact) {
        Old(TaskId id, List<Path> paths) {
            this(id, paths, Optional.empty());
        }
    }

    /** One way through files of a home. */
    private final class Work {
        private final Kind kind;
        private final Instant before;
        private final List<String> paths = new ArrayList<>();
        private final Set<TaskId> tasks = new HashSet<>();
        private final List<String> problems = new ArrayList<>();
        private long bytes;

        Work(Kind kind, Instant before) {
            this.kind = kind;
            this.before = before;
        }

        Report report() {
            return new Report(kind, paths, bytes, tasks, problems);
        }

        List<Old> look(List<Path> entries) {
            List<Old> old = new ArrayList<>();
            for (Path entry : entries) {
                try {
                    old(entry).ifPresent(old::add);
                } catch (IOException | RuntimeException e) {
                    problem(entry, e);
                }
            }
            return old;
        }

        private Optional<Old> old(Path entry) throws IOException {
            return switch (kind) {
                case TASKS -> entry.startsWith(home.rejected()) ? rejected(entry) : processed(entry);
                case ARTIFACTS -> artifact(entry);
                case RUNS -> run(entry);
            };
        }

        /** {@code ID.STATUS.task.md}, or {@code ID.reply-HASH.task.md}. */
        private Optional<Old> processed(Path file) throws IOException {
            Matcher ours = PROCESSED.matcher(Entries.stem(file, TASK_FILE));
            Optional<TaskId> id = ours.matches() ? Entries.taskId(ours.group("id")) : Optional.empty();
            return id.isPresent() && isOld(id.get(), file)
                    ? Optional.of(new Old(id.get(), with(file, attachments.of(id.get()))))
                    : Optional.empty();
        }

        /** Moved there it has the time that it was written, so its reason's counts too. */
        private Optional<Old> rejected(Path file) {
            Path reason = home.reasonOf(file);
            List<Path> came = attachments.ofRejected(Entries.taskId(Entries.stem(file, TASK_FILE)));
            boolean old =
                    !Ages.written(file).isAfter(before) && !Ages.written(reason).isAfter(before);
            // Without its reason it would be taken for a corrected one.
            return old && Entries.isReasonOf(reason, file)
                    ? Optional.of(new Old(null, with(reason, with(file, came)), Optional.empty()))
                    : Optional.empty();
        }

        private static List<Path> with(Path last, List<Path> before) {
            List<Path> all = new ArrayList<>(before);
            all.add(last);
            return all;
        }

        /** The latest turn's; the others go with it, and it goes last: what is begun is then done again. */
        private Optional<Old> artifact(Path file) throws IOException {
            Optional<TaskId> id = Entries.taskId(Entries.stem(file, JSON));
            if (id.isEmpty() || !file.equals(home.artifact(id.get())) || !isOld(id.get(), file)) {
                return Optional.empty();
            }
            return sound(id.get())
                    .filter(artifact -> artifact.status().isFinal())
                    .map(artifact -> new Old(id.get(), withAllTurns(artifact, file), Optional.of(artifact)));
        }

        private List<Path> withAllTurns(Artifact artifact, Path latest) {
            TaskId id = artifact.taskId();
            List<Path> all = new ArrayList<>();
            for (int turn = 1; turn < artifact.turn(); turn++) {
                all.add(home.olderArtifact(id, turn));
            }
            all.add(home.patch(id));
            all.add(home.summary(id));
            all.removeIf(path -> !Files.exists(path, LinkOption.NOFOLLOW_LINKS));
            all.add(latest);
            return all;
        }

        private Optional<Old> run(Path directory) throws IOException {
            Optional<TaskId> id = Entries.taskId(Entries.stem(directory, ""));
            return id.isPresent() && isOld(id.get(), directory)
                    ? Optional.of(new Old(id.get(), List.of(directory)))
                    : Optional.empty();
        }

        private boolean isOld(TaskId id, Path file) throws IOException {
            return !needed.contains(id) && !ages.endOf(id, file).isAfter(before);
        }

        void count(Old old) {
            old.paths().forEach(path -> count(path, Entries.size(path), old.id()));
        }

        void remove(Old old) {
            for (Path path : old.paths()) {
                long size = Entries.size(path);
                try {
                    remove(path);
                } catch (IOException | RuntimeException e) {
                    problem(path, e);
                    return;
                }
                count(path, size, old.id());
            }
        }

        private void remove(Path path) throws IOException {
            if (kind == Kind.RUNS || path.startsWith(home.attachments())) {
                Entries.removeDirectory(path);
            } else {
                Moves.delete(path);
            }
        }

        private void count(Path path, long size, @Nullable TaskId id) {
            paths.add(home.relative(path));
            bytes += size;
            if (id != null) {
                tasks.add(id);
            }
        }

        private void problem(Path path, Exception problem) {
            problems.add(home.relative(path) + " cannot be removed: " + problem);
        }
    }

    private Optional<Artifact> sound(TaskId id) {
        try {
            return new ArtifactStore(home).find(id);
        } catch (IOException e) {
            // Damaged, or another task's: somebody should look at it.
            return Optional.empty();
        }
    }
}
