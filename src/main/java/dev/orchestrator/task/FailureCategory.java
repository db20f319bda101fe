package dev.orchestrator.task;

import java.util.Locale;

/** Why an attempt failed. Each category says whether trying again can help and what a person should do. */
public enum FailureCategory {
    USAGE_LIMIT(Retry.AFTER_RESET, "Wait for the plan's usage window to reset, or use another account."),
    RATE_LIMIT(Retry.LATER, "The API asked for fewer requests; lower `workers` if this keeps happening."),
    OVERLOADED(Retry.LATER, "The API is overloaded; try again in some minutes."),
    SERVER(Retry.LATER, "The API had an internal error; try again."),
    NETWORK(Retry.LATER, "Check the network and the proxy, then try again."),
    TIMEOUT_IDLE(Retry.SOON, "The agent went silent; see its transcript, and raise `idle_timeout` if it was working."),
    TIMEOUT_TOTAL(Retry.NEVER, "Split the task, or raise its `timeout`."),
    AUTH(Retry.NEVER, "Log in with `claude auth login`, or set ANTHROPIC_API_KEY, then drop the task again."),
    BILLING(Retry.NEVER, "Add credit to the account, then drop the task again."),
    CONTEXT_EXHAUSTED(Retry.NEVER, "Split the task: it needs more context than the model has."),
    MAX_TURNS(Retry.NEVER, "Raise `max_turns`, or split the task."),
    BUDGET(Retry.NEVER, "Raise `max_budget_usd`, or split the task."),
    INTERACTIVE(Retry.NEVER, "Answer the agent's question in a new task file."),
    PERMISSION(Retry.NEVER, "Grant what the task needs in `allowed_tools`, or move its `cwd` inside an allowed root."),
    MODEL(
            Retry.NEVER,
            "Choose a model that this account may use (`model:` in the task, `claude.model` in the settings)."),
    POLICY(Retry.NEVER, "Reword the task: the model refused it under its usage policy."),
    CONFIG(Retry.NEVER, "Correct the setting that the message names; `doctor` checks the rest."),
    SESSION(Retry.SOON, "The agent's session could not be used; the next attempt starts a fresh one."),
    NO_RESULT(Retry.SOON, "The agent ended without a result; see its transcript and error output."),
    KILLED(Retry.SOON, "The agent was killed from outside; check memory and the system log."),
    CRASH(Retry.SOON, "The agent crashed; see its error output."),
    VALIDATION(Retry.NEVER, "Read the failed checks in the artifact and compare them with what the agent changed."),
    ACCEPTANCE(Retry.NEVER, "Read the output of the acceptance command that failed."),
    AGENT_MISSING(Retry.NEVER, "Install the agent and make `claude.command` point to it; `doctor` checks it."),
    /** A fault of the orchestrator itself, never of the agent or the task. */
    INTERNAL(Retry.SOON, "This is a fault of the orchestrator; please report it with logs/orchestrator.log.");

    /** When another attempt can help. */
    public enum Retry {
        NEVER,
        SOON,
        LATER,
        AFTER_RESET
    }

    private final Retry retry;
    private final String suggestedAction;

    FailureCategory(Retry retry, String suggestedAction) {
        this.retry = retry;
        this.suggestedAction = suggestedAction;
    }

    public Retry retry() {
        return retry;
    }

    public boolean isRetryable() {
        return retry != Retry.NEVER;
    }

    /** One sentence for the user: what to do next. */
    public String suggestedAction() {
        return suggestedAction;
    }

    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}
