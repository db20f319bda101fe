package dev.orchestrator.mediator;

import java.util.List;

/**
 * How a task stands that is led step by step.
 *
 * @param task what the user wants, whole
 * @param mayChange whether its agent may change files
 * @param tools permission rules that its agent has besides
 * @param runsLeft how often the agent may still be run
 * @param ran whether the agent has run
 * @param done what was done so far, before this turn and in it, there a line or more for each move, in order
 * @param detail what the last move brought to light; empty for nothing
 */
public record Situation(
        String task, boolean mayChange, List<String> tools, int runsLeft, boolean ran, String done, String detail) {
    public Situation {
        tools = List.copyOf(tools);
    }
}
