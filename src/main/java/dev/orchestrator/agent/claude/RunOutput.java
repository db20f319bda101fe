package dev.orchestrator.agent.claude;

/**
 * What a run prints, and what is made of it.
 *
 * @param stream where it is read; feeds {@code transcript}
 * @param guarded what the guard saw of it
 * @param progress whether anything comes of the run
 * @param limit how much of it there may be
 */
record RunOutput(StreamTail stream, Transcript transcript, GuardedRun guarded, Progress progress, OutputLimit limit) {}
