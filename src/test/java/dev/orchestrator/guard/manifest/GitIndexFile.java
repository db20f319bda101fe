package dev.orchestrator.guard.manifest;

import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;

/** Writes git's index byte by byte, as git does, so that a test decides on every field. */
final class GitIndexFile {
    private final Path top;
    private final int version;
    private final SortedMap<String, Tracked> entries = new TreeMap<>();

    private record Tracked(long modified, int size, byte[] blob) {}

    GitIndexFile(Path top, int version) {
        this.top = top;
        this.version = version;
    }

    /** Tracks {@code path} as it is on disk. */
    GitIndexFile add(String path) throws IOException {
        Path file = NativeName.resolve(top, path);
        byte[] content = Files.readAllBytes(file);
        long modified = Files.getLastModifiedTime(file).to(TimeUnit.NANOSECONDS);
        entries.put(path, new Tracked(modified, content.length, blob(content)));
        return this;
    }

    /** Writes the file as if that had happened {@code at}. */
    void write(FileTime at) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        DataOutputStream out = new DataOutputStream(bytes);
        out.writeBytes("DIRC");
        out.writeInt(version);
        out.writeInt(entries.size());
        String[] previous = {""};
        entries.forEach((path, tracked) -> {
            try {
                writeEntry(out, path, previous[0], tracked);
                previous[0] = path;
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        });
        out.write(sha1(bytes.toByteArray()));
        Path index = top.resolve(".git/index");
        Files.write(index, bytes.toByteArray());
        Files.setLastModifiedTime(index, at);
    }

    private void writeEntry(DataOutputStream out, String path, String previous, Tracked tracked) throws IOException {
        int start = out.size();
        out.write(new byte[8]);
        out.writeInt((int) (tracked.modified / 1_000_000_000));
        out.writeInt((int) (tracked.modified % 1_000_000_000));
        out.write(new byte[20]);
        out.writeInt(tracked.size);
        out.write(tracked.blob);
        byte[] name = path.getBytes(StandardCharsets.UTF_8);
        out.writeShort((version == 3 ? 0x4000 : 0) | name.length);
        if (version == 3) {
            out.writeShort(0);
        }
        if (version == 4) {
            int shared = 0;
            byte[] before = previous.getBytes(StandardCharsets.UTF_8);
            while (shared < before.length && shared < name.length && before[shared] == name[shared]) {
                shared++;
            }
            int dropped = before.length - shared;
            if (dropped >= 0x80) {
                out.write(0x80 | ((dropped >> 7) - 1));
            }
            out.write(dropped & 0x7F);
            out.write(name, shared, name.length - shared);
            out.write(0);
        } else {
            out.write(name);
            out.write(new byte[8 - (out.size() - start) % 8]);
        }
    }

    private static byte[] blob(byte[] content) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        bytes.writeBytes(("blob " + content.length + "\0").getBytes(StandardCharsets.UTF_8));
        bytes.writeBytes(content);
        return sha1(bytes.toByteArray());
    }

    private static byte[] sha1(byte[] bytes) {
        try {
            return MessageDigest.getInstance("SHA-1").digest(bytes);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
