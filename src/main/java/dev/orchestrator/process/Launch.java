package dev.orchestrator.process;

/** What came of starting a process. */
public sealed interface Launch {

    record Started(RunningProcess process) implements Launch {}

    /**
     * @param problem what the system said
     * @param programMissing true when the program itself is not there or may not be executed
     */
    record NotStarted(String problem, boolean programMissing) implements Launch {}
}
