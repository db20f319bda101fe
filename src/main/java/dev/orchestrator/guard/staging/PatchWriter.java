package dev.orchestrator.guard.staging;

import dev.orchestrator.guard.manifest.FileNames;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.zip.DeflaterOutputStream;
import org.eclipse.jgit.diff.DiffFormatter;
import org.eclipse.jgit.diff.HistogramDiff;
import org.eclipse.jgit.diff.RawText;
import org.eclipse.jgit.diff.RawTextComparator;
import org.eclipse.jgit.lib.Constants;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.ObjectInserter;
import org.eclipse.jgit.util.io.BinaryHunkOutputStream;
import org.jspecify.annotations.Nullable;

/**
 * Writes changes as {@code git diff --binary --full-index -M} does, so that {@code git apply} takes them. Sample:
 *
 * <pre>
 * diff --git a/src/login.py b/src/login.py
 * index 5f2a...e618 100644
 * --- a/src/login.py
 * +++ b/src/login.py
 * &#64;&#64; -1,2 +1,2 &#64;&#64;
 *  def login():
 * -    wait(1)
 * +    wait(30)
 * </pre>
 *
 * For one thread.
 */
final class PatchWriter {
    private static final byte[] NO_FILE = "/dev/null".getBytes(StandardCharsets.US_ASCII);

    private final Blobs blobs;
    private final String prefix;
    private final OutputStream out;

    /**
     * @param prefix of all paths in the patch; empty, or with a slash at its end
     * @param out stays open
     */
    PatchWriter(Blobs blobs, String prefix, OutputStream out) {
        this.blobs = blobs;
        this.prefix = prefix;
        this.out = out;
    }

    void write(List<Change> changes) throws IOException {
        for (Renames.Pair pair : Renames.in(changes, blobs)) {
            write(pair);
        }
        out.flush();
    }

    private void write(Renames.Pair pair) throws IOException {
        Version before = pair.from().before();
        Version after = pair.to().after();
        boolean anotherKind = before != null && after != null && isLink(before) != isLink(after);
        if (anotherKind) {
            // As git does: no line of a link's target is a line of the file.
            write(new Renames.Pair(new Change(pair.from().path(), before, null)));
            write(new Renames.Pair(new Change(pair.to().path(), null, after)));
            return;
        }
        header(pair, before, after);
        boolean sameContent = before != null && after != null && before.hasContentOf(after);
        if (!sameContent) {
            line("index " + id(before) + ".." + id(after) + modeIfSame(before, after));
            content(pair, before, after);
        }
    }

    private static boolean isLink(Version version) {
        return version.kind() == Version.Kind.LINK;
    }

    private void header(Renames.Pair pair, @Nullable Version before, @Nullable Version after) throws IOException {
        out.write(ascii("diff --git "));
        out.write(name("a/", pair.from().path()));
        out.write(' ');
        out.write(name("b/", pair.to().path()));
        out.write('\n');
        if (before == null && after != null) {
            line("new file mode " + after.kind().mode());
        } else if (after == null && before != null) {
            line("deleted file mode " + before.kind().mode());
        } else if (before != null && after != null && before.kind() != after.kind()) {
            line("old mode " + before.kind().mode());
            line("new mode " + after.kind().mode());
        }
        if (pair.isRename()) {
            line("similarity index " + pair.similarity() + "%");
            namedLine("rename from ", pair.from().path());
            namedLine("rename to ", pair.to().path());
        }
    }

    private static String modeIfSame(@Nullable Version before, @Nullable Version after) {
        return before != null && after != null && before.kind() == after.kind()
                ? " " + after.kind().mode()
                : "";
    }

    private void content(Renames.Pair pair, @Nullable Version before, @Nullable Version after) throws IOException {
        boolean fits = size(before) <= Text.LARGEST && size(after) <= Text.LARGEST;
        byte[] old = fits ? content(before) : new byte[0];
        byte[] now = fits ? content(after) : new byte[0];
        if (!fits || !Text.is(old) || !Text.is(now)) {
            line("GIT binary patch");
            literal(after);
            literal(before);
        } else if (old.length > 0 || now.length > 0) {
            marker("--- ", before == null ? NO_FILE : name("a/", pair.from().path()));
            marker("+++ ", after == null ? NO_FILE : name("b/", pair.to().path()));
            hunks(new RawText(old), new RawText(now));
        }
    }

    private void hunks(RawText old, RawText now) throws IOException {
        DiffFormatter formatter = new DiffFormatter(out);
        formatter.format(new HistogramDiff().diff(RawTextComparator.DEFAULT, old, now), old, now);
        formatter.flush();
    }

    private void literal(@Nullable Version version) throws IOException {
        line("literal " + size(version));
        BinaryHunkOutputStream lines = new BinaryHunkOutputStream(out);
        DeflaterOutputStream deflated = new DeflaterOutputStream(lines);
        if (version != null) {
            try (InputStream in = blobs.open(version)) {
                in.transferTo(deflated);
            }
        }
        deflated.finish();
        lines.flush();
        line("");
    }

    private byte[] content(@Nullable Version version) throws IOException {
        return version == null ? new byte[0] : blobs.read(version);
    }

    private static long size(@Nullable Version version) {
        return version == null ? 0 : version.bytes();
    }

    /** By which git knows the content. */
    private String id(@Nullable Version version) throws IOException {
        if (version == null) {
            return ObjectId.zeroId().name();
        }
        try (InputStream in = blobs.open(version);
                ObjectInserter.Formatter git = new ObjectInserter.Formatter()) {
            return git.idFor(Constants.OBJ_BLOB, version.bytes(), in).name();
        }
    }

    private byte[] name(String side, String path) {
        return GitName.quoted(side, FileNames.bytes(prefix + path));
    }

    /** Without a tab behind it, a name with a blank ends at the blank for some. */
    private void marker(String mark, byte[] name) throws IOException {
        out.write(ascii(mark));
        out.write(name);
        if (new String(name, StandardCharsets.ISO_8859_1).indexOf(' ') >= 0) {
            out.write('\t');
        }
        out.write('\n');
    }

    private void namedLine(String before, String path) throws IOException {
        out.write(ascii(before));
        out.write(name("", path));
        out.write('\n');
    }

    private void line(String text) throws IOException {
        out.write(ascii(text));
        out.write('\n');
    }

    private static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }
}
