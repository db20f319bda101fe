package dev.orchestrator.state;

import dev.orchestrator.task.ScheduleEvent;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** How far each schedule is. For one thread at a time. */
final class ScheduleFold {
    private final Map<String, ScheduleView> views = new TreeMap<>();

    ScheduleFold(List<ScheduleView> start) {
        start.forEach(view -> views.put(view.name(), view));
    }

    List<ScheduleView> views() {
        return List.copyOf(views.values());
    }

    void fold(ScheduleEvent event, Instant at) {
        String name = event.schedule();
        ScheduleView before = views.getOrDefault(name, ScheduleView.seen(name, at));
        if (event instanceof ScheduleEvent.ScheduleSet set) {
            views.put(name, before.set(set.when(), set.timeZone(), at));
        } else if (event instanceof ScheduleEvent.ScheduleRefused refused) {
            views.put(name, before.refused(refused.problem()));
        } else if (event instanceof ScheduleEvent.ScheduleRemoved) {
            views.remove(name);
        } else if (event instanceof ScheduleEvent.ScheduleDue due) {
            views.computeIfPresent(name, (key, view) -> view.made(due.due(), due.taskId()));
        } else if (event instanceof ScheduleEvent.ScheduleSkipped skipped) {
            views.computeIfPresent(name, (key, view) -> view.skipped(skipped.due(), skipped.reason()));
        }
    }
}
