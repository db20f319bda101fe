package dev.orchestrator.guard.staging;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.eclipse.jgit.diff.RawText;
import org.eclipse.jgit.diff.RawTextComparator;
import org.eclipse.jgit.merge.MergeAlgorithm;
import org.eclipse.jgit.merge.MergeChunk;
import org.eclipse.jgit.merge.MergeChunk.ConflictState;
import org.eclipse.jgit.merge.MergeFormatter;
import org.eclipse.jgit.merge.MergeResult;
import org.jspecify.annotations.Nullable;

/** Brings a change to a file that is not, or need not be, as it was when the change was made. */
final class Merge {
    private final Blobs blobs;

    /** @param blobs has all versions that are merged here, and takes what comes of it */
    Merge(Blobs blobs) {
        this.blobs = blobs;
    }

    /** What a file is to become. */
    sealed interface Result {
        /** @param after null for no file at all */
        record Becomes(@Nullable Version after, boolean merged) implements Result {}

        /** @param where and why, for a person */
        record Conflict(String where) implements Result {}
    }

    /** @param now what is at {@code change.path} at present; null for nothing */
    Result of(Change change, @Nullable Version now) throws IOException {
        Version base = change.before();
        Version next = change.after();
        if (Version.same(now, base) || Version.same(now, next)) {
            return new Result.Becomes(next, false);
        }
        if (base == null) {
            return new Result.Conflict("is there already, with other content");
        }
        if (now == null) {
            return next == null ? new Result.Becomes(null, false) : new Result.Conflict("was removed meanwhile");
        }
        return next == null
                ? new Result.Conflict("was changed meanwhile, and is to be removed")
                : both(base, now, next);
    }

    private Result both(Version base, Version now, Version next) throws IOException {
        Optional<Version.Kind> kind = kind(base, now, next);
        if (kind.isEmpty()) {
            return new Result.Conflict("became something else meanwhile");
        }
        if (next.hasContentOf(base) || now.hasContentOf(next)) {
            return new Result.Becomes(now.as(kind.get()), true);
        }
        if (now.hasContentOf(base)) {
            return new Result.Becomes(next.as(kind.get()), true);
        }
        return isText(base) && isText(now) && isText(next)
                ? lines(base, now, next, kind.get())
                : new Result.Conflict("was changed meanwhile, and is no text");
    }

    /** Who of both changed the kind has it; empty when both did, or links are about. */
    private static Optional<Version.Kind> kind(Version base, Version now, Version next) {
        if (now.kind() == next.kind()) {
            return Optional.of(now.kind());
        }
        boolean link = List.of(base.kind(), now.kind(), next.kind()).contains(Version.Kind.LINK);
        return link ? Optional.empty() : Optional.of(now.kind() == base.kind() ? next.kind() : now.kind());
    }

    private boolean isText(Version version) throws IOException {
        return version.kind() != Version.Kind.LINK && version.bytes() <= Text.LARGEST && Text.is(blobs.read(version));
    }

    private Result lines(Version base, Version now, Version next, Version.Kind kind) throws IOException {
        MergeResult<RawText> merged =
                new MergeAlgorithm().merge(RawTextComparator.DEFAULT, text(base), text(now), text(next));
        if (merged.containsConflicts()) {
            return new Result.Conflict("was changed meanwhile in " + places(merged));
        }
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        new MergeFormatter().formatMerge(out, merged, List.of("", "", ""), StandardCharsets.UTF_8);
        byte[] content = ended(out.toByteArray(), endsWithLine(base), endsWithLine(now), endsWithLine(next));
        Blobs.Stored stored = blobs.put(new ByteArrayInputStream(content));
        return new Result.Becomes(new Version(kind, stored.bytes(), stored.sha256(), now.permissions()), true);
    }

    /**
     * Whether the last line ends like one is changed like any line: who of both changed it has it. The library asks the text that the
     * last line happens to be from.
     */
    private static byte[] ended(byte[] content, boolean base, boolean now, boolean next) {
        boolean wanted = now == next ? now : now == base ? next : now;
        boolean ends = content.length > 0 && content[content.length - 1] == '\n';
        if (wanted == ends || content.length == 0) {
            return content;
        }
        byte[] other = Arrays.copyOf(content, content.length + (wanted ? 1 : -1));
        if (wanted) {
            other[content.length] = '\n';
        }
        return other;
    }

    private boolean endsWithLine(Version version) throws IOException {
        byte[] content = blobs.read(version);
        return content.length > 0 && content[content.length - 1] == '\n';
    }

    private RawText text(Version version) throws IOException {
        return new RawText(blobs.read(version));
    }

    /** Of the file as it is now, counted from 1. */
    private static String places(MergeResult<RawText> merged) {
        List<String> places = new ArrayList<>();
        for (MergeChunk chunk : merged) {
            if (chunk.getConflictState() == ConflictState.FIRST_CONFLICTING_RANGE) {
                int first = chunk.getBegin() + 1;
                places.add(chunk.getEnd() <= first ? "line " + first : "lines " + first + " to " + chunk.getEnd());
            }
        }
        return places.stream().distinct().collect(Collectors.joining(", "));
    }
}
