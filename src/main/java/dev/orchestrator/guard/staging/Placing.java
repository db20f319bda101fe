package dev.orchestrator.guard.staging;

import dev.orchestrator.files.Moves;
import dev.orchestrator.files.PrivateFile;
import dev.orchestrator.files.Trees;
import dev.orchestrator.guard.manifest.FileNames;
import java.io.IOException;
import java.io.InputStream;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFileAttributeView;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Puts the files of a plan in place, or takes them back. All contents are written and synced beside their targets first, so
 * that what others can see half done takes no longer than renaming. Both can be done again at any time.
 */
final class Placing {
    private final Blobs blobs;
    private final Watcher watcher;

    Placing(Blobs blobs, Watcher watcher) {
        this.blobs = blobs;
        this.watcher = watcher;
    }

    /** Told before each change of a file, for whoever wants to see what an end at that moment leaves. */
    interface Watcher {
        Watcher NOBODY = path -> {};

        void before(Path path) throws IOException;
    }

    /** Somebody else has changed a file of the plan. */
    static final class InTheWay extends IOException {
        private static final long serialVersionUID = 1L;

        private final String problem;

        InTheWay(String problem) {
            super(problem);
            this.problem = problem;
        }

        String problem() {
            return problem;
        }
    }

    void place(Plan plan) throws IOException {
        Path directory = Path.of(plan.directory());
        List<Change> left = left(plan, directory);
        move(plan, left, Placing::inTheWay);
        sync(directory, plan);
    }

    /** What is not done yet. */
    private List<Change> left(Plan plan, Path directory) throws IOException {
        Set<String> removed = plan.steps().stream()
                .filter(step -> step.after() == null)
                .map(Change::path)
                .collect(Collectors.toSet());
        List<Change> left = new ArrayList<>();
        for (Change step : plan.steps()) {
            String problem =
                    new Directory(directory).parentsOf(step.path(), removed).problem();
            if (problem != null) {
                throw new InTheWay(step.path() + ": " + problem);
            }
            Version now = new Directory(directory).look(step.path()).version();
            if (!Version.same(now, step.after())) {
                if (!Version.same(now, step.before())) {
                    inTheWay(step);
                }
                left.add(step);
            }
        }
        return left;
    }

    private static void inTheWay(Change step) throws InTheWay {
        throw new InTheWay(step.path() + ": was changed while the change was applied");
    }

    /**
     * What is still as the plan wanted it becomes what it was.
     *
     * @return what is neither, and is left to whoever changed it
     */
    List<String> takeBack(Plan plan) throws IOException {
        Path directory = Path.of(plan.directory());
        List<Change> back = new ArrayList<>();
        List<String> foreign = new ArrayList<>();
        for (Change step : plan.steps()) {
            Version now = new Directory(directory).look(step.path()).version();
            if (Version.same(now, step.before())) {
                continue;
            }
            if (Version.same(now, step.after())) {
                back.add(step.reversed());
            } else {
                foreign.add(step.path());
            }
        }
        move(plan, back, step -> foreign.add(step.path()));
        List<String> made = new ArrayList<>(plan.newDirectories());
        Collections.reverse(made);
        for (String each : made) {
            // A file or a link in its place, or what lies behind a link, is somebody else's.
            if (new Directory(directory).isDirectory(each)) {
                removeIfEmpty(FileNames.resolve(directory, each));
            }
        }
        sync(directory, plan);
        return foreign;
    }

    /** Stops at a file that is not as it was planned, or leaves it out; each is looked at once more just before its turn. */
    private interface Changed {
        void found(Change step) throws IOException;
    }

    private void move(Plan plan, List<Change> steps, Changed changed) throws IOException {
        Path prepared = Path.of(plan.directory()).resolve(plan.preparedIn());
        Trees.delete(prepared);
        try {
            for (int i = 0; i < steps.size(); i++) {
                prepare(steps.get(i), prepared.resolve(Integer.toString(i)));
            }
            putAll(plan, steps, prepared, changed);
        } finally {
            Trees.delete(prepared);
        }
    }

