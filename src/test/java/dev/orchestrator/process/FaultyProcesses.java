package dev.orchestrator.process;

import java.io.IOException;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;

/** The processes of this machine, some calls about which go wrong: some of one kind in a row. Thread-safe. */
public final class FaultyProcesses implements ProcessTable {

    /** What goes wrong, each at its own calls. */
    public enum Fault {
        NOT_STARTED,
        /** It is started, and killed before anybody looks. */
        VANISHES,
        /** Neither when it was started nor its arguments. */
        NOT_TOLD,
        /** A pid is said to belong to nobody. */
        NOT_FOUND,
        NONE_LISTED,
        /** A process is said to have no children. */
        CHILDREN_MISSED,
        /** To end by itself: nothing comes of it. */
        NOT_ASKED,
        /** Nothing comes of it. */
        NOT_KILLED,
        /** Whoever waits for the end of a process is interrupted. */
        INTERRUPTED
    }

    private final Fault fault;
    private final int first;
    private final int times;
    private final AtomicInteger seen = new AtomicInteger();

    /** @param first number of the first call that goes wrong, counted from 0 */
    public FaultyProcesses(Fault fault, int first, int times) {
        this.fault = fault;
        this.first = first;
        this.times = times;
    }

    /** Through which nothing else is seen of the machine. */
    public ProcessRunner runner() {
        return new ProcessRunner(this);
    }

    /** How many calls there were that could go wrong. */
    public int seen() {
        return seen.get();
    }

    @Override
    public String toString() {
        return fault + " from " + first + ", " + times + " times";
    }

    boolean strikes(Fault candidate) {
        if (candidate != fault) {
            return false;
        }
        int number = seen.getAndIncrement();
        return number >= first && number < first + times;
    }

    @Override
    public Process start(ProcessBuilder builder) throws IOException {
        if (strikes(Fault.NOT_STARTED)) {
            throw new IOException("error=11, Resource temporarily unavailable");
        }
        Process process = builder.start();
        if (strikes(Fault.VANISHES)) {
            process.destroyForcibly().onExit().join();
        }
        return new FaultyProcess(this, process);
    }

    @Override
    public Optional<ProcessHandle> find(long pid) {
        return strikes(Fault.NOT_FOUND)
                ? Optional.empty()
                : ProcessHandle.of(pid).map(this::seen);
    }

    @Override
    public Stream<ProcessHandle> all() {
        return strikes(Fault.NONE_LISTED)
                ? Stream.of()
                : ProcessHandle.allProcesses().map(this::seen);
    }

    ProcessHandle seen(ProcessHandle real) {
        return new FaultyHandle(this, real);
    }
}
