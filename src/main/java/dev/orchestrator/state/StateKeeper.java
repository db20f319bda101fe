package dev.orchestrator.state;

import dev.orchestrator.files.DerivedFile;
import dev.orchestrator.journal.Journal;
import java.io.IOException;

/** Saves the state now and then. */
public final class StateKeeper implements DerivedFile {
    private final StateIndex index;
    private final StateFile file;
    private final Journal journal;
    private volatile long savedSeq = -1;

    public StateKeeper(StateIndex index, StateFile file, Journal journal) {
        this.index = index;
        this.file = file;
        this.journal = journal;
    }

    @Override
    public String name() {
        return "logs/state.json";
    }

    @Override
    public boolean isStale() {
        return index.isWhole() && index.seq() != savedSeq;
    }

    /** The journal goes first: a snapshot must never be ahead of what is on disk there. */
    @Override
    public void write() throws IOException {
        Snapshot snapshot = index.snapshot();
        // Asked behind the snapshot: what is whole now was so then.
        if (!index.isWhole()) {
            return;
        }
        journal.sync();
        file.save(snapshot);
        savedSeq = snapshot.seq();
    }
}