    private void putAll(Plan plan, List<Change> steps, Path prepared, Changed changed) throws IOException {
        Path directory = Path.of(plan.directory());
        for (Change step : steps) {
            if (step.after() == null && isAsPlanned(directory, step, changed)) {
                remove(directory, step);
            }
        }
        for (int i = 0; i < steps.size(); i++) {
            if (steps.get(i).after() != null && isAsPlanned(directory, steps.get(i), changed)) {
                makeDirectories(plan, steps.get(i).path());
                put(
                        prepared.resolve(Integer.toString(i)),
                        FileNames.resolve(directory, steps.get(i).path()));
            }
        }
    }

    /** Just before its turn: somebody may have put a link in its way while contents were made ready. */
    private static boolean isAsPlanned(Path directory, Change step, Changed changed) throws IOException {
        boolean asPlanned =
                Version.same(new Directory(directory).look(step.path()).version(), step.before())
                        && (step.after() == null
                                || new Directory(directory)
                                                .parentsOf(step.path(), Set.of())
                                                .problem()
                                        == null);
        if (!asPlanned) {
            changed.found(step);
        }
        return asPlanned;
    }

    /** One that comes again is what it was. */
    private void makeDirectories(Plan plan, String file) throws IOException {
        Path directory = Path.of(plan.directory());
        for (int slash = file.indexOf('/'); slash >= 0; slash = file.indexOf('/', slash + 1)) {
            Path parent = FileNames.resolve(directory, file.substring(0, slash));
            if (!Files.isDirectory(parent, LinkOption.NOFOLLOW_LINKS)) {
                makeDirectory(parent, plan.directories().get(file.substring(0, slash)));
            }
        }
    }

    /** With no more than it is to have from the first moment on: whoever goes on after an end does not look at it again. */
    private void makeDirectory(Path directory, @Nullable String permissions) throws IOException {
        if (permissions == null) {
            Files.createDirectory(directory);
            return;
        }
        Files.createDirectory(
                directory, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString(permissions)));
        watcher.before(directory);
        // The umask may have taken something away.
        permit(directory, permissions);
    }

    private void put(Path prepared, Path target) throws IOException {
        watcher.before(target);
        Moves.replace(prepared, target);
    }

    private void prepare(Change step, Path file) throws IOException {
        Version after = step.after();
        if (after == null) {
            return;
        }
        watcher.before(file);
        // Not what the files are going to be: until then they have whatever the umask leaves, and one may be private.
        PrivateFile.createDirectories(Objects.requireNonNull(file.getParent()));
        if (after.kind() == Version.Kind.LINK) {
            Files.createSymbolicLink(file, LinkTarget.path(new String(blobs.read(after), StandardCharsets.UTF_8)));
            return;
        }
        try (InputStream in = blobs.open(after);
                FileChannel out = PrivateFile.open(file, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
            in.transferTo(Channels.newOutputStream(out));
            out.force(true);
        }
        watcher.before(file);
        permit(file, after.permissions());
        if (!Version.same(Look.at(file).version(), after)) {
            throw new IOException("the content kept for " + step.path() + " is not what it was");
        }
    }

    private static void permit(Path file, @Nullable String permissions) throws IOException {
        PosixFileAttributeView view =
                Files.getFileAttributeView(file, PosixFileAttributeView.class, LinkOption.NOFOLLOW_LINKS);
        if (view != null && permissions != null) {
            view.setPermissions(PosixFilePermissions.fromString(permissions));
        }
    }

    private void remove(Path directory, Change step) throws IOException {
        Path file = FileNames.resolve(directory, step.path());
        watcher.before(file);
        Moves.delete(file);
        Path parent = file.getParent();
        while (parent != null && !parent.equals(directory) && removeIfEmpty(parent)) {
            parent = parent.getParent();
        }
    }

    private static boolean removeIfEmpty(Path directory) throws IOException {
        try {
            Files.delete(directory);
            return true;
        } catch (NoSuchFileException e) {
            return true;
        } catch (DirectoryNotEmptyException e) {
            return false;
        }
    }

    private static void sync(Path directory, Plan plan) throws IOException {
        Set<Path> touched = new TreeSet<>(List.of(directory));
        for (Change step : plan.steps()) {
            for (Path each = FileNames.resolve(directory, step.path()).getParent();
                    each != null && !each.equals(directory);
                    each = each.getParent()) {
                touched.add(each);
            }
        }
        for (Path each : touched) {
            if (Files.isDirectory(each, LinkOption.NOFOLLOW_LINKS)) {
                Moves.syncDirectory(each);
            }
        }
    }
}
