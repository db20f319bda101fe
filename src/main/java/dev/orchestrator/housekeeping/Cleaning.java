package dev.orchestrator.housekeeping;

import dev.orchestrator.artifact.Artifact;
import dev.orchestrator.artifact.ArtifactStore;
import dev.orchestrator.config.Home;
import dev.orchestrator.files.Moves;
import dev.orchestrator.files.Trees;
import dev.orchestrator.task.TaskId;
import dev.orchestrator.task.TaskView;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Removes what is left of tasks that have been over for long. What a task needs that is not over stays, whatever its age: its
 * own files, and those of the tasks that it follows. While a daemon has the home, only that daemon may clean, and only while
 * no task begins anew. For one thread.
 */
public final class Cleaning {
    private static final String TASK_FILE = ".task.md";
    private static final String JSON = ".json";

    private final Home home;
    private final Set<TaskId> needed = new HashSet<>();

    /** What can be removed by itself. */
    public enum Kind {
        /** Task files that were done or rejected. */
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
     */
    public record Report(Kind kind, List<String> paths, long bytes, Set<TaskId> tasks) {
        public Report {
            paths = List.copyOf(paths);
            tasks = Set.copyOf(tasks);
        }
    }

    /** @param active tasks that are not over */
    public Cleaning(Home home, Collection<TaskView> active) {
        this.home = home;
        for (TaskView view : active) {
            needed.add(view.id());
            needed.addAll(view.task().spec().after());
            Optional.ofNullable(view.task().spec().parentTaskId()).ifPresent(needed::add);
        }
    }

    /** @param before what ended then or earlier is old enough */
    public Report look(Kind kind, Instant before) throws IOException {
        return new Work(kind, before, false).done();
    }

    /** Removes it. What cannot be removed stays, and is no longer counted among what was. */
    public Report clean(Kind kind, Instant before) throws IOException {
        return new Work(kind, before, true).done();
    }

    /** One way through the files of a home. */
    private final class Work {
        private final Kind kind;
        private final Instant before;
        private final boolean remove;
        private final List<String> paths = new ArrayList<>();
        private final Set<TaskId> tasks = new HashSet<>();
        private long bytes;

        Work(Kind kind, Instant before, boolean remove) {
            this.kind = kind;
            this.before = before;
            this.remove = remove;
        }

        Report done() throws IOException {
            switch (kind) {
                case TASKS -> {
                    each(home.processed(), TASK_FILE, this::processed);
                    each(home.rejected(), TASK_FILE, this::rejected);
                }
                case ARTIFACTS -> each(home.results(), JSON, this::artifact);
                case RUNS -> each(home.runs(), "", this::run);
            }
            return new Report(kind, paths, bytes, tasks);
        }

        /** {@code ID.STATUS.task.md}, or {@code ID.reply-HASH.task.md}. */
        private void processed(Path file, String stem) throws IOException {
            Optional<TaskId> id = id(stem.substring(0, Math.max(0, stem.lastIndexOf('.'))));
            if (id.isPresent() && isOld(id.get(), file)) {
                file(file, id.get());
            }
        }

        /** Looked at again when it is saved, so its own time counts. */
        private void rejected(Path file, String stem) throws IOException {
            if (endOf(file).isAfter(before)) {
                return;
            }
            Path reason = home.reasonOf(file);
            // Without its reason it would be taken for a corrected one.
            file(file, null);
            if (Files.exists(reason, LinkOption.NOFOLLOW_LINKS)) {
                file(reason, null);
            }
        }

        /** The latest turn's; the others go with it, and it goes last: what is begun is then done again. */
        private void artifact(Path file, String stem) throws IOException {
            Optional<TaskId> id = id(stem).filter(named -> file.equals(home.artifact(named)) && isOld(named, file));
            Optional<Artifact> artifact = id.isPresent() ? sound(id.get()) : Optional.empty();
            if (artifact.isEmpty() || !artifact.get().status().isFinal()) {
                return;
            }
            for (int turn = 1; turn < artifact.get().turn(); turn++) {
                fileIfThere(home.olderArtifact(id.get(), turn), id.get());
            }
            fileIfThere(home.patch(id.get()), id.get());
            fileIfThere(home.summary(id.get()), id.get());
            file(file, id.get());
        }

        private void run(Path directory, String name) throws IOException {
            Optional<TaskId> id = id(name);
            if (id.isEmpty() || !isOld(id.get(), directory)) {
                return;
            }
            long size = size(directory);
            if (remove) {
                Trees.delete(directory);
            }
            if (!remove || !Files.exists(directory, LinkOption.NOFOLLOW_LINKS)) {
                removed(directory, size, id.get());
            }
        }

        private boolean isOld(TaskId id, Path file) {
            if (needed.contains(id)) {
                return false;
            }
            Path artifact = home.artifact(id);
            Path says = Files.exists(artifact, LinkOption.NOFOLLOW_LINKS) ? artifact : file;
            return !endOf(says).isAfter(before);
        }

        private void fileIfThere(Path file, TaskId id) throws IOException {
            if (Files.exists(file, LinkOption.NOFOLLOW_LINKS)) {
                file(file, id);
            }
        }

        private void file(Path file, @Nullable TaskId id) throws IOException {
            long size = Files.exists(file, LinkOption.NOFOLLOW_LINKS) ? Files.size(file) : 0;
            if (remove) {
                Moves.delete(file);
            }
            removed(file, size, id);
        }

        private void removed(Path path, long size, @Nullable TaskId id) {
            paths.add(home.relative(path));
            bytes += size;
            if (id != null) {
                tasks.add(id);
            }
        }
    }

    /** What to do with an entry of a directory. */
    @FunctionalInterface
    private interface Visit {
        void to(Path entry, String stem) throws IOException;
    }

    /** Links are nobody's, and what cannot be looked at or removed keeps no other from being. */
    private static void each(Path directory, String suffix, Visit visit) throws IOException {
        List<Path> entries = new ArrayList<>();
        try (DirectoryStream<Path> found = Files.newDirectoryStream(directory)) {
            for (Path entry : found) {
                String name = String.valueOf(entry.getFileName());
                boolean plain = suffix.isEmpty()
                        ? Files.isDirectory(entry, LinkOption.NOFOLLOW_LINKS)
                        : name.endsWith(suffix) && Files.isRegularFile(entry, LinkOption.NOFOLLOW_LINKS);
                if (plain) {
                    entries.add(entry);
                }
            }
        } catch (NoSuchFileException e) {
            return;
        }
        entries.sort(null);
        for (Path entry : entries) {
            String name = String.valueOf(entry.getFileName());
            visit.to(entry, name.substring(0, name.length() - suffix.length()));
        }
    }

    private static Optional<TaskId> id(String text) {
        return TaskId.problem(text).isEmpty() ? Optional.of(TaskId.parse(text)) : Optional.empty();
    }

    /** When it was written; what cannot be looked at is new. */
    private static Instant endOf(Path file) {
        try {
            return Files.getLastModifiedTime(file, LinkOption.NOFOLLOW_LINKS).toInstant();
        } catch (IOException e) {
            return Instant.MAX;
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

    private static long size(Path directory) throws IOException {
        try (var files = Files.walk(directory)) {
            return files.filter(file -> Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS))
                    .mapToLong(file -> file.toFile().length())
                    .sum();
        }
    }
}
