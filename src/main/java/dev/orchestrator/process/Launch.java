package dev.orchestrator.process;

/** What came of starting a process. */
public sealed interface Launch {

    record Started(RunningProcess process) implements Launch {}

    /** @param problem what the system said */
    record NotStarted(String problem, Why why) implements Launch {}

    /** What is in the way of a process. */
    enum Why {
        /** The program itself is not there or may not be executed. */
        PROGRAM_MISSING,
        /** It may only be started in a sandbox, and there is none. */
        SANDBOX_MISSING,
        /** The machine has no process, memory, open file or disk space to spare just now. */
        OUT_OF_RESOURCES,
        REFUSED
    }
}
