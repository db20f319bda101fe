package dev.orchestrator.guard.staging;

import dev.orchestrator.files.AtomicFile;
import dev.orchestrator.files.Moves;
import dev.orchestrator.guard.manifest.FileNames;
import dev.orchestrator.json.Json;
import dev.orchestrator.json.Records;
import dev.orchestrator.task.TaskId;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFileAttributeView;
import java.nio.file.attribute.PosixFilePermission;
import java.security.DigestOutputStream;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;

/** Keeps what a guarded turn changed, for as long as its runs are kept. For one thread at a time. */
public final class ChangeStore {
    private final TurnFiles files;

    public ChangeStore(TurnFiles files) {
        this.files = files;
    }

    /**
     * Takes the change out of a copy in which nobody works any more; after this the copy is not needed. Done again, it does
     * the same.
     *
     * @param directory of the task
     * @param copy of that directory
     * @param top of the copy
     * @param paths of what is different in the copy
     */
    public ChangeSet collect(TaskId id, Path directory, Path copy, Path top, List<String> paths) throws IOException {
        if (!Files.isDirectory(copy, LinkOption.NOFOLLOW_LINKS)) {
            throw new NoSuchFileException(copy.toString(), null, "the copy is not a directory any more");
        }
        Blobs blobs = files.blobs();
        List<Change> changes = new ArrayList<>();
        List<String> missing = new ArrayList<>();
        try (BaseFiles.Reader base = new BaseFiles.Reader(files.base(), blobs)) {
            for (String path : new TreeSet<>(paths)) {
                Change change = change(path, copy, base, blobs, missing);
                if (!Version.same(change.before(), change.after())) {
                    changes.add(change);
                }
            }
        }
        blobs.sync();
        String within = FileNames.of(top.relativize(copy));
        String prefix = within.isEmpty() ? "" : within + "/";
        AtomicFile.write(files.patch(), out -> new PatchWriter(blobs, prefix, out).write(changes));
        ChangeSet set = new ChangeSet(
                ChangeSet.SCHEMA_VERSION,
                id,
                files.turn(),
                directory.toString(),
                prefix,
                patchHash(),
                missing,
                changes);
        AtomicFile.write(files.change(), Json.document(set));
        return set;
    }

    /** What lies behind a link is not in the directory. */
    private static Change change(String path, Path copy, BaseFiles.Reader base, Blobs blobs, List<String> missing)
            throws IOException {
        boolean through = new Directory(copy).parentsOf(path, Set.of()).problem() != null;
        boolean git = path.equals(".git") || path.endsWith("/.git");
        Path file = FileNames.resolve(copy, path);
        if (!through && !git) {
            makeReadable(file);
        }
        Look now = through || git ? new Look(null, git) : Look.keeping(file, blobs);
        if (now.other() && (git || !Files.isDirectory(file, LinkOption.NOFOLLOW_LINKS))) {
            missing.add(path);
        }
        return new Change(path, base.version(path), now.version());
    }

    /** The copy is ours, whatever an agent did to permissions; of those, a change has only whether a file can be run. */
    private static void makeReadable(Path file) throws IOException {
        PosixFileAttributeView view =
                Files.getFileAttributeView(file, PosixFileAttributeView.class, LinkOption.NOFOLLOW_LINKS);
        if (view == null || !Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS)) {
            return;
        }
        Set<PosixFilePermission> permissions = view.readAttributes().permissions();
        if (permissions.add(PosixFilePermission.OWNER_READ)) {
            // Not by the view: to follow no link it opens the file, which is what cannot be done.
            Files.setPosixFilePermissions(file, permissions);
        }
    }

    /**
     * The files of {@code set} that {@code wanted} takes; of one that was moved, both its places when it takes one of them.
     */
    public List<Change> chosen(ChangeSet set, Predicate<String> wanted) throws IOException {
        Set<Change> chosen = new HashSet<>();
        for (Renames.Pair pair : Renames.in(set.files(), files.blobs())) {
            if (wanted.test(pair.from().path()) || wanted.test(pair.to().path())) {
                chosen.add(pair.from());
                chosen.add(pair.to());
            }
        }
        return set.files().stream().filter(chosen::contains).toList();
    }

    /** Empty when the turn has come to none. */
    public Optional<ChangeSet> find() throws IOException {
        try {
            return Optional.of(Records.read(Files.readAllBytes(files.change()), ChangeSet.class));
        } catch (NoSuchFileException e) {
            return Optional.empty();
        }
    }

    /** True when the contents that would be applied are those that the patch shows. */
    public boolean isWhole(ChangeSet set) throws IOException {
        DigestOutputStream made = Blobs.digesting();
        try {
            new PatchWriter(files.blobs(), set.prefix(), made).write(set.files());
        } catch (Blobs.Damaged e) {
            return false;
        }
        return HexFormat.of().formatHex(made.getMessageDigest().digest()).equals(set.patchSha256());
    }

    /** True when {@code patch}, which people have seen, is the one that was made. */
    public boolean isPatch(ChangeSet set, Path patch) throws IOException {
        try (InputStream in = Files.newInputStream(patch)) {
            return Blobs.measure(in).sha256().equals(set.patchSha256());
        } catch (NoSuchFileException e) {
            return false;
        }
    }

    private String patchHash() throws IOException {
        try (InputStream in = Files.newInputStream(files.patch())) {
            return Blobs.measure(in).sha256();
        }
    }

    /** Writes down how to take back what was applied; false when a content that it needs is damaged or gone. */
    public boolean writeUndoPatch(ChangeSet set, List<Change> wayBack) throws IOException {
        try {
            AtomicFile.write(
                    files.undoPatch(), out -> new PatchWriter(files.blobs(), set.prefix(), out).write(wayBack));
            return true;
        } catch (Blobs.Damaged | NoSuchFileException e) {
            return false;
        }
    }

    /** The directory as it was before is not needed any more. */
    public void forgetBase() throws IOException {
        Moves.delete(files.base());
    }
}
