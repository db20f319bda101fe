package dev.orchestrator.housekeeping;

import dev.orchestrator.config.Home;
import dev.orchestrator.history.History;
import dev.orchestrator.journal.JournalArchive;
import dev.orchestrator.journal.JournalArchive.Closed;
import dev.orchestrator.journal.JournalPosition;
import dev.orchestrator.journal.JournalReader;
import dev.orchestrator.state.Snapshot;
import dev.orchestrator.state.StateFile;
import dev.orchestrator.task.TaskId;
import dev.orchestrator.task.TaskView;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * Packs closed segments of the journal, and removes those that are old. What counts of them is in the snapshot and in the history,
 * on disk, before anything is touched; a segment in which a task is spoken of that is not over stays, and so do all behind it. Only for
 * whoever holds the daemon's lock. For one thread.
 */
public final class Pruning {
    /** A journal is looked at where it ends, so the latest closed segment stays as it is. */
    private static final int LEFT_AS_THEY_ARE = 1;

    private static final Pattern TASK = Pattern.compile("\"task_id\":\"([^\"]{1,100})\"");

    private final JournalArchive archive;
    private final JournalReader journal;
    private final StateFile state;
    private final Home home;

    public Pruning(Home home) {
        this.home = home;
        this.archive = new JournalArchive(home.journal());
        this.journal = new JournalReader(home.journal());
        this.state = new StateFile(home.state(), home.journal());
    }

    /**
     * What was done, or would be.
     *
     * @param removed paths relative to the home, oldest first
     * @param packed likewise, by the names that they had
     * @param bytes how much less there is on disk; of what would be packed nobody knows
     * @param whole false when whoever does it was to stop before it was done
     */
    public record Report(List<String> removed, List<String> packed, long bytes, boolean whole) {
        public Report {
            removed = List.copyOf(removed);
            packed = List.copyOf(packed);
        }
    }

    /** @param before what was closed by then is old; empty to remove nothing */
    public Report look(Optional<Instant> before) throws IOException {
        Plan plan = plan(before);
        long bytes = plan.remove().stream().mapToLong(Closed::bytes).sum();
        return new Report(names(plan.remove()), names(plan.pack()), bytes, true);
    }

    /**
     * Does it.
     *
     * @param goOn asked before each segment, which may take a second
     * @param alone does something while no task begins anew
     */
    public Report prune(Optional<Instant> before, Predicate<Closed> goOn, Consumer<Runnable> alone) throws IOException {
        Plan plan = plan(before);
        List<Closed> removed = new ArrayList<>();
        List<Closed> packed = new ArrayList<>();
        long bytes = 0;
        if (!plan.remove().isEmpty() || state.lacksBase()) {
            state.saveBase(plan.state());
        }
        for (Closed closed : plan.remove()) {
            boolean stop = !goOn.test(closed);
            if (stop || !isRemoved(closed, alone)) {
                return new Report(names(removed), List.of(), bytes, !stop);
            }
            bytes += closed.bytes();
            removed.add(closed);
        }
        for (Closed closed : plan.pack()) {
            if (!goOn.test(closed)) {
                return new Report(names(removed), names(packed), bytes, false);
            }
            bytes += archive.pack(closed.segment());
            packed.add(closed);
        }
        return new Report(names(removed), names(packed), bytes, true);
    }

    /** A task that is spoken of may have begun anew since that was looked at. */
    private boolean isRemoved(Closed closed, Consumer<Runnable> alone) throws IOException {
        boolean[] done = {false};
        try {
            alone.accept(() -> done[0] = removedUnlessNeeded(closed));
        } catch (UncheckedIOException e) {
            throw e.getCause();
        }
        return done[0];
    }

    private boolean removedUnlessNeeded(Closed closed) {
        try {
            if (speaksOf(closed, active())) {
                return false;
            }
            archive.remove(closed.segment());
            return true;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private Set<String> active() throws IOException {
        return state.current().snapshot().active().stream()
                .map(TaskView::id)
                .map(TaskId::value)
                .collect(Collectors.toSet());
    }

    private List<String> names(List<Closed> segments) {
        return segments.stream().map(closed -> home.relative(closed.file())).toList();
    }

    /**
     * What can be done without harm.
     *
     * @param state has all that is to be removed
     */
    private record Plan(List<Closed> remove, List<Closed> pack, Snapshot state) {}

    private Plan plan(Optional<Instant> before) throws IOException {
        Snapshot saved = state.load();
        long needed = Math.min(
                saved.position().segment(),
                new History(home.history(), home.journal()).reached().segment());
        List<Closed> all = archive.closed();
        List<Closed> past = all.subList(0, Math.max(0, all.size() - LEFT_AS_THEY_ARE)).stream()
                .filter(closed -> closed.segment() < needed)
                .toList();
        List<Closed> remove = before.isEmpty() ? List.of() : removable(past, before.get());
        List<Closed> pack = past.subList(remove.size(), past.size()).stream()
                .filter(closed -> !closed.packed())
                .toList();
        return new Plan(remove, pack, saved);
    }

    /** The oldest ones, up to the first that has to stay. */
    private List<Closed> removable(List<Closed> past, Instant before) throws IOException {
        Set<String> active = active();
        List<Closed> old = new ArrayList<>();
        for (Closed closed : past) {
            if (!closed.closedAt().isBefore(before) || speaksOf(closed, active)) {
                break;
            }
            old.add(closed);
        }
        return old;
    }

    private boolean speaksOf(Closed closed, Set<String> tasks) throws IOException {
        JournalPosition start = new JournalPosition(closed.segment(), 0);
        // What cannot be read may be needed.
        boolean[] found = {journal.damage(start).isPresent()};
        journal.readSegment(start, (line, after) -> {
            Matcher task = TASK.matcher(line);
            found[0] |= task.find() && tasks.contains(task.group(1));
        });
        return found[0];
    }
}
