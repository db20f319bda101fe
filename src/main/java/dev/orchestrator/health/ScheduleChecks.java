package dev.orchestrator.health;

import dev.orchestrator.config.Config;
import dev.orchestrator.config.Home;
import dev.orchestrator.intake.file.ScheduleFileReader;
import dev.orchestrator.mediator.Templates;
import dev.orchestrator.schedule.Schedules;
import dev.orchestrator.schedule.Schedules.Entry;
import dev.orchestrator.time.TimeSource;
import java.io.IOException;
import java.time.Instant;
import java.time.ZoneId;
import java.util.Comparator;
import java.util.List;

/** Whether something can come of each file in {@code schedules/}, and what is due first. */
final class ScheduleChecks {
    private final Home home;
    private final TimeSource time;

    private ScheduleChecks(Home home, TimeSource time) {
        this.home = home;
        this.time = time;
    }

    static Check of(Settings settings, Home home, TimeSource time) {
        ScheduleChecks checks = new ScheduleChecks(home, time);
        return new Check("home", "schedules", settings.ifValid(checks::look));
    }

    private CheckResult look(Config config) throws IOException {
        ScheduleFileReader reader = new ScheduleFileReader(
                new Templates(home.templates())::names, config.intake().maxFileSize());
        List<Entry> entries = new Schedules(home.schedules(), () -> reader, ZoneId.systemDefault()).read();
        List<Entry.Invalid> invalid = entries.stream()
                .filter(Entry.Invalid.class::isInstance)
                .map(Entry.Invalid.class::cast)
                .toList();
        return invalid.isEmpty()
                ? due(entries)
                : CheckResult.fail(
                        Lines.of(invalid, Entry.Invalid::problem),
                        Lines.of(
                                invalid, each -> each.name() + ": " + each.why().remedy()));
    }

    private CheckResult due(List<Entry> entries) {
        if (entries.isEmpty()) {
            return CheckResult.ok("none");
        }
        Instant now = time.now();
        String first = entries.stream()
                .map(entry -> ((Entry.Valid) entry).schedule())
                .flatMap(schedule -> schedule.timetable().next(now).stream().map(due -> new Due(schedule.name(), due)))
                .min(Comparator.comparing(Due::at))
                .map(due -> "; " + due.name() + " is due at " + due.at())
                .orElse("");
        return CheckResult.ok(entries.size() + first);
    }

    private record Due(String name, Instant at) {}
}
