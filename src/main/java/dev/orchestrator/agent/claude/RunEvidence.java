package dev.orchestrator.agent.claude;

import java.time.Instant;
import java.time.ZoneId;

/**
 * All that a run is judged by.
 *
 * @param stderrTail the end of its error output
 * @param resumed whether it went on with an earlier session
 * @param now for times of day that it speaks of
 * @param zone of this machine, for those without one
 */
record RunEvidence(RunEnd end, Transcript transcript, String stderrTail, boolean resumed, Instant now, ZoneId zone) {

    /** True when there was more in the conversation than the prompt. */
    boolean gotSomewhere() {
        return resumed || transcript.calls().ended() > 0 || transcript.turns() > 1;
    }
}
