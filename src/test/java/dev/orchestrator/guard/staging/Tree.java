package dev.orchestrator.guard.staging;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;

/** A directory with files, for tests to grow, change and compare. */
final class Tree {
    private static final List<String> NAMES = List.of(
            "a", "b.txt", "c d", "ä", "sub/a", "sub/b", "sub/deep/x", "t\tab", "q\"uote", "run.sh", "pic.bin", "Upper");

    private Tree() {}

    /** What is in {@code directory}, by path: kind, permissions and content. What is in {@code .git} is left out. */
    static SortedMap<String, String> of(Path directory) throws IOException {
        return of(directory, false);
    }

    /** As {@link #of}, with all of {@code .git} and the times of all files. */
    static SortedMap<String, String> toTheLastByte(Path directory) throws IOException {
        return of(directory, true);
    }

    private static SortedMap<String, String> of(Path directory, boolean all) throws IOException {
        SortedMap<String, String> found = new TreeMap<>();
        try (Stream<Path> paths = Files.walk(directory)) {
            paths.filter(path -> all || !directory.relativize(path).startsWith(".git"))
                    .filter(path -> Files.isSymbolicLink(path) || Files.isRegularFile(path))
                    .forEach(path -> found.put(directory.relativize(path).toString(), described(path, all)));
        }
        return found;
    }

    private static String described(Path path, boolean all) {
        try {
            if (Files.isSymbolicLink(path)) {
                return "-> " + Files.readSymbolicLink(path);
            }
            String time = all ? " " + Files.getLastModifiedTime(path, LinkOption.NOFOLLOW_LINKS) : "";
            return PosixFilePermissions.toString(Files.getPosixFilePermissions(path)) + " "
                    + HexFormat.of()
                            .formatHex(MessageDigest.getInstance("SHA-256").digest(Files.readAllBytes(path)))
                    + time;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (java.security.NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    static void grow(Path directory, Random random) throws IOException {
        for (String name : NAMES) {
            if (random.nextInt(4) > 0) {
                write(directory.resolve(name), random);
            }
        }
    }

    /** Adds, changes, moves and removes files, changes what may be run, and makes links of files and files of links. */
    static void change(Path directory, Random random) throws IOException {
        for (String name : NAMES) {
            Path file = directory.resolve(name);
            boolean there = Files.exists(file, LinkOption.NOFOLLOW_LINKS);
            switch (random.nextInt(8)) {
                case 0, 1 -> write(file, random);
                case 2 -> Files.deleteIfExists(file);
                case 3 -> {
                    if (there && !Files.isSymbolicLink(file)) {
                        Files.setPosixFilePermissions(
                                file,
                                PosixFilePermissions.fromString(random.nextBoolean() ? "rwxr-xr-x" : "rw-r--r--"));
                    }
                }
                case 4 -> {
                    Path to = directory.resolve("moved").resolve(Integer.toString(random.nextInt(3)));
                    if (there && !Files.exists(to, LinkOption.NOFOLLOW_LINKS)) {
                        Files.createDirectories(to.getParent());
                        Files.move(file, to);
                    }
                }
                case 5 -> {
                    Files.createDirectories(file.getParent());
                    Files.deleteIfExists(file);
                    Files.createSymbolicLink(file, Path.of("somewhere " + random.nextInt(9)));
                }
                case 6 -> edit(file, random);
                default -> {
                    // Stays.
                }
            }
        }
    }

    private static void edit(Path file, Random random) throws IOException {
        if (Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS)) {
            byte[] content = Files.readAllBytes(file);
            if (content.length > 0) {
                content[random.nextInt(content.length)] ^= 1;
                Files.write(file, content);
            }
        }
    }

    private static void write(Path file, Random random) throws IOException {
        Files.createDirectories(file.getParent());
        Files.deleteIfExists(file);
        byte[] content;
        if (random.nextInt(4) == 0) {
            content = new byte[random.nextInt(3_000)];
            random.nextBytes(content);
        } else {
            StringBuilder lines = new StringBuilder();
            for (int line = random.nextInt(40); line > 0; line--) {
                lines.append("line ").append(random.nextInt(5)).append(line == 1 && random.nextBoolean() ? "" : "\n");
            }
            content = lines.toString().getBytes(java.nio.charset.StandardCharsets.UTF_8);
        }
        Files.write(file, content);
    }
}
