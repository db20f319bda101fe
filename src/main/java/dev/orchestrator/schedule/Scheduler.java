package dev.orchestrator.schedule;

import dev.orchestrator.schedule.Schedules.Entry;
import dev.orchestrator.secret.Redactor;
import dev.orchestrator.state.ScheduleView;
import dev.orchestrator.task.EventSink;
import dev.orchestrator.task.ScheduleEvent.ScheduleDue;
import dev.orchestrator.task.ScheduleEvent.ScheduleRefused;
import dev.orchestrator.task.ScheduleEvent.ScheduleRemoved;
import dev.orchestrator.task.ScheduleEvent.ScheduleSet;
import dev.orchestrator.task.ScheduleEvent.ScheduleSkipped;
import dev.orchestrator.task.TaskId;
import dev.orchestrator.time.Stopwatch;
import dev.orchestrator.time.TimeSource;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Makes a task file of each schedule that is due. The id of the task says what it was due for, and the journal is told when the file
 * is there; so after a crash in between there is one task still. Of what was missed one task is made at most, and none while the one
 * before is under way. For one thread at a time.
 */
public final class Scheduler {
    private static final Logger log = LoggerFactory.getLogger(Scheduler.class);
    /** So late somebody else would have noticed: no daemon was there, or the machine slept. */
    private static final Duration MISSED = Duration.ofMinutes(1);
    /** By less than this a clock is corrected all the time. */
    private static final Duration CLOCKS = Duration.ofMinutes(5);

    private static final Duration READ_ANEW = Duration.ofMinutes(1);

    private final Schedules schedules;
    private final Supplier<List<ScheduleView>> views;
    private final Drop drop;
    private final EventSink journal;
    private final Redactor redactor;
    private final TimeSource time;
    private final Map<String, String> looks = new HashMap<>();
    private final Map<String, Entry> lastRead = new HashMap<>();
    private final Stopwatch sinceRead;
    private boolean first = true;
    private volatile boolean ended;
    private final Set<String> gone = new HashSet<>();
    private final Map<String, String> problems = new HashMap<>();
    /** Until when a schedule is done with, where that is later than the journal has it: it is told of a reason once. */
    private final Map<String, Instant> passedOver = new HashMap<>();

    /** Where task files go. */
    public interface Drop {
        /**
         * True when there is or was a task of this id, or a file for one.
         *
         * @throws IOException when nobody can tell
         */
        boolean isKnown(TaskId id) throws IOException;

        /** A task of {@code schedule} that is not over. */
        Optional<TaskId> underWay(String schedule) throws IOException;

        void drop(TaskId id, String content) throws IOException;
    }

    /** @param views how far each is, by the journal */
    public Scheduler(
            Schedules schedules,
            Supplier<List<ScheduleView>> views,
            Drop drop,
            EventSink journal,
            Redactor redactor,
            TimeSource time) {
        this.schedules = schedules;
        this.views = views;
        this.drop = drop;
        this.journal = journal;
        this.redactor = redactor;
        this.time = time;
        this.sinceRead = Stopwatch.start(time);
    }

    /**
     * Makes what is due now. What cannot be done is said once and tried again with the next look. A file that has just become another
     * counts when it is the same at two looks, but for the first look of all: somebody may be writing it.
     */
    public void look() {
        if (ended) {
            return;
        }
        try {
            List<Entry> entries = read();
            Map<String, ScheduleView> known =
                    views.get().stream().collect(Collectors.toMap(ScheduleView::name, Function.identity()));
            if (!schedules.isThere() && !known.isEmpty()) {
                // Somebody is moving it, or its disk is away: none of them is removed.
                complain("", "schedules/ is not there; nothing comes of it until it is.");
                return;
            }
            problems.remove("");
            remove(known.keySet(), entries.stream().map(Entry::name).collect(Collectors.toSet()));
            for (Entry entry : entries) {
                if (isSettled(entry)) {
                    lookAt(entry, known.get(entry.name()));
                }
            }
            first = false;
        } catch (IOException e) {
            complain("", "schedules/ cannot be read: " + e.getMessage());
        }
    }

    /** What is right by the settings may be wrong by others, and a clock of files has its grain: so all are read now and then. */
    private List<Entry> read() throws IOException {
        if (sinceRead.reached(READ_ANEW)) {
            sinceRead.restart();
            lastRead.clear();
        }
        List<Entry> entries = schedules.read(lastRead);
        lastRead.clear();
        entries.forEach(entry -> lastRead.put(entry.name(), entry));
        return entries;
    }

