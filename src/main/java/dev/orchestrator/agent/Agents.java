package dev.orchestrator.agent;

import dev.orchestrator.task.Task;
import java.util.function.Function;

/** All agents, by the names that tasks have for them. Thread-safe. */
public final class Agents {
    private final Agent builtIn;
    private final Function<String, Agent> others;

    /**
     * @param builtIn for tasks that name none
     * @param others gives an agent for any name: what was begun under a name that is gone has to be followed all the same
     */
    public Agents(Agent builtIn, Function<String, Agent> others) {
        this.builtIn = builtIn;
        this.others = others;
    }

    /** One for all tasks. */
    public static Agents only(Agent agent) {
        return new Agents(agent, name -> agent);
    }

    /** Who does {@code task}, in all its attempts. */
    public Agent of(Task task) {
        String name = task.spec().agent();
        return name == null ? builtIn : others.apply(name);
    }
}
