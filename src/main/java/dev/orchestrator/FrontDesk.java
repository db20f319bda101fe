package dev.orchestrator;

import dev.orchestrator.artifact.ArtifactIndex;
import dev.orchestrator.artifact.ArtifactStore;
import dev.orchestrator.config.Config;
import dev.orchestrator.config.Home;
import dev.orchestrator.control.ControlInbox;
import dev.orchestrator.dispatch.Dispatcher;
import dev.orchestrator.engine.Engine;
import dev.orchestrator.housekeeping.Cleaning;
import dev.orchestrator.housekeeping.Pruning;
import dev.orchestrator.intake.file.ScheduleFileReader;
import dev.orchestrator.mediator.Templates;
import dev.orchestrator.schedule.Scheduler;
import dev.orchestrator.schedule.Schedules;
import dev.orchestrator.secret.Redactor;
import dev.orchestrator.state.StateIndex;
import dev.orchestrator.task.EventSink;
import dev.orchestrator.time.TimeSource;
import java.time.ZoneId;
import java.util.function.Supplier;

/**
 * Where persons are served, and what is done for them by the clock.
 *
 * @param control takes the commands, one at a time
 * @param scheduler makes the tasks that come by the clock
 * @param attendant looks after what waits
 * @param housekeeper removes what is old
 */
record FrontDesk(
        DaemonCommands commands,
        TaskReplies replies,
        Approvals approvals,
        ControlDesk control,
        Scheduler scheduler,
        Attendant attendant,
        Housekeeper housekeeper) {

    /** What it serves with. */
    record Ports(
            Home home,
            Supplier<Config> config,
            StateIndex state,
            ArtifactIndex index,
            ArtifactStore artifacts,
            TaskRecords records,
            Engine engine,
            Dispatcher dispatcher,
            Templates templates,
            Redactor redactor,
            EventSink journal) {
        HandIn handIn() {
            return new HandIn(home, records, state::active);
        }
    }

    static FrontDesk of(Ports ports, TimeSource time) {
        Home home = ports.home();
        AnotherTurn anotherTurn = new AnotherTurn(home, ports.artifacts(), ports.engine(), ports.journal());
        Approvals approvals = new Approvals(
                home, ports.state(), ports.artifacts(), ports.engine(), anotherTurn, ports.journal(), time);
        TaskReplies replies =
                new TaskReplies(ports.state(), ports.artifacts(), ports.dispatcher(), anotherTurn, ports.redactor());
        Housekeeper housekeeper = housekeeper(ports, time);
        DaemonCommands commands = new DaemonCommands(
                ports.state(),
                ports.artifacts(),
                ports.engine(),
                ports.dispatcher(),
                anotherTurn,
                approvals,
                housekeeper,
                replies,
                ports.journal(),
                time);
        ControlDesk control =
                new ControlDesk(new ControlInbox(home, commands, ports.redactor(), time), Threads.one("control"));
        Scheduler scheduler = scheduler(ports, time);
        Attendant attendant = new Attendant(ports.dispatcher(), approvals, scheduler, Threads.one("dispatch"), time);
        return new FrontDesk(commands, replies, approvals, control, scheduler, attendant, housekeeper);
    }

    private static Scheduler scheduler(Ports ports, TimeSource time) {
        Supplier<ScheduleFileReader> reader = () -> new ScheduleFileReader(
                ports.templates()::names, ports.config().get().intake().maxFileSize());
        Schedules schedules = new Schedules(ports.home().schedules(), reader, ZoneId.systemDefault());
        return new Scheduler(
                schedules, ports.state()::schedules, ports.handIn(), ports.journal(), ports.redactor(), time);
    }

    private static Housekeeper housekeeper(Ports ports, TimeSource time) {
        Cleaning.Index index = tasks -> {
            ports.index().forget(tasks);
            ports.index().write();
        };
        return new Housekeeper(
                closing -> new PartwiseCleaning(ports.home(), ports.state()::active, index, time, closing),
                new Pruning(ports.home()),
                () -> ports.config().get().retention(),
                Threads.one("housekeeping"),
                time);
    }

    /** Begins what is done by the clock. */
    void attend() {
        attendant.start();
        housekeeper.start(part -> control.alone(() -> {
            part.run();
            return true;
        }));
    }

    /** Ends that. */
    void leave() {
        housekeeper.close();
        attendant.close();
    }

    /** True when nothing is left to do by the clock before a daemon ends. */
    boolean isDone() {
        return housekeeper.isDone();
    }
}
