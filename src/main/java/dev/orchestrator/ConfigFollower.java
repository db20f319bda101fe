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
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Tells of settings that are others now, and has those follow who do not ask for them each time. For one thread at a time. */
final class ConfigFollower {
    private static final Logger log = LoggerFactory.getLogger(ConfigFollower.class);

    private final BiConsumer<Config, Config> parts;
    private final Consumer<Function<String, Reply>> commands;
    private final EventSink journal;
    /** What all parts follow; another than what is in force when one of them could not. */
    private Config applied;

    /**
     * @param applied what all parts were made with
     * @param parts have to follow: they are given the settings that they follow, and those that they are to
     * @param commands are told how the settings are read
     */
    ConfigFollower(
            Config applied,
            BiConsumer<Config, Config> parts,
            Consumer<Function<String, Reply>> commands,
            EventSink journal) {
        this.applied = applied;
        this.parts = parts;
        this.commands = commands;
        this.journal = journal;
    }

    /** Of a daemon. */
    static ConfigFollower of(
            Supplier<Config> config,
            Engine engine,
            Dispatcher dispatcher,
            LocalMind mind,
            DaemonCommands commands,
            Messengers messengers,
            EventSink journal) {
        return new ConfigFollower(
                config.get(), parts(engine, dispatcher, mind, messengers), commands::reloadBy, journal);
    }

    private static BiConsumer<Config, Config> parts(
            Engine engine, Dispatcher dispatcher, LocalMind mind, Messengers messengers) {
        return (before, after) -> {
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
        };
    }

    /** Has them read by {@code how} when a person wants that; to be called before the daemon starts. */
    void reloadBy(Function<String, Reply> how) {
        commands.accept(how);
    }

    /** @param by who wanted the settings read */
    void follow(Look look, String by) {
        if (look instanceof Look.Refused refused) {
            List<String> problems =
                    refused.problems().stream().map(Problem::toString).toList();
            journal.emit(new ConfigRefused(by, problems));
            log.warn("The settings are wrong, so all stay as they were: {}", String.join(" ", problems));
        } else if (look instanceof Look.Followed followed) {
            follow(followed, by);
        }
    }

    private void follow(Look.Followed followed, String by) {
        if (!followed.changes().isEmpty()) {
            journal.emit(new ConfigReloaded(
                    by, followed.changes().stream().map(ConfigFollower::event).toList()));
            log.info("The settings are others now: {}", followed.changes());
        }
        // Also what could not be followed the last time, though nothing was edited since.
        if (!followed.after().equals(applied)) {
            parts.accept(applied, followed.after());
            applied = followed.after();
        }
    }

    private static ConfigReloaded.Change event(SettingChange change) {
        return new ConfigReloaded.Change(change.setting(), change.before(), change.after(), change.source());
    }
}
