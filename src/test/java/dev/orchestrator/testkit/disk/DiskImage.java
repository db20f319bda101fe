package dev.orchestrator.testkit.disk;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;

/**
 * A directory as it was found at some time.
 *
 * @param files by their names relative to it, with forward slashes; a directory's ends with one and has no content
 */
public record DiskImage(SortedMap<String, byte[]> files) {

    /** {@code root} as it is now. */
    public static DiskImage of(Path root) throws IOException {
        SortedMap<String, byte[]> files = new TreeMap<>();
        try (Stream<Path> all = Files.walk(root)) {
            for (Path path : all.filter(each -> !each.equals(root)).toList()) {
                String name = root.relativize(path).toString().replace('\\', '/');
                boolean directory = Files.isDirectory(path);
                files.put(directory ? name + "/" : name, directory ? new byte[0] : Files.readAllBytes(path));
            }
        }
        return new DiskImage(files);
    }

    /** With each content as {@code change} leaves it. */
    public DiskImage with(UnaryOperator<byte[]> change) {
        SortedMap<String, byte[]> changed = new TreeMap<>();
        files.forEach((name, content) -> changed.put(name, change.apply(content)));
        return new DiskImage(changed);
    }

    /** Makes it anew under {@code root}. */
    public void unpack(Path root) throws IOException {
        Files.createDirectories(root);
        for (Map.Entry<String, byte[]> file : files.entrySet()) {
            Path path = root.resolve(file.getKey());
            if (file.getKey().endsWith("/")) {
                Files.createDirectories(path);
            } else {
                Files.write(path, file.getValue());
            }
        }
    }

    /** The same for the same files, and practically for no others. */
    public String fingerprint() {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            files.forEach((name, content) -> {
                digest.update((name + "\n" + content.length + "\n").getBytes(StandardCharsets.UTF_8));
                digest.update(content);
            });
            return HexFormat.of().formatHex(digest.digest());
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    @Override
    public String toString() {
        StringBuilder list = new StringBuilder();
        files.forEach((name, content) ->
                list.append(name).append(' ').append(content.length).append('\n'));
        return list.toString();
    }
}
