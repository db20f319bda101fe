package dev.orchestrator.view;

import dev.orchestrator.history.Fact;
import java.math.BigDecimal;

/**
 * The numbers of some turns. Those of {@code turns} are about all of them; the others about the turns for which the agent was
 * started, since one that never began would make everything look quicker and cheaper; the cost of those whose cost is known.
 *
 * @param durationMs from the start of the turn to its end, with the waits between attempts
 * @param attempts how often the agent was started
 * @param costUsd of all attempts of the turn, as the agent estimated
 * @param inputTokens as the agent reported at the end, without those that came out of its cache
 */
public record Figures(
        Ends turns,
        Spread<Long> durationMs,
        Spread<Long> attempts,
        Spread<BigDecimal> costUsd,
        Spread<Long> inputTokens,
        Spread<Long> outputTokens) {

    /** Collects them. For one thread. */
    static final class Group {
        private final Ends.Count ends = new Ends.Count();
        private final Longs durations = new Longs();
        private final Longs attempts = new Longs();
        private final Amounts costs = new Amounts();
        private final Longs inputTokens = new Longs();
        private final Longs outputTokens = new Longs();

        void add(Fact.TurnOver turn) {
            ends.add(turn.status());
            if (turn.attempts() == 0) {
                return;
            }
            durations.add(turn.durationMs());
            attempts.add(turn.attempts());
            inputTokens.add(turn.inputTokens());
            outputTokens.add(turn.outputTokens());
            if (turn.costUsd() != null) {
                costs.add(turn.costUsd());
            }
        }

        void addAll(Group other) {
            ends.addAll(other.ends);
            durations.addAll(other.durations);
            attempts.addAll(other.attempts);
            costs.addAll(other.costs);
            inputTokens.addAll(other.inputTokens);
            outputTokens.addAll(other.outputTokens);
        }

        Figures figures() {
            return new Figures(
                    ends.ends(),
                    durations.spread(),
                    attempts.spread(),
                    costs.spread(),
                    inputTokens.spread(),
                    outputTokens.spread());
        }
    }
}
