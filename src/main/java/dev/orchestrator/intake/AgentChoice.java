package dev.orchestrator.intake;

import dev.orchestrator.config.Config;
import dev.orchestrator.intake.file.Rejection;
import dev.orchestrator.intake.file.TaskDraft;
import dev.orchestrator.task.NearestName;
import dev.orchestrator.task.TaskSpec;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Settles who is to do a task, when it is accepted: another default later on is for other tasks. What an agent cannot be held
 * to is refused, never ignored.
 *
 * @param standard who does a task that names nobody
 * @param others agents besides the one that is built in
 */
public record AgentChoice(String standard, Set<String> others) {
    /** The agent that is there without any settings; of its tasks nothing is written down. */
    static final String BUILT_IN = "claude";

    public AgentChoice {
        others = Set.copyOf(others);
    }

    /** The one that {@code config} makes. */
    public static AgentChoice of(Config config) {
        return new AgentChoice(config.agent(), config.agents().keySet());
    }

    /** Why nobody there is can be given the task; empty when somebody can. */
    public Optional<Rejection> problem(TaskDraft draft) {
        return of(draft) instanceof Result.Refused refused ? Optional.of(refused.rejection()) : Optional.empty();
    }

    /** What came of it. */
    sealed interface Result {
        record Chosen(TaskSpec spec) implements Result {}

        record Refused(Rejection rejection) implements Result {}
    }

    Result of(TaskDraft draft) {
        TaskSpec spec = draft.spec();
        String name = spec.agent() == null ? standard : spec.agent();
        if (name.equals(BUILT_IN)) {
            return new Result.Chosen(spec.by(null));
        }
        if (!others.contains(name)) {
            return new Result.Refused(unknown(name, draft));
        }
        for (Map.Entry<String, Boolean> wish : beyond(spec).entrySet()) {
            if (wish.getValue()) {
                return new Result.Refused(refused(wish.getKey(), name, draft));
            }
        }
        return new Result.Chosen(spec.by(name));
    }

    /** Keys that only the built-in agent understands. */
    private static Map<String, Boolean> beyond(TaskSpec spec) {
        Map<String, Boolean> beyond = new LinkedHashMap<>();
        beyond.put("model", spec.model() != null);
        beyond.put("max_turns", spec.maxTurns() != null);
        beyond.put("max_budget_usd", spec.maxBudgetUsd() != null);
        beyond.put("output_schema", spec.outputSchema() != null);
        beyond.put("allowed_tools", !spec.allowedTools().isEmpty());
        return beyond;
    }

    private static Rejection refused(String key, String agent, TaskDraft draft) {
        return new Rejection(
                "The agent '" + agent + "' is a command, which cannot be held to `" + key + "`",
                draft.keyLines().get(key),
                "Remove the key; what such an agent may do is said in its settings alone.");
    }

    private Rejection unknown(String name, TaskDraft draft) {
        List<String> names = new ArrayList<>(List.of(BUILT_IN));
        others.stream().sorted().forEach(names::add);
        String remedy = NearestName.nearest(name, names)
                .map(near -> "Did you mean '" + near + "'?")
                .orElse("The agents are " + String.join(", ", names) + "; `agents.NAME.command` adds one.");
        return new Rejection(
                "agent: '" + name + "' is not the name of an agent",
                draft.keyLines().get("agent"),
                remedy);
    }
}
