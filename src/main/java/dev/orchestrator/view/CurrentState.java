package dev.orchestrator.view;

import dev.orchestrator.config.Home;
import dev.orchestrator.state.Snapshot;
import dev.orchestrator.state.StateFile;
import java.io.IOException;

/** The state of a home as of now, for whoever only reads. */
public final class CurrentState {
    private CurrentState() {}

    /** @param home need not exist */
    public static Snapshot of(Home home) throws IOException {
        return new StateFile(home.state(), home.journal()).current().snapshot();
    }
}
