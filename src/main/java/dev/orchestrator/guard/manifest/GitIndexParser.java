package dev.orchestrator.guard.manifest;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;

/**
 * Reads the names out of git's index. JGit's own reader builds an object for each entry and trusts the file: a forged
 * one ends it in an {@code Error}. This one leaves the bytes as they are and answers {@link Tracked#PERHAPS_ALL} when they
 * make no sense, or name the files elsewhere: a split or sparse index, hashes other than SHA-1.
 */
final class GitIndexParser {
    private static final int SIGNATURE = 0x44495243;
    private static final int HEADER = 12;
    private static final int FLAGS = 60;
    private static final int EXTENDED = 0x4000;
    private static final int NAME = 62;
    /** Four letters and a length. */
    private static final int EXTENSION = 8;

    private static final int HASH = 20;
    /** About a million files. */
    private static final int MAX_BYTES = 1 << 27;
    /** Version 4 names share their beginnings, so a small forged file could stand for endless text. */
    private static final long MAX_NAMES = 1L << 27;

    private final ByteBuffer data;
    private final int version;
    private byte[] name = new byte[0];
    private int position = HEADER;

    private GitIndexParser(ByteBuffer data) {
        this.data = data;
        this.version = data.getInt(4);
    }

    /**
     * The files of the index at {@code file} that lie in {@code strip}, with {@code prepend} in its place; both are empty
     * or end in a slash.
     */
    static Tracked read(Path file, String strip, String prepend) {
        try {
            // The time before the content: should git write in between, entries are taken for newer than they are.
            long writtenAt = Files.getLastModifiedTime(file).to(TimeUnit.NANOSECONDS);
            ByteBuffer data = ByteBuffer.wrap(content(file));
            return new GitIndex(new GitIndexParser(data).names(strip, prepend), data, writtenAt);
        } catch (NoSuchFileException e) {
            return Tracked.NOTHING;
        } catch (IOException | IndexOutOfBoundsException | IllegalArgumentException e) {
            return Tracked.PERHAPS_ALL;
        }
    }

    private static byte[] content(Path file) throws IOException {
        if (!Files.isRegularFile(file) || Files.size(file) > MAX_BYTES) {
            throw new IOException(file + " is no index");
        }
        try (InputStream in = Files.newInputStream(file)) {
            return in.readNBytes(MAX_BYTES);
        }
    }

    private TreeMap<String, Integer> names(String strip, String prepend) {
        if (data.getInt(0) != SIGNATURE || version < 2 || version > 4) {
            throw new IllegalArgumentException("unknown format");
        }
        TreeMap<String, Integer> names = new TreeMap<>();
        long total = 0;
        for (int left = data.getInt(8); left > 0; left--) {
            int entry = position;
            next();
            total += name.length;
            if (total > MAX_NAMES) {
                throw new IllegalArgumentException("names too long");
            }
            String path = NativeName.of(name);
            if (path.startsWith(strip)) {
                names.put(prepend + path.substring(strip.length()), entry);
            }
        }
        requireNoMore();
        return names;
    }

    /** What follows the entries may be passed over, unless its name begins with a small letter; then comes a hash. */
    private void requireNoMore() {
        while (position + HASH < data.limit()) {
            if (data.get(position) < 'A' || data.get(position) > 'Z') {
                throw new IllegalArgumentException("unknown extension");
            }
            position = Math.addExact(position + EXTENSION, Math.max(0, data.getInt(position + 4)));
        }
        if (position + HASH != data.limit()) {
            throw new IllegalArgumentException("not the end");
        }
    }

    /** Sets the name of the entry at the current position and moves to the next entry. */
    private void next() {
        int entry = position;
        boolean extended = (data.getShort(entry + FLAGS) & EXTENDED) != 0;
        position = entry + NAME + (extended ? 2 : 0);
        int kept = version == 4 ? name.length - dropped() : 0;
        int end = endOfName();
        byte[] next = Arrays.copyOf(Arrays.copyOf(name, kept), kept + end - position);
        System.arraycopy(data.array(), position, next, kept, end - position);
        name = next;
        // Before version 4 one to eight zeros fill the entry up to a multiple of eight bytes.
        position = version == 4 ? end + 1 : entry + ((end - entry) / 8 + 1) * 8;
    }

    /** How many bytes of the name before do not belong to this one: base 128, most significant digit first. */
    private int dropped() {
        int digit = data.get(position++);
        int value = digit & 0x7F;
        while ((digit & 0x80) != 0) {
            digit = data.get(position++);
            value = ((value + 1) << 7) + (digit & 0x7F);
        }
        if (value < 0 || value > name.length) {
            throw new IllegalArgumentException("a name shorter than nothing");
        }
        return value;
    }

    private int endOfName() {
        int end = position;
        while (data.get(end) != 0) {
            end++;
        }
        return end;
    }
}
