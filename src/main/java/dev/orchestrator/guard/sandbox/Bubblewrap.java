package dev.orchestrator.guard.sandbox;

import dev.orchestrator.guard.sandbox.Mount.Kind;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * The command line of {@code bwrap}. Without {@code --die-with-parent}: what is inside goes on when the daemon ends, and is
 * taken over by the next. The outer process waits for the inner one and ends with its exit code; the first process of the
 * namespace, its child, takes all with it when it is killed.
 */
final class Bubblewrap {
    /** Sockets of other programs lie there, which a read-only mount does not close; and what others left. */
    private static final List<String> EMPTIED = List.of("/dev", "/proc", "/tmp", "/var/tmp", "/run", "/var/run");
    /** Lies in {@code /run} where systemd resolves names. */
    private static final List<Path> NEEDED = List.of(Path.of("/etc/resolv.conf"));
    /** Settings of the whole machine, which root may write to without any power of its own. */
    private static final List<Path> OF_THE_MACHINE = Stream.of(
                    "sys", "sysrq-trigger", "irq", "bus", "fs", "acpi", "scsi")
            .map(Path.of("/proc")::resolve)
            .toList();
    /** Where all programs are on NixOS. */
    private static final Path PROGRAMS = Path.of("/run/current-system");

    private static final List<String> APART = List.of(
            "--unshare-pid",
            "--unshare-ipc",
            "--unshare-uts",
            "--unshare-cgroup-try",
            "--new-session",
            "--cap-drop",
            "ALL");
    /** Without these root could not work on files of others, as it does outside; they undo no mount. */
    private static final List<String> OF_ROOT =
            List.of("--cap-add", "CAP_DAC_OVERRIDE", "--cap-add", "CAP_FOWNER", "--cap-add", "CAP_CHOWN");
    /** Temporary files go where they can be made; what lies in {@code /run} is not there. */
    private static final Map<String, String> SET = Map.of("TMPDIR", "/tmp", "XDG_RUNTIME_DIR", "");

    private Bubblewrap() {}

    /** @param bwrap the program */
    static List<String> command(Path bwrap, Enclosure enclosure, List<String> command) throws IOException {
        List<String> result = new ArrayList<>(List.of(bwrap.toString(), "--ro-bind", "/", "/"));
        result.addAll(mounts(enclosure).arguments());
        result.addAll(APART);
        if (worksForOthers(enclosure)) {
            result.addAll(OF_ROOT);
        }
        SET.forEach((name, value) -> result.addAll(variable(name, value)));
        enclosure.environment().forEach((name, value) -> result.addAll(variable(name, value)));
        result.addAll(List.of("--chdir", enclosure.directory().toString(), "--"));
        result.addAll(command);
        return result;
    }

    private static Mounts mounts(Enclosure enclosure) throws IOException {
        Mounts mounts = new Mounts();
        for (String emptied : EMPTIED) {
            if (!isMeant(Path.of(emptied), enclosure)) {
                mounts.addEmpty(Path.of(emptied));
            }
        }
        mounts.addLink(PROGRAMS);
        mounts.add(Kind.READABLE, NEEDED);
        mounts.add(Kind.READABLE, OF_THE_MACHINE);
        mounts.add(Kind.READABLE, enclosure.readable());
        mounts.add(Kind.WRITABLE, enclosure.writable());
        mounts.add(Kind.OWN_LAYER, enclosure.ownLayer());
        for (Path emptied : enclosure.emptied()) {
            mounts.addEmpty(emptied);
        }
        mounts.add(Kind.FIXED, enclosure.fixed());
        mounts.add(Kind.HIDDEN, enclosure.hidden());
        return mounts;
    }

    /** What a task did in a directory of its own in the place of {@code /tmp} would be gone with it. */
    private static boolean isMeant(Path emptied, Enclosure enclosure) throws IOException {
        if (!Files.exists(emptied) || Mounts.isOfTheSystem(emptied)) {
            return false;
        }
        Path real = emptied.toRealPath();
        return real.equals(enclosure.directory()) || enclosure.writable().contains(real);
    }

    private static List<String> variable(String name, String value) {
        return value.isEmpty() ? List.of("--unsetenv", name) : List.of("--setenv", name, value);
    }

    /** Root that works on its own files can do without the power to read everybody else's. */
    private static boolean worksForOthers(Enclosure enclosure) throws IOException {
        if (owner(Path.of("/proc/self")) != 0) {
            return false;
        }
        for (Path path : enclosure.writable()) {
            if (Files.exists(path) && owner(path) != 0) {
                return true;
            }
        }
        return false;
    }

    private static int owner(Path path) throws IOException {
        return (Integer) Files.getAttribute(path, "unix:uid");
    }
}
