package dev.orchestrator;

import dev.orchestrator.config.Config;
import dev.orchestrator.config.LiveConfig.Look;
import dev.orchestrator.config.Problem;
import dev.orchestrator.config.SettingChange;
import dev.orchestrator.control.Commands.Reply;
import dev.orchestrator.dispatch.Dispatcher;
import dev.orchestrator.engine.Engine;
import dev.orchestrator.task.DaemonEvent.ConfigRefused;
import dev.orchestrator.task.DaemonEvent.ConfigReloaded;
import dev.orchestrator.task.EventSink;
import java.util.List;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Tells of settings that are others now, and has those follow who do not ask for them each time. For one thread at a time. */
final class ConfigFollower {
    private static final Logger log = LoggerFactory.getLogger(ConfigFollower.class);

    private final Engine engine;
    private final Dispatcher dispatcher;
    private final LocalMind mind;
    private final DaemonCommands commands;
    private final Messengers messengers;
    private final EventSink journal;

    ConfigFollower(
            Engine engine,
            Dispatcher dispatcher,
            LocalMind mind,
            DaemonCommands commands,
            Messengers messengers,
            EventSink journal) {
        this.messengers = messengers;
        this.commands = commands;
        this.engine = engine;
        this.dispatcher = dispatcher;
        this.mind = mind;
        this.journal = journal;
    }

    /** Has them read by {@code how} when a person wants that; to be called before the daemon starts. */
    void reloadBy(Function<String, Reply> how) {
        commands.reloadBy(how);
    }

    /** @param by who wanted the settings read */
    void follow(Look look, String by) {
        if (look instanceof Look.Refused refused) {
            List<String> problems =
                    refused.problems().stream().map(Problem::toString).toList();
            journal.emit(new ConfigRefused(by, problems));
            log.warn("The settings are wrong, so all stay as they were: {}", String.join(" ", problems));
        } else if (look instanceof Look.Followed followed && !followed.changes().isEmpty()) {
            journal.emit(new ConfigReloaded(
                    by, followed.changes().stream().map(ConfigFollower::event).toList()));
            log.info("The settings are others now: {}", followed.changes());
            apply(followed.before(), followed.after());
        }
    }

    private static ConfigReloaded.Change event(SettingChange change) {
        return new ConfigReloaded.Change(change.setting(), change.before(), change.after(), change.source());
    }

    private void apply(Config before, Config after) {
        if (!before.log().equals(after.log())) {
            Logging.level(after.log().level());
        }
        if (!before.ollama().equals(after.ollama())) {
            mind.follow(after.ollama());
        }
        messengers.follow(after);
        if (before.workers() != after.workers()) {
            engine.resize(after.workers());
        }
        // A limit may be higher now, or a root larger.
        dispatcher.look();
        engine.lookAgain();
    }
}
