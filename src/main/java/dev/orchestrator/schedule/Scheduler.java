package dev.orchestrator.schedule;

import dev.orchestrator.schedule.Schedules.Entry;
import dev.orchestrator.state.ScheduleView;
import dev.orchestrator.task.EventSink;
import dev.orchestrator.task.ScheduleEvent.ScheduleDue;
import dev.orchestrator.task.ScheduleEvent.ScheduleRefused;
import dev.orchestrator.task.ScheduleEvent.ScheduleRemoved;
import dev.orchestrator.task.ScheduleEvent.ScheduleSet;
import dev.orchestrator.task.ScheduleEvent.ScheduleSkipped;
import dev.orchestrator.task.TaskId;
import dev.orchestrator.time.TimeSource;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
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

    private final Schedules schedules;
    private final Supplier<List<ScheduleView>> views;
    private final Drop drop;
    private final EventSink journal;
    private final TimeSource time;
    private final Set<String> gone = new HashSet<>();
    private final Map<String, String> problems = new HashMap<>();

    /** Where task files go. */
    public interface Drop {
        /** True when there is or was a task of this id, or a file for one. */
        boolean isKnown(TaskId id);

        /** True when it is not over. */
        boolean isUnderWay(TaskId id);

        void drop(TaskId id, String content) throws IOException;
    }

    /** @param views how far each is, by the journal */
    public Scheduler(
            Schedules schedules, Supplier<List<ScheduleView>> views, Drop drop, EventSink journal, TimeSource time) {
        this.schedules = schedules;
        this.views = views;
        this.drop = drop;
        this.journal = journal;
        this.time = time;
    }

    /** Makes what is due now. What cannot be done is said once and tried again with the next look. */
    public void look() {
        try {
            List<Entry> entries = schedules.read();
            Map<String, ScheduleView> known =
                    views.get().stream().collect(Collectors.toMap(ScheduleView::name, Function.identity()));
            remove(known.keySet(), entries.stream().map(Entry::name).collect(Collectors.toSet()));
            for (Entry entry : entries) {
                look(entry, known.get(entry.name()));
            }
        } catch (IOException e) {
            complain("", "schedules/ cannot be read: " + e.getMessage());
        }
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
        problems.keySet().retainAll(there);
    }

    private void look(Entry entry, @Nullable ScheduleView view) {
        if (entry instanceof Entry.Invalid invalid) {
            refuse(invalid, view);
            return;
        }
        Schedule schedule = ((Entry.Valid) entry).schedule();
        Timetable timetable = schedule.timetable();
        String zone = timetable.zone().getId();
        if (view == null || view.problem() != null || !view.isAs(timetable.text(), zone)) {
            journal.commit(new ScheduleSet(schedule.name(), timetable.text(), zone));
            return;
        }
        Instant now = time.now();
        timetable.last(view.doneUntil(), now).ifPresent(due -> due(schedule, view, due, now));
    }

    private void refuse(Entry.Invalid invalid, @Nullable ScheduleView view) {
        String problem = invalid.problem() + ". " + invalid.why().remedy();
        if (view == null || !problem.equals(view.problem())) {
            log.warn("{}", problem);
            journal.commit(new ScheduleRefused(invalid.name(), problem));
        }
    }

    private void due(Schedule schedule, ScheduleView view, Instant due, Instant now) {
        TaskId before = view.lastTask();
        if (before != null && drop.isUnderWay(before)) {
            skip(schedule, due, "task " + before + " is not over");
        } else if (schedule.skipIfMissed() && due.plus(MISSED).isBefore(now)) {
            skip(schedule, due, "it was missed");
        } else {
            make(schedule, due);
        }
    }

    private void skip(Schedule schedule, Instant due, String reason) {
        log.info("Schedule {} was due at {} and is skipped: {}.", schedule.name(), due, reason);
        journal.commit(new ScheduleSkipped(schedule.name(), due, reason));
    }

    private void make(Schedule schedule, Instant due) {
        TaskId id = schedule.idAt(due);
        try {
            if (!drop.isKnown(id)) {
                drop.drop(id, schedule.task().with(id));
            }
            journal.commit(new ScheduleDue(schedule.name(), due, id));
            problems.remove(schedule.name());
        } catch (IOException e) {
            complain(schedule.name(), "Task " + id + " is due and cannot be written down: " + e.getMessage());
        }
    }

    private void complain(String name, String problem) {
        if (!Objects.equals(problems.put(name, problem), problem)) {
            log.warn("{}", problem);
        }
    }
}
