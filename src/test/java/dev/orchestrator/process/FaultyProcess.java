package dev.orchestrator.process;

import dev.orchestrator.process.FaultyProcesses.Fault;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.concurrent.TimeUnit;

/** A real child of this process, seen through {@link FaultyProcesses}. */
final class FaultyProcess extends Process {
    private final FaultyProcesses processes;
    private final Process real;

    FaultyProcess(FaultyProcesses processes, Process real) {
        this.processes = processes;
        this.real = real;
    }

    @Override
    public ProcessHandle toHandle() {
        return processes.seen(real.toHandle());
    }

    @Override
    public boolean waitFor(long timeout, TimeUnit unit) throws InterruptedException {
        if (processes.strikes(Fault.INTERRUPTED)) {
            throw new InterruptedException("as ordered by a test");
        }
        return real.waitFor(timeout, unit);
    }

    @Override
    public int waitFor() throws InterruptedException {
        return real.waitFor();
    }

    @Override
    public int exitValue() {
        return real.exitValue();
    }

    @Override
    public boolean isAlive() {
        return real.isAlive();
    }

    @Override
    public OutputStream getOutputStream() {
        return real.getOutputStream();
    }

    @Override
    public InputStream getInputStream() {
        return real.getInputStream();
    }

    @Override
    public InputStream getErrorStream() {
        return real.getErrorStream();
    }

    @Override
    public void destroy() {
        real.destroy();
    }
}
