package dev.orchestrator.task;

import java.math.BigDecimal;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * What whoever goes on with a task has to know.
 *
 * @param cancelledBy who wants the task to end, null when nobody does
 * @param earlierSession of the agent, in which an earlier turn ended and this one may go on; null when there is none
 * @param earlierRuns that earlier turns came to
 * @param earlierCostUsd what those cost
 * @param deaths how often the orchestrator died while it had this task in hand and no agent was at work
 * @param undoes the turn whose change this turn takes back; null when it works
 * @param approval what its change waits for; null when it has none that waits
 * @param understood what the request of this turn was understood to be; null when nobody has looked yet
 * @param talk what the agent was told in this turn besides
 * @param coordination what a coordinator did in this turn
 * @param question that its agent asked last in this turn; null when it asked none, and in what an earlier version wrote
 */
public record Notes(
        @Nullable String cancelledBy,
        @Nullable String earlierSession,
        int earlierRuns,
        BigDecimal earlierCostUsd,
        int deaths,
        @Nullable Integer undoes,
        @Nullable Approval approval,
        @Nullable Understood understood,
        Talk talk,
        Coordination coordination,
        @Nullable OpenQuestion question) {
    public static final Notes NONE =
            new Notes(null, null, 0, BigDecimal.ZERO, 0, null, null, null, Talk.NONE, Coordination.NONE, null);

    public Notes {
        Objects.requireNonNull(earlierCostUsd);
        Objects.requireNonNull(talk);
        Objects.requireNonNull(coordination);
    }

    Notes cancelledBy(String by) {
        return now(by, deaths, approval, understood, talk, coordination, question);
    }

    Notes plusDeath() {
        return now(cancelledBy, deaths + 1, approval, understood, talk, coordination, question);
    }

    Notes with(Approval change) {
        return now(cancelledBy, deaths, change, understood, talk, coordination, question);
    }

    Notes with(Understood what) {
        return now(cancelledBy, deaths, approval, what, talk, coordination, question);
    }

    Notes with(Coordination done) {
        return now(cancelledBy, deaths, approval, understood, talk, done, question);
    }

    Notes with(Talk said) {
        return now(cancelledBy, deaths, approval, understood, said, coordination, question);
    }

    Notes with(OpenQuestion asked) {
        return now(cancelledBy, deaths, approval, understood, talk, coordination, asked);
    }

    /** What earlier turns came to, and what this one undoes, was settled when it began. */
    private Notes now(
            @Nullable String by,
            int died,
            @Nullable Approval change,
            @Nullable Understood what,
            Talk said,
            Coordination done,
            @Nullable OpenQuestion asked) {
        return new Notes(
                by, earlierSession, earlierRuns, earlierCostUsd, died, undoes, change, what, said, done, asked);
    }
}
