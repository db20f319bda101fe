package dev.orchestrator.health;

import dev.orchestrator.config.Home;
import dev.orchestrator.files.Refused;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Whether the home can be read. This check tells what cannot; all others say only what they could not look at for it. */
final class FileChecks {
    private static final int MOST = 5;

    private final Home home;
    private final Predicate<Path> readable;

    /** @param readable true of what this user may read, and enter when it is a directory */
    FileChecks(Home home, Predicate<Path> readable) {
        this.home = home;
        this.readable = readable;
    }

    static boolean isReadable(Path path) {
        return Files.isReadable(path) && (!Files.isDirectory(path) || Files.isExecutable(path));
    }

    CheckResult readable() throws IOException {
        List<Path> unreadable = new ArrayList<>();
        Stream.concat(Stream.of(home.root()), home.own().stream())
                .filter(path -> Files.exists(path) && !readable.test(path))
                .forEach(unreadable::add);
        for (Path directory : home.ownDirectories()) {
            if (Files.isDirectory(directory) && readable.test(directory)) {
                addUnreadable(directory, unreadable);
            }
        }
        return unreadable.isEmpty()
                ? CheckResult.ok("all can be read")
                : CheckResult.fail("cannot be read: " + told(unreadable), remedy(unreadable));
    }

    private void addUnreadable(Path directory, List<Path> unreadable) throws IOException {
        try (DirectoryStream<Path> entries = Files.newDirectoryStream(directory)) {
            for (Path entry : entries) {
                if (Files.exists(entry) && !readable.test(entry)) {
                    unreadable.add(entry);
                }
            }
        }
    }

    private String told(List<Path> paths) {
        String first = paths.stream()
                .limit(MOST)
                .map(path -> path.equals(home.root()) ? "the home itself" : home.relative(path))
                .collect(Collectors.joining(", "));
        return paths.size() > MOST ? first + " and " + (paths.size() - MOST) + " more" : first;
    }

    private String remedy(List<Path> paths) {
        List<Path> named = paths.size() > MOST ? List.of(home.root()) : paths;
        String all = named.stream().map(HomeChecks::quoted).collect(Collectors.joining(" "));
        return "chmod -R u+rwX " + all + ", or when they are somebody else's: sudo chown -R \"$USER\" " + all;
    }

    /** Keeps {@code check} from calling a file that cannot be read a fault of what it asks about. */
    Check inWords(Check check) {
        return new Check(check.group(), check.name(), () -> {
            try {
                return check.body().run();
            } catch (Exception e) {
                Optional<AccessDeniedException> denied = Refused.permission(e).filter(why -> isOfHome(why.getFile()));
                if (denied.isEmpty()) {
                    throw e;
                }
                return CheckResult.warn(
                        "not looked at, since "
                                + home.relative(Path.of(denied.get().getFile())) + " cannot be used: permission denied",
                        "Mend what `home files` names, then run `doctor` again.");
            }
        });
    }

    private boolean isOfHome(String file) {
        return file != null && Path.of(file).toAbsolutePath().startsWith(home.root());
    }
}
