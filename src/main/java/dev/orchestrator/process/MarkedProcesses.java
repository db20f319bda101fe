package dev.orchestrator.process;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * Finds processes by an environment variable that they inherited from the one that was started with it. This also finds a
 * process whose parents have gone and which has left their session. Linux only; elsewhere it finds nothing. Processes of
 * other users, and those that were given a fresh environment, are not found.
 *
 * <pre>
 * /proc/4711/environ   PATH=/usr/bin\0NAME=value\0
 * /proc/loadavg        0.61 0.26 0.96 1/197 8955      the last number is the pid that was given out last
 * </pre>
 */
final class MarkedProcesses {
    private static final Path PROC = Path.of("/proc");

    private final byte[] entry;

    /** @param entry as it stands in the environment, {@code NAME=value} */
    MarkedProcesses(String entry) {
        this.entry = entry.getBytes(StandardCharsets.UTF_8);
    }

    /** All that are alive. */
    List<ProcessHandle> all() {
        return among(0, Long.MAX_VALUE);
    }

    /**
     * Those started after {@code pid}, which was started a moment ago: there are few of them, so this is cheap. Pids are
     * given out in turn; when they have begun again at the lowest since, all are looked at.
     */
    List<ProcessHandle> after(long pid) {
        OptionalLong last = lastPid();
        return last.isPresent() && last.getAsLong() >= pid ? among(pid, last.getAsLong()) : all();
    }

    private List<ProcessHandle> among(long above, long last) {
        List<ProcessHandle> found = new ArrayList<>();
        String[] names = Optional.ofNullable(PROC.toFile().list()).orElse(new String[0]);
        for (String name : names) {
            long pid = number(name).orElse(-1);
            if (pid > above && pid <= last) {
                // The handle first: it knows the start time, so it never comes to mean a later process of this pid.
                ProcessHandle.of(pid).filter(handle -> isMarked(pid)).ifPresent(found::add);
            }
        }
        return found;
    }

    private boolean isMarked(long pid) {
        try {
            return contains(Files.readAllBytes(PROC.resolve(Long.toString(pid)).resolve("environ")));
        } catch (IOException e) {
            // It has ended, or belongs to somebody else.
            return false;
        }
    }

    private boolean contains(byte[] environment) {
        int from = 0;
        for (int i = 0; i <= environment.length; i++) {
            if (i == environment.length || environment[i] == 0) {
                if (Arrays.equals(environment, from, i, entry, 0, entry.length)) {
                    return true;
                }
                from = i + 1;
            }
        }
        return false;
    }

    private static OptionalLong lastPid() {
        try {
            String load = Files.readString(PROC.resolve("loadavg"), StandardCharsets.US_ASCII)
                    .strip();
            return number(load.substring(load.lastIndexOf(' ') + 1));
        } catch (IOException e) {
            return OptionalLong.empty();
        }
    }

    private static OptionalLong number(String text) {
        boolean digits = !text.isEmpty() && text.length() < 19 && text.chars().allMatch(c -> c >= '0' && c <= '9');
        return digits ? OptionalLong.of(Long.parseLong(text)) : OptionalLong.empty();
    }
}
