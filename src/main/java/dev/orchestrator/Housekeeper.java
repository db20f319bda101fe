package dev.orchestrator;

import dev.orchestrator.artifact.ArtifactIndex;
import dev.orchestrator.config.Config;
import dev.orchestrator.config.Home;
import dev.orchestrator.config.RetentionConfig;
import dev.orchestrator.control.Commands.Reply;
import dev.orchestrator.housekeeping.Cleaning;
import dev.orchestrator.state.StateIndex;
import dev.orchestrator.time.TimeSource;
import java.io.IOException;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Removes what is old of the daemon's home. For one thread at a time, and while no task begins anew. */
final class Housekeeper {
    private static final Logger log = LoggerFactory.getLogger(Housekeeper.class);

    private final Home home;
    private final StateIndex state;
    private final ArtifactIndex index;
    private final Supplier<Config> config;
    private final TimeSource time;

    Housekeeper(Home home, StateIndex state, ArtifactIndex index, Supplier<Config> config, TimeSource time) {
        this.home = home;
        this.state = state;
        this.index = index;
        this.config = config;
        this.time = time;
    }

    Reply clean(Cleaning.Kind kind, Duration age) {
        try {
            Cleaning.Report report = removed(kind, age);
            return Reply.done(report.paths().size() + " " + kind + " that are older than " + age.toDays()
                    + " days are removed (" + (report.bytes() >> 10) + " KB).");
        } catch (IOException e) {
            return Reply.refused("The " + kind + " cannot be cleaned: " + e);
        }
    }

    /** As the settings say. */
    void keepWithin() {
        RetentionConfig retention = config.get().retention();
        Map<Cleaning.Kind, Optional<Duration>> ages = Map.of(
                Cleaning.Kind.TASKS, retention.tasks(),
                Cleaning.Kind.ARTIFACTS, retention.artifacts(),
                Cleaning.Kind.RUNS, retention.runs());
        ages.forEach((kind, age) -> age.ifPresent(known -> keepWithin(kind, known)));
    }

    private void keepWithin(Cleaning.Kind kind, Duration age) {
        try {
            Cleaning.Report report = removed(kind, age);
            if (!report.paths().isEmpty()) {
                log.info(
                        "Removed {} {} that were older than {} days (`retention.{}`).",
                        report.paths().size(),
                        kind,
                        age.toDays(),
                        kind);
            }
        } catch (IOException e) {
            log.warn("The {} cannot be cleaned: {}", kind, e.toString());
        }
    }

    private Cleaning.Report removed(Cleaning.Kind kind, Duration age) throws IOException {
        Cleaning.Report report =
                new Cleaning(home, state.active()).clean(kind, time.now().minus(age));
        if (kind == Cleaning.Kind.ARTIFACTS) {
            index.forget(report.tasks());
        }
        return report;
    }
}
