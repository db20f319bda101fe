package dev.orchestrator.guard.staging;

import dev.orchestrator.files.PrivateFile;
import dev.orchestrator.guard.manifest.Repository;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.eclipse.jgit.errors.ConfigInvalidException;
import org.eclipse.jgit.lib.Config;

/**
 * A repository for a copy of a work tree: its own branches, index and settings, with the history of the original behind them.
 * It reads the original's objects and writes none of its files, so nothing that is done in the copy moves a branch, a stash
 * or a setting there. It has no remotes and no hooks. Made without starting git: a repository names programs that git would
 * run.
 */
final class BorrowedRepository {
    private static final int MOST_REFS = 100_000;
    /** What decides how files and names are read; whatever names a program, an address or another file is left out. */
    private static final Map<String, List<String>> SETTINGS = Map.of(
            "core",
            List.of("filemode", "ignorecase", "symlinks", "autocrlf", "eol", "safecrlf", "precomposeunicode"),
            "user",
            List.of("name", "email"));

    private final Repository original;
    private final Config settings;

    private BorrowedRepository(Repository original, Config settings) {
        this.original = original;
        this.settings = settings;
    }

    /** Empty when the repository is of a kind that cannot be borrowed from; then its files can still be copied. */
    static Optional<BorrowedRepository> of(Repository original) throws IOException {
        Path config = original.commonDirectory().resolve("config");
        Config found = new Config();
        try {
            if (Files.exists(config)) {
                found.fromText(Files.readString(config, StandardCharsets.ISO_8859_1));
            }
        } catch (ConfigInvalidException e) {
            return Optional.empty();
        }
        String refs = found.getString("extensions", null, "refstorage");
        String objects = objects(original).toString();
        boolean plain = (refs == null || refs.equals("files"))
                && found.getString("extensions", null, "partialclone") == null
                && objects.chars().noneMatch(c -> c == '\n' || c == '"')
                && !objects.startsWith("#");
        return plain ? Optional.of(new BorrowedRepository(original, chosen(found))) : Optional.empty();
    }

    private static Path objects(Repository original) {
        return original.commonDirectory().toAbsolutePath().normalize().resolve("objects");
    }

    private static Config chosen(Config found) {
        Config chosen = new Config();
        SETTINGS.forEach((section, names) -> names.forEach(name -> {
            String value = found.getString(section, null, name);
            if (value != null) {
                chosen.setString(section, null, name, value);
            }
        }));
        String format = found.getString("extensions", null, "objectformat");
        chosen.setInt("core", null, "repositoryformatversion", format == null ? 0 : 1);
        chosen.setBoolean("core", null, "bare", false);
        // What the copy does not need is not worth the time, and objects of others must not be thought unused.
        chosen.setInt("gc", null, "auto", 0);
        if (format != null) {
            chosen.setString("extensions", null, "objectformat", format);
        }
        return chosen;
    }

    /** Makes it in {@code copy}, the top of the copied work tree. */
    void create(Path copy) throws IOException {
        Path git = copy.resolve(".git");
        Files.createDirectories(git.resolve("objects").resolve("info"));
        Files.createDirectories(git.resolve("info"));
        Files.createDirectories(git.resolve("refs").resolve("heads"));
        PrivateFile.write(git.resolve("config"), settings.toText().getBytes(StandardCharsets.ISO_8859_1));
        PrivateFile.write(
                git.resolve("objects").resolve("info").resolve("alternates"),
                (objects(original) + "\n").getBytes(StandardCharsets.UTF_8));
        Path own = original.gitDirectory();
        Path common = original.commonDirectory();
        copyIfThere(own.resolve("HEAD"), git.resolve("HEAD"));
        copyIfThere(own.resolve("index"), git.resolve("index"));
        try (DirectoryStream<Path> shared = Files.newDirectoryStream(own, "sharedindex.*")) {
            for (Path file : shared) {
                copyIfThere(file, git.resolve(file.getFileName().toString()));
            }
        }
        for (String name : List.of("packed-refs", "shallow", "info/exclude", "info/attributes")) {
            copyIfThere(common.resolve(name), git.resolve(name));
        }
        copyRefs(common.resolve("refs"), git.resolve("refs"));
    }

    private static void copyIfThere(Path from, Path to) throws IOException {
        if (Files.isRegularFile(from, LinkOption.NOFOLLOW_LINKS)) {
            Files.copy(from, to);
        }
    }

    private static void copyRefs(Path from, Path to) throws IOException {
        if (!Files.isDirectory(from, LinkOption.NOFOLLOW_LINKS)) {
            return;
        }
        int[] left = {MOST_REFS};
        Files.walkFileTree(from, new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult preVisitDirectory(Path directory, BasicFileAttributes attributes)
                    throws IOException {
                Files.createDirectories(to.resolve(from.relativize(directory)));
                return FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
                boolean lock = file.toString().endsWith(".lock");
                if (!lock && attributes.isRegularFile() && left[0]-- > 0) {
                    Files.copy(file, to.resolve(from.relativize(file)));
                }
                return FileVisitResult.CONTINUE;
            }
        });
    }
}
