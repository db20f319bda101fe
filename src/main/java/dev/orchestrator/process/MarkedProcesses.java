package dev.orchestrator.process;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;

/**
 * Finds processes by an environment variable that they inherited from the one that was started with it. This also finds a
 * process whose parents have gone and which has left their session. Linux only; elsewhere it finds nothing. Processes of
 * other users, and those that were given a fresh environment, are not found. For one thread.
 *
 * <pre>
 * /proc/4711/environ   PATH=/usr/bin\0NAME=value\0
 * /proc/4711/stat      4711 (name) S 1 ...             the 51st is where its environment ends in memory, 0 for none yet
 * /proc/4711/status    Tgid:\t4711                     of a thread: the number of its process
 * /proc/loadavg        0.61 0.26 0.96 1/197 8955      the last number is the pid that was given out last
 * </pre>
 */
final class MarkedProcesses {
    private static final Path PROC = Path.of("/proc");

    /** For more than this, listing the processes is cheaper. */
    private static final int MOST_IN_TURN = 500;
    /** An exec takes long only when the machine is busy. */
    private static final int MOST_EXECS = 100;
    /** Somebody else's processes end too, all the time on a busy machine. */
    private static final int MOST_ENDS = 3;

    /** Some live hardly longer than their exec takes. */
    private static final int MOST_GLANCES = 20;

    private static final long GLANCE_NANOS = TimeUnit.MICROSECONDS.toNanos(50);

    private static final long BETWEEN_NANOS = TimeUnit.MILLISECONDS.toNanos(2);

    /** More than an environment has, but for rare ones. */
    private static final int MOST_BYTES = 1 << 18;

    /** Counted from the first field behind the name, which is the third. */
    private static final int ENVIRONMENT_END = 51 - 3;

    private final byte[] entry;
    private final ProcessTable table;
    private final byte[] buffer = new byte[MOST_BYTES];

    /** @param entry as it stands in the environment, {@code NAME=value} */
    MarkedProcesses(String entry, ProcessTable table) {
        this.entry = entry.getBytes(StandardCharsets.UTF_8);
        this.table = table;
    }

    /**
     * All that are alive, with those that were started while the others were asked. Whoever ended meanwhile may have handed over to a
     * child: that has a higher pid, and is found in turn; only when the pids have just begun again at the lowest, it has not, and
     * another look finds it. Zombies and threads of the system look like what has ended, and they stay.
     */
    List<ProcessHandle> all() {
        Set<Long> ended = Set.of();
        int execs = MOST_EXECS;
        int ends = MOST_ENDS;
        Look look = lookAndFollow();
        while (look.found().isEmpty()
                && (look.between() || !ended.containsAll(look.ended()))
                && execs > 0
                && ends > 0) {
            ended = look.ended();
            if (look.between()) {
                execs--;
            } else {
                ends--;
            }
            LockSupport.parkNanos(BETWEEN_NANOS);
            look = lookAndFollow();
        }
        return look.found();
    }

    /**
     * Those started after {@code pid}, which was started a moment ago: there are few of them, so this is cheap. Pids are
     * given out in turn; when they have begun again at the lowest since, or there were many, all are looked at.
     */
    List<ProcessHandle> after(long pid) {
        OptionalLong last = lastPid();
        boolean few = last.isPresent() && last.getAsLong() >= pid && last.getAsLong() - pid <= MOST_IN_TURN;
        return few ? inTurn(pid, last.getAsLong()) : all();
    }

    /**
     * Every pid that was given out since, without listing the processes. A child has a higher pid than its parent, so of
     * whoever ends before its turn the child's turn is yet to come, also when it is started meanwhile. A pid is given out a
     * moment before its process can be seen, so the last one is waited for a little.
     */
    private List<ProcessHandle> inTurn(long pid, long last) {
        List<ProcessHandle> found = new ArrayList<>();
        long until = last;
        int glances = MOST_GLANCES;
        for (long next = pid + 1; next <= until; next++) {
            Optional<ProcessHandle> process = find(next);
            process.ifPresent(found::add);
            if (next == until) {
                until = Math.max(until, lastPid().orElse(until));
            }
            if (next == until && process.isEmpty() && glances > 0) {
                glances--;
                LockSupport.parkNanos(GLANCE_NANOS);
                next--;
            } else {
                glances = MOST_GLANCES;
            }
        }
        return found;
    }

