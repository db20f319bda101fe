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
    AUTH(Retry.AFTER_MENDING, "Log in with `claude auth login`, or set ANTHROPIC_API_KEY."),
    BILLING(Retry.AFTER_MENDING, "Add credit to the account."),
    CONTEXT_EXHAUSTED(Retry.SOON, Session.SPENT, "Split the task: it needs more context than the model has."),
    MAX_TURNS(Retry.NEVER, "Raise `max_turns`, or split the task."),
    BUDGET(Retry.NEVER, "Raise `max_budget_usd`, or split the task."),
    INTERACTIVE(Retry.NEVER, "Answer the agent's question with `reply`."),
    PERMISSION(Retry.NEVER, "Grant what the task needs in `allowed_tools`, or move its `cwd` inside an allowed root."),
    MODEL(
            Retry.NEVER,
            Session.SPENT,
            "Choose a model that this account may use (`model:` in the task, `claude.model` in the settings)."),
    POLICY(Retry.NEVER, Session.SPENT, "Reword the task: the model refused it under its usage policy."),
    CONFIG(Retry.NEVER, Session.SPENT, "Correct the setting that the message names; `doctor` checks the rest."),
    SESSION(Retry.SOON, Session.SPENT, "The agent's session could not be used; the next attempt starts a fresh one."),
    NO_RESULT(Retry.SOON, "The agent ended without a result; see its transcript and error output."),
    KILLED(Retry.SOON, "The agent was killed from outside; check memory and the system log."),
    CRASH(Retry.SOON, "The agent crashed; see its error output."),
    VALIDATION(Retry.NEVER, "Read the failed checks in the artifact and compare them with what the agent changed."),
    COORDINATION(
            Retry.NEVER,
            "Read in the artifact what the coordinator did; divide the task yourself, or remove `coordinator`."),
    ACCEPTANCE(Retry.NEVER, "Read the output of the acceptance command that failed."),
    AGENT_MISSING(Retry.AFTER_MENDING, "Install the agent and make `claude.command` point to it; `doctor` checks it."),
    SANDBOX_MISSING(
            Retry.AFTER_MENDING,
            "Make the sandbox work, as the message says, or set `guard.sandbox` to `auto`; `doctor` tries it."),
    GUARD_NOT_EFFECTIVE(
            Retry.NEVER,
            Session.SPENT,
            "Run `doctor`: it tries whether the agent asks before it uses a tool. Do not run tasks until it does."),
    CONFLICT(Retry.NEVER, "Somebody else has changed the same files; mend what the message names, then say it again."),
    /** A fault of the orchestrator itself, never of the agent or the task. */
    INTERNAL(Retry.SOON, "This is a fault of the orchestrator; please report it with logs/orchestrator.log.");

    /** When another attempt can help. */
    public enum Retry {
        NEVER,
        SOON,
        LATER,
        /** When the plan's usage window begins anew: a known time, and nobody's failure. */
        AFTER_RESET,
        /** When a person has mended what stands in every task's way; nobody's failure either. */
        AFTER_MENDING
    }

    /** What the failure means for the agent's session. */
    private enum Session {
        /** It can be continued, and with it what it has paid for. */
        GOOD,
        /** It would fail again in the same way; only a fresh one can do better. */
        SPENT
    }

    private final Retry retry;
    private final Session session;
    private final String suggestedAction;

    FailureCategory(Retry retry, String suggestedAction) {
        this(retry, Session.GOOD, suggestedAction);
    }

    FailureCategory(Retry retry, Session session, String suggestedAction) {
        this.retry = retry;
        this.session = session;
        this.suggestedAction = suggestedAction;
    }

    public Retry retry() {
        return retry;
    }

    public boolean isRetryable() {
        return retry != Retry.NEVER;
    }

    /** True for what the network, the API or this machine lacks for a while, as long as nobody knows better. */
    public boolean isFromOutside() {
        return retry == Retry.LATER || this == INTERNAL;
    }

    /** False when what failed had nothing to do with the task, so that it costs the task none of its attempts. */
    public boolean consumesAttempt() {
        return retry != Retry.AFTER_RESET && retry != Retry.AFTER_MENDING;
    }

    /**
     * True when an attempt that failed so is one of the runs that its task may have. Those that everybody would have failed are
     * not; one that was cut off at its part of all the money is no failure of its own, and a run all the same.
     *
     * @param excused as {@link AttemptEvent.AttemptFinished#excused}
     */
    public boolean countsAsRun(boolean excused) {
        return consumesAttempt() && (!excused || this == BUDGET);
    }

    /** True when a later attempt may continue the session of one that failed like this. */
    public boolean keepsSession() {
        return session == Session.GOOD;
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
