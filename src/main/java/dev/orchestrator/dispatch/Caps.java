package dev.orchestrator.dispatch;

import java.math.BigDecimal;
import java.util.Optional;

/**
 * What may be spent; empty means without limit.
 *
 * @param perTask of all attempts at one task
 * @param perDay of all attempts of one day in UTC
 * @param total of all attempts ever
 */
public record Caps(Cap perTask, Cap perDay, Cap total) {

    /** @param runs how often an agent may be started */
    public record Cap(Optional<BigDecimal> usd, Optional<Integer> runs) {

        /** What is used up, in words, such as {@code $5.00 of $5 spent}; empty when there is some of everything left. */
        Optional<String> reached(BigDecimal spent, long begun) {
            return usd.filter(limit -> spent.compareTo(limit) >= 0)
                    .map(limit -> "$" + spent.toPlainString() + " of $" + limit.toPlainString() + " are spent")
                    .or(() -> runs.filter(limit -> begun >= limit)
                            .map(limit -> begun + " of " + limit + " runs were begun"));
        }

        Optional<BigDecimal> left(BigDecimal spent) {
            return usd.map(limit -> limit.subtract(spent));
        }
    }
}
