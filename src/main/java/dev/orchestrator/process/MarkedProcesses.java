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
import java.util.EnumSet;
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
    /** Zombies and threads of the system look like what has ended, and they stay. */
    private static final int MOST_ENDS = 3;
    /** Somebody else's processes end too, so there is an end to that. */
    private static final int MOST_GONE = 50;

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

    /** All that are alive. */
    List<ProcessHandle> all() {
        return above(0);
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
     * whoever ends before its turn the child's turn is yet to come, also when it is started meanwhile.
     */
    private List<ProcessHandle> inTurn(long pid, long last) {
        List<ProcessHandle> found = new ArrayList<>();
        long until = last;
        for (long next = pid + 1; next <= until; next++) {
            find(next).ifPresent(found::add);
            if (next == until) {
                until = Math.max(until, lastPid().orElse(until));
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
        for (int i = 0; i < MOST_EXECS && isUnsure(answer, handle); i++) {
            LockSupport.parkNanos(BETWEEN_NANOS);
            // The handle first, as below.
            handle = handle.or(() -> table.find(pid));
            answer = ask(process);
        }
        return answer == Answer.MARKED && isProcess(process) ? handle : Optional.empty();
    }

    /** The system also says that there is no such process when it has no file to spare for a look. */
    private static boolean isUnsure(Answer answer, Optional<ProcessHandle> handle) {
        return answer == Answer.BETWEEN_PROGRAMS || (answer == Answer.MARKED && handle.isEmpty());
    }

    /** Threads are not listed, but have numbers from the same row and can be asked for like a process. */
    private static boolean isProcess(Path process) {
        try (Stream<String> lines = Files.lines(process.resolve("status"), StandardCharsets.ISO_8859_1)) {
            return lines.anyMatch(line -> line.equals("Tgid:\t" + process.getFileName()));
        } catch (IOException | UncheckedIOException e) {
            return false;
        }
    }

    private List<ProcessHandle> above(long lowest) {
        int execs = MOST_EXECS;
        int ends = MOST_ENDS;
        int gone = MOST_GONE;
        Look look = look(lowest);
        while (look.found().isEmpty() && execs > 0 && ends > 0 && gone > 0 && look.isUnsure()) {
            if (look.answers().contains(Answer.BETWEEN_PROGRAMS)) {
                execs--;
            } else if (look.answers().contains(Answer.GONE)) {
                gone--;
            } else {
                ends--;
            }
            LockSupport.parkNanos(BETWEEN_NANOS);
            look = look(lowest);
        }
        return look.found();
    }

    /** What an environment says. */
    private enum Answer {
        MARKED,
        NOT_MARKED,
        /** It is of no use any more, or has never been. */
        ENDED,
        /** It was listed, and may since have handed over to a child that was not there to be listed. */
        GONE,
        /** It is just turning into another program and has no environment for a moment. */
        BETWEEN_PROGRAMS
    }

    private record Look(List<ProcessHandle> found, Set<Answer> answers) {
        boolean isUnsure() {
            return answers.contains(Answer.BETWEEN_PROGRAMS)
                    || answers.contains(Answer.GONE)
                    || answers.contains(Answer.ENDED);
        }
    }

    /**
     * The system lists pids in rising order, so whoever ends before its turn has its child listed after it. The latest are asked
     * first: one that lives for a moment only is gone before all that are older have been asked.
     */
    private Look look(long lowest) {
        List<ProcessHandle> found = new ArrayList<>();
        Set<Answer> answers = EnumSet.noneOf(Answer.class);
        String[] names = Optional.ofNullable(PROC.toFile().list()).orElse(new String[0]);
        for (int i = names.length - 1; i >= 0; i--) {
            String name = names[i];
            long pid = number(name).orElse(-1);
            if (pid > lowest) {
                // The handle first: it knows the start time, so it never comes to mean a later process of this pid.
                Optional<ProcessHandle> handle = table.find(pid);
                Answer answer = handle.isPresent() ? ask(PROC.resolve(name)) : Answer.GONE;
                answers.add(answer);
                handle.filter(each -> answer == Answer.MARKED).ifPresent(found::add);
            }
        }
        return new Look(found, answers);
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
            return Files.exists(process) ? Answer.ENDED : Answer.GONE;
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
