package dev.orchestrator.agent.claude;

import dev.orchestrator.agent.run.RunEnd;
import dev.orchestrator.secret.Redactor;
import java.time.Instant;
import java.time.ZoneId;
import org.jspecify.annotations.Nullable;

/**
 * All that a run is judged by.
 *
 * @param stderrTail the end of its error output
 * @param resumed whether it went on with an earlier session
 * @param now for times of day that it speaks of
 * @param zone of this machine, for those without one
 * @param redactor hides secrets in what is quoted
 * @param wanted the model that was asked for; null when the choice was left to the program
 */
record RunEvidence(
        RunEnd end,
        Transcript transcript,
        String stderrTail,
        boolean resumed,
        Instant now,
        ZoneId zone,
        Redactor redactor,
        @Nullable String wanted) {

    /** True when there was more in the conversation than the prompt. */
    boolean gotSomewhere() {
        return resumed || transcript.calls().ended() > 0 || transcript.turns() > 1;
    }

    /** {@code said} as it may be quoted in part: half a secret is not known for one any more. */
    ProgramError quotable(ProgramError said) {
        return said.saying(redactor.redact(said.text()));
    }

    /** The name of its model, as others know it who want the same. */
    @Nullable
    String model() {
        return wanted == null ? transcript.model() : wanted;
    }
}
