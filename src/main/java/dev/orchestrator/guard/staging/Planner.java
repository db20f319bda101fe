package dev.orchestrator.guard.staging;

import dev.orchestrator.guard.manifest.FileNames;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Finds out what has to be done to a directory as it is now. Changes nothing in it. */
final class Planner {
    /** In the directory itself, since a rename does not lead from one disk to another. */
    private static final String PREPARED = ".orchestrator-applying";

    private final Directory directory;
    private final Blobs blobs;
    private final Merge merge;
    private final boolean restoring;
    private final List<String> problems = new ArrayList<>();
    private final List<String> merged = new ArrayList<>();
    private final List<Change> steps = new ArrayList<>();
    private final Set<String> newDirectories = new TreeSet<>();
    private final Map<String, String> directories = new TreeMap<>();

    /**
     * @param blobs has the contents of all changes, and takes those that are there now
     * @param known permissions of directories that may have to be made again
     * @param restoring true when files are to become what they were, permissions and all
     */
    Planner(Directory directory, Blobs blobs, boolean restoring, Map<String, String> known) {
        this.restoring = restoring;
        this.directories.putAll(known);
        this.directory = directory;
        this.blobs = blobs;
        this.merge = new Merge(blobs);
    }

    /** What came of it: a plan, or why there is none. */
    record Result(@Nullable Plan plan, List<String> problems) {}

    Result plan(List<Change> changes) throws IOException {
        Set<String> removed = changes.stream()
                .filter(change -> change.after() == null)
                .map(Change::path)
                .collect(Collectors.toSet());
        for (Change change : changes) {
            add(change, removed);
        }
        blobs.sync();
        if (!problems.isEmpty()) {
            return new Result(null, List.copyOf(problems));
        }
        Plan plan = new Plan(
                Plan.SCHEMA_VERSION,
                Plan.State.APPLYING,
                directory.path().toString(),
                preparedIn(changes),
                List.copyOf(newDirectories),
                directories,
                merged,
                List.of(),
                steps);
        return new Result(plan, List.of());
    }

    /** A name that is not taken, and will not be by the change; whose it is, a plan that was begun tells. */
    private String preparedIn(List<Change> changes) {
        Set<String> taken = changes.stream()
                .map(change -> change.path().split("/", 2)[0].toLowerCase(Locale.ROOT))
                .collect(Collectors.toSet());
        String name = PREPARED;
        for (int i = 2;
                taken.contains(name) || Files.exists(directory.path().resolve(name), LinkOption.NOFOLLOW_LINKS);
                i++) {
            name = PREPARED + "-" + i;
        }
        return name;
    }

    private void add(Change change, Set<String> removed) throws IOException {
        Directory.Parents parents = directory.parentsOf(change.path(), removed);
        if (parents.problem() != null) {
            problems.add(change.path() + ": " + parents.problem());
            return;
        }
        Look look = look(change);
        Optional<String> taken = look.other() ? taken(change.path(), removed) : Optional.empty();
        if (taken.isPresent()) {
            problems.add(change.path() + ": " + taken.get());
            return;
        }
        Version now = look.version();
        Merge.Result result = merge.of(change, now);
        if (result instanceof Merge.Result.Conflict conflict) {
            problems.add(change.path() + ": " + conflict.where());
            return;
        }
        Merge.Result.Becomes becomes = (Merge.Result.Becomes) result;
        if (becomes.merged()) {
            merged.add(change.path());
        }
        Optional<String> odd = oddLink(now).or(() -> oddLink(becomes.after()));
        if (odd.isPresent()) {
            problems.add(change.path() + ": " + odd.get());
            return;
        }
        if (!Version.same(now, becomes.after())) {
            steps.add(new Change(change.path(), now, permitted(now, becomes.after())));
            newDirectories.addAll(becomes.after() == null ? List.of() : parents.missing());
            directories.putAll(directory.permissionsOnTheWayTo(change.path()));
        }
    }

    /** Neither way may come to a link that cannot be made: nothing is begun then. */
    private Optional<String> oddLink(@Nullable Version version) {
        if (version == null || version.kind() != Version.Kind.LINK) {
            return Optional.empty();
        }
        try {
            LinkTarget.path(new String(blobs.read(version), StandardCharsets.UTF_8));
            return Optional.empty();
        } catch (IOException e) {
            return Optional.of(String.valueOf(e.getMessage()));
        }
    }

    /** What is there is kept when it is not one of the versions that are known: the way back needs it. */
    private Look look(Change change) throws IOException {
        Look look = directory.look(change.path());
        boolean known = Version.same(look.version(), change.before()) || Version.same(look.version(), change.after());
        return look.version() == null || known
                ? look
                : Look.keeping(FileNames.resolve(directory.path(), change.path()), blobs);
    }

    /** Why nothing can come where a directory or a device is; empty when all that is in it is removed by the same change. */
    private Optional<String> taken(String path, Set<String> removed) throws IOException {
        if (!directory.isDirectory(path) || removed.stream().noneMatch(other -> other.startsWith(path + "/"))) {
            return Optional.of("is a directory or a device now");
        }
        return directory
                .leftIn(path, removed)
                .map(left -> "cannot take the place of the directory as long as `" + left
                        + "` is there; move or remove that first");
    }

    /** Who may read a file stays as it is; whether it can be run is a part of the change, and what a patch shows is all there is. */
    private @Nullable Version permitted(@Nullable Version now, @Nullable Version after) {
        if (after == null || after.permissions() == null || after.kind() == Version.Kind.LINK) {
            return after;
        }
        return new Version(after.kind(), after.bytes(), after.sha256(), permissions(now, after));
    }

    private @Nullable String permissions(@Nullable Version now, Version after) {
        if (now != null && now.kind() == after.kind() && now.permissions() != null) {
            return now.permissions();
        }
        if (restoring) {
            return after.permissions();
        }
        return now == null || now.permissions() == null
                ? after.kind().usualPermissions()
                : after.kind().permissionsFrom(now.permissions());
    }
}