    private Optional<ProcessHandle> find(long pid) {
        Path process = PROC.resolve(Long.toString(pid));
        if (!Files.exists(process)) {
            return Optional.empty();
        }
        Optional<ProcessHandle> handle = table.find(pid);
        Answer answer = ask(process);
        for (int i = 0; i < MOST_GLANCES + MOST_EXECS && isUnsure(answer, handle); i++) {
            LockSupport.parkNanos(i < MOST_GLANCES ? GLANCE_NANOS : BETWEEN_NANOS);
            // The handle first, as below.
            handle = handle.or(() -> table.find(pid));
            answer = ask(process);
        }
        return answer == Answer.MARKED && !isThread(process) ? handle : Optional.empty();
    }

    /** The system also says that there is no such process when it has no file to spare for a look. */
    private static boolean isUnsure(Answer answer, Optional<ProcessHandle> handle) {
        return answer == Answer.BETWEEN_PROGRAMS || (answer == Answer.MARKED && handle.isEmpty());
    }

    /** Threads are not listed, but have numbers from the same row and can be asked for like a process. False for what has ended. */
    private static boolean isThread(Path process) {
        try (Stream<String> lines = Files.lines(process.resolve("status"), StandardCharsets.ISO_8859_1)) {
            return lines.filter(line -> line.startsWith("Tgid:"))
                    .anyMatch(line -> !line.equals("Tgid:\t" + process.getFileName()));
        } catch (IOException | UncheckedIOException e) {
            return false;
        }
    }

    private Look lookAndFollow() {
        OptionalLong before = lastPid();
        Look look = look();
        OptionalLong last = lastPid();
        return look.found().isEmpty() && before.isPresent() && last.isPresent()
                ? look.followedBy(inTurn(before.getAsLong(), last.getAsLong()))
                : look;
    }

    /** What an environment says. */
    private enum Answer {
        MARKED,
        NOT_MARKED,
        /** It has no program any more, or has never had one. */
        ENDED,
        /** It is just turning into another program and has no environment for a moment. */
        BETWEEN_PROGRAMS
    }

    /**
     * What one look at all of them came to.
     *
     * @param ended pids of those that were listed and have ended
     * @param between whether one was just turning into another program
     */
    private record Look(List<ProcessHandle> found, Set<Long> ended, boolean between) {
        Look followedBy(List<ProcessHandle> startedMeanwhile) {
            return new Look(startedMeanwhile, ended, between);
        }
    }

    /** The system lists pids in rising order, so whoever ends before its turn has its child listed after it, or not yet. */
    private Look look() {
        List<ProcessHandle> found = new ArrayList<>();
        Set<Long> ended = new HashSet<>();
        boolean between = false;
        String[] names = Optional.ofNullable(PROC.toFile().list()).orElse(new String[0]);
        for (String name : names) {
            long pid = number(name).orElse(-1);
            if (pid > 0) {
                // The handle first: it knows the start time, so it never comes to mean a later process of this pid.
                Optional<ProcessHandle> handle = table.find(pid);
                Answer answer = handle.isPresent() ? ask(PROC.resolve(name)) : Answer.ENDED;
                between |= answer == Answer.BETWEEN_PROGRAMS;
                if (answer == Answer.ENDED) {
                    ended.add(pid);
                }
                handle.filter(each -> answer == Answer.MARKED).ifPresent(found::add);
            }
        }
        return new Look(found, ended, between);
    }

    private Answer ask(Path process) {
        try {
            byte[] environment = environment(process);
            if (environment.length == 0) {
                // Neither a zombie nor a thread of the system has a program.
                Files.readSymbolicLink(process.resolve("exe"));
                if (!hasEnvironment(process)) {
                    return Answer.BETWEEN_PROGRAMS;
                }
                // Either it has come to its next program since, or it was given an environment without anything in it.
                environment = environment(process);
            }
            return contains(environment) ? Answer.MARKED : Answer.NOT_MARKED;
        } catch (AccessDeniedException e) {
            return Answer.NOT_MARKED;
        } catch (IOException e) {
            return Answer.ENDED;
        }
    }

    /** Whether there is a place for it, be it empty. */
    private static boolean hasEnvironment(Path process) throws IOException {
        String stat = Files.readString(process.resolve("stat"), StandardCharsets.ISO_8859_1);
        String[] fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ", -1);
        return fields.length > ENVIRONMENT_END && !fields[ENVIRONMENT_END].equals("0");
    }

    /**
     * In one call, other than {@link Files#readAllBytes}, which begins with a single byte: when the process turns into another
     * program between two calls, the file ends there, and half an environment looks like one without the mark.
     */
    private byte[] environment(Path process) throws IOException {
        try (InputStream in = Files.newInputStream(process.resolve("environ"))) {
            int read = in.read(buffer);
            return read == buffer.length
                    ? Files.readAllBytes(process.resolve("environ"))
                    : Arrays.copyOf(buffer, Math.max(0, read));
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
