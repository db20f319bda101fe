package dev.orchestrator.process;

import java.io.IOException;
import java.util.Optional;
import java.util.stream.Stream;

/** The processes of this machine, as far as the system tells of them. */
interface ProcessTable {
    ProcessTable OF_THIS_MACHINE = new ProcessTable() {
        @Override
        public Process start(ProcessBuilder builder) throws IOException {
            return builder.start();
        }

        @Override
        public Optional<ProcessHandle> find(long pid) {
            return ProcessHandle.of(pid);
        }

        @Override
        public Stream<ProcessHandle> all() {
            return ProcessHandle.allProcesses();
        }
    };

    Process start(ProcessBuilder builder) throws IOException;

    Optional<ProcessHandle> find(long pid);

    Stream<ProcessHandle> all();
}