    /** Nothing is made any more, for whoever waits until nothing is left to do. To be called from any thread. */
    public void end() {
        ended = true;
    }

    private boolean isSettled(Entry entry) {
        String before = looks.put(entry.name(), entry.look());
        return first || entry.look().equals(before);
    }

    /** An editor may take a file away for a moment, so it has to be gone twice. */
    private void remove(Set<String> known, Set<String> there) {
        Set<String> missing = new HashSet<>(known);
        missing.removeAll(there);
        for (String name : missing) {
            if (gone.contains(name)) {
                journal.commit(new ScheduleRemoved(name));
            }
        }
        gone.clear();
        gone.addAll(missing);
        looks.keySet().retainAll(there);
        problems.keySet().retainAll(there);
        passedOver.keySet().retainAll(there);
    }

    /** Whatever is wrong with one, the others are looked at. */
    private void lookAt(Entry entry, @Nullable ScheduleView view) {
        try {
            if (!redactor.redact(entry.name()).equals(entry.name())) {
                complain(entry.name(), "A file in schedules/ has a name that looks like a secret; give it another.");
            } else if (entry instanceof Entry.Invalid invalid) {
                refuse(invalid, view);
            } else {
                look(((Entry.Valid) entry).schedule(), view);
            }
        } catch (IOException e) {
            complain(entry.name(), "Schedule " + entry.name() + " is due and cannot be done: " + e.getMessage());
        } catch (RuntimeException e) {
            complain(entry.name(), "Schedule " + entry.name() + " cannot be looked at: " + e);
        }
    }

    /** The journal has it without secrets; compared with what stands in the file it would be another each time. */
    private void refuse(Entry.Invalid invalid, @Nullable ScheduleView view) {
        String problem =
                redactor.redact(invalid.problem() + ". " + invalid.why().remedy());
        if (view == null || !problem.equals(view.problem())) {
            log.warn("{}", problem);
            journal.commit(new ScheduleRefused(invalid.name(), problem));
        }
    }

    private void look(Schedule schedule, @Nullable ScheduleView view) throws IOException {
        Timetable timetable = schedule.timetable();
        String zone = timetable.zone().getId();
        if (view == null || view.problem() != null || !view.isAs(timetable.text(), zone)) {
            journal.commit(new ScheduleSet(schedule.name(), timetable.text(), zone));
            return;
        }
        Instant now = time.now();
        if (view.doneUntil().isAfter(now.plus(CLOCKS))) {
            // Else nothing would come of it until then.
            skip(schedule, view, now, "the clock was set back");
            return;
        }
        Optional<Instant> due = timetable.last(doneUntil(view, now), now);
        if (due.isPresent()) {
            due(schedule, view, due.get(), now);
        } else {
            problems.remove(schedule.name());
        }
    }

    private Instant doneUntil(ScheduleView view, Instant now) {
        Instant passed = passedOver.getOrDefault(view.name(), view.doneUntil());
        return passed.isAfter(view.doneUntil()) && !passed.isAfter(now) ? passed : view.doneUntil();
    }

    private void due(Schedule schedule, ScheduleView view, Instant due, Instant now) throws IOException {
        TaskId id = schedule.idAt(due);
        Optional<TaskId> before = drop.underWay(schedule.name());
        if (drop.isKnown(id)) {
            // Made before a crash, in which the journal was not told.
            journal.commit(new ScheduleDue(schedule.name(), due, id));
        } else if (before.isPresent()) {
            skip(schedule, view, due, "task " + before.get() + " is not over");
        } else if (schedule.skipIfMissed() && due.plus(MISSED).isBefore(now)) {
            skip(schedule, view, due, "it was missed");
        } else {
            drop.drop(id, schedule.task().with(id));
            journal.commit(new ScheduleDue(schedule.name(), due, id));
        }
        problems.remove(schedule.name());
    }

    private void skip(Schedule schedule, ScheduleView view, Instant due, String reason) {
        passedOver.put(schedule.name(), due);
        if (!reason.equals(view.lastSkipped()) || due.isBefore(view.doneUntil())) {
            log.info("Schedule {} was due at {} and is skipped: {}.", schedule.name(), due, reason);
            journal.commit(new ScheduleSkipped(schedule.name(), due, reason));
        }
    }

    private void complain(String name, String problem) {
        if (!Objects.equals(problems.put(name, problem), problem)) {
            log.warn("{}", redactor.redact(problem));
        }
    }
}
