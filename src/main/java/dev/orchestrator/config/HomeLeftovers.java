package dev.orchestrator.config;

import dev.orchestrator.files.AtomicFile;
import dev.orchestrator.files.Leftovers;
import dev.orchestrator.task.TaskId;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/**
 * The temporary files in a home, and their removal when whoever wrote them was killed:
 *
 * <pre>
 * .NAME.N.tmp            of a file NAME that only the daemon, or who holds its lock, writes there
 * .turn-N.attempt-M.before.gz.tmp   likewise, and .turn-N.attempt-M.stream.ndjson.N.tmp and so on
 * tasks/.UUID.tmp        of a command that drops a file
 * .writable, ..writable.N.tmp        of the daemon, to see whether a directory can be written
 * logs/.events-N.ndjson.gz.tmp       of a segment of the journal that is packed, by who holds the lock
 * .doctorN.tmp           of doctor, in any directory of ours
 * logs/.trusted.json.N.tmp           of the command that trusts a directory
 * </pre>
 *
 * <p>Those of the daemon have no writer while its lock is held by who sweeps. The others may have one at any time, so they must
 * be older than any writer needs.
 */
public final class HomeLeftovers {
    /** What {@code doctor} calls its files; {@link java.nio.file.Files#createTempFile} puts a number behind it. */
    public static final String OF_DOCTOR = ".doctor";

    private static final Pattern DOCTORS = Pattern.compile("\\.doctor[0-9]+\\.tmp");
    private static final Pattern PROBES =
            Pattern.compile("\\.writable|" + AtomicFile.temporary("\\.writable").pattern());
    private static final Pattern PACKED = Pattern.compile("\\.events-[0-9]{6,}\\.ndjson\\.gz\\.tmp");
    private static final Duration OLD = Duration.ofMinutes(10);
    private static final String ID = "[a-z0-9][a-z0-9._-]{0,79}";
    private static final Pattern DROPPED = Pattern.compile("\\.[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}\\.tmp");
    private static final Pattern OF_RUNS = Pattern.compile("\\.turn-[0-9]+\\.attempt-[0-9]+\\."
            + "(before\\.gz|(changes\\.json|stream\\.ndjson|stderr\\.log|prompt\\.md)\\.[0-9]+)\\.tmp");

    private final Home home;

    public HomeLeftovers(Home home) {
        this.home = home;
    }

    /**
     * Removes all of them; only for who holds the daemon's lock, before anything is written. Answers what was removed.
     *
     * @param running tasks of which an earlier daemon may have been writing records
     */
    public List<Path> sweep(Collection<TaskId> running, Instant now) {
        List<Path> removed = new ArrayList<>();
        kinds(running, now).forEach((directory, kinds) -> removed.addAll(Leftovers.sweep(directory, kinds)));
        return removed;
    }

    private Map<Path, List<Leftovers.Kind>> kinds(Collection<TaskId> running, Instant now) {
        Map<Path, List<Leftovers.Kind>> kinds = new LinkedHashMap<>();
        written().forEach((directory, names) -> add(kinds, directory, names, Instant.MAX));
        home.neededDirectories().forEach(directory -> add(kinds, directory, PROBES, Instant.MAX));
        running.forEach(id -> add(kinds, home.runs(id), OF_RUNS, Instant.MAX));
        add(kinds, home.logs(), PACKED, Instant.MAX);
        Instant old = now.minus(OLD);
        add(kinds, home.tasks(), DROPPED, old);
        add(kinds, home.logs(), AtomicFile.temporary("trusted\\.json"), old);
        add(kinds, home.root(), DOCTORS, old);
        home.ownDirectories().forEach(directory -> add(kinds, directory, DOCTORS, old));
        return kinds;
    }

    private static void add(Map<Path, List<Leftovers.Kind>> kinds, Path directory, Pattern names, Instant until) {
        kinds.computeIfAbsent(directory, any -> new ArrayList<>()).add(new Leftovers.Kind(names, until));
    }

    /** Removes what an earlier {@code doctor} left in {@code directory}; for everybody, at any time. */
    public static List<Path> sweepDoctors(Path directory, Instant now) {
        return Leftovers.sweep(directory, List.of(new Leftovers.Kind(DOCTORS, now.minus(OLD))));
    }

    /** Where files are replaced by {@link AtomicFile}, and which. */
    private Map<Path, Pattern> written() {
        Map<Path, Pattern> written = new LinkedHashMap<>();
        written.put(home.accepted(), AtomicFile.temporary(ID + "\\.task\\.md"));
        written.put(home.rejected(), AtomicFile.temporary("(?i:.+\\.task\\.md)\\.reason\\.json"));
        written.put(home.control(), AtomicFile.temporary(".+\\.json"));
        written.put(home.controlDone(), AtomicFile.temporary(".+\\.json"));
        written.put(home.results(), AtomicFile.temporary(ID + "(\\.turn-[0-9]+)?\\.json"));
        written.put(home.summaries(), AtomicFile.temporary(ID + "\\.md"));
        written.put(
                home.logs(),
                AtomicFile.temporary(
                        "(state|state-base|daemon|telegram)\\.json|(history|events(-[0-9]+)?)\\.ndjson(\\.corrupt-[0-9TZ-]+)?"));
        return written;
    }
}
