package dev.orchestrator.health;

import dev.orchestrator.config.ConfigOutcome;
import dev.orchestrator.config.Home;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFileAttributes;
import java.nio.file.attribute.PosixFilePermission;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * What other users of this machine can change in a home, and the secrets that they can read there. Whoever can write into it can
 * have an agent do what the settings let any task do. What was only ever the daemon's own it closes by itself.
 */
public final class OpenDoors {
    private final Home home;
    private final boolean secretInSettings;

    private OpenDoors(Home home, boolean secretInSettings) {
        this.home = home;
        this.secretInSettings = secretInSettings;
    }

    /** A sentence of both; empty when there is nothing to tell, and where the file system knows no permissions of POSIX. */
    public static Optional<String> told(Home home, ConfigOutcome settings) {
        CheckResult result = check(home, settings);
        return result.remedy() == null ? Optional.empty() : Optional.of(result.detail());
    }

    static CheckResult check(Home home, ConfigOutcome settings) {
        boolean secret = settings instanceof ConfigOutcome.Loaded loaded && loaded.hasSecretIn(home.settings());
        return new OpenDoors(home, secret).look();
    }

    private CheckResult look() {
        if (!home.root().getFileSystem().supportedFileAttributeViews().contains("posix")) {
            return CheckResult.ok("not asked: here files have no permissions of POSIX");
        }
        List<Path> written = open(
                List.of(
                        home.root(),
                        home.tasks(),
                        home.accepted(),
                        home.control(),
                        home.schedules(),
                        home.templates(),
                        home.attachments(),
                        home.results(),
                        home.logs(),
                        home.settings(),
                        home.dotenv()),
                PosixFilePermission.GROUP_WRITE,
                PosixFilePermission.OTHERS_WRITE);
        List<Path> read = open(
                secretInSettings ? List.of(home.settings(), home.dotenv()) : List.of(home.dotenv()),
                PosixFilePermission.GROUP_READ,
                PosixFilePermission.OTHERS_READ);
        if (written.isEmpty() && read.isEmpty()) {
            return CheckResult.ok("nobody else can change it, or read its secrets");
        }
        return CheckResult.warn(
                both(told("can change ", written), told("can read ", read), " and ", "other users "),
                both(command("chmod go-w", written), command("chmod go-r", read), " && ", ""));
    }

    private static List<Path> open(List<Path> paths, PosixFilePermission group, PosixFilePermission others) {
        List<Path> open = new ArrayList<>();
        for (Path path : paths) {
            try {
                if (Files.exists(path) && isOpen(path.toRealPath(), group, others)) {
                    open.add(path);
                }
            } catch (IOException e) {
                // What cannot even be looked at is told by another check.
            }
        }
        return open;
    }

    private static boolean isOpen(Path path, PosixFilePermission group, PosixFilePermission others) throws IOException {
        PosixFileAttributes attributes = Files.readAttributes(path, PosixFileAttributes.class);
        return isOpen(attributes, group, others) && !isBehindClosedDoors(path, attributes);
    }

    private static boolean isOpen(
            PosixFileAttributes attributes, PosixFilePermission group, PosixFilePermission others) {
        Set<PosixFilePermission> permissions = attributes.permissions();
        return permissions.contains(others) || (permissions.contains(group) && !isAloneInGroup(attributes));
    }

    /** Most systems give each user a group of the same name, and some a umask that lets it write. */
    private static boolean isAloneInGroup(PosixFileAttributes attributes) {
        return attributes.group().getName().equals(attributes.owner().getName());
    }

    /** True below a directory that only the same user may enter. */
    private static boolean isBehindClosedDoors(Path path, PosixFileAttributes of) throws IOException {
        for (Path above = path.getParent(); above != null; above = above.getParent()) {
            PosixFileAttributes attributes = Files.readAttributes(above, PosixFileAttributes.class);
            if (attributes.owner().equals(of.owner())
                    && !isOpen(attributes, PosixFilePermission.GROUP_EXECUTE, PosixFilePermission.OTHERS_EXECUTE)) {
                return true;
            }
        }
        return false;
    }

    private String told(String what, List<Path> paths) {
        return paths.isEmpty() ? "" : what + paths.stream().map(this::shown).collect(Collectors.joining(", "));
    }

    private String shown(Path path) {
        return path.equals(home.root()) ? "the home itself" : home.relative(path);
    }

    private static String command(String command, List<Path> paths) {
        return paths.isEmpty()
                ? ""
                : command + " " + paths.stream().map(HomeChecks::quoted).collect(Collectors.joining(" "));
    }

    private static String both(String first, String second, String between, String before) {
        return before + first + (first.isEmpty() || second.isEmpty() ? "" : between) + second;
    }
}
