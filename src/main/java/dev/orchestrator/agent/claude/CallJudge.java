package dev.orchestrator.agent.claude;

import dev.orchestrator.agent.ToolCall;
import dev.orchestrator.guard.ToolUse;

/** Hears of each call of a tool with all that decides whether it may happen. */
interface CallJudge {
    /** For reading a run's output when nobody asks what it was allowed. */
    CallJudge NONE = new CallJudge() {
        @Override
        public void began(ToolUse use) {}

        @Override
        public void unanswered(String id) {}

        @Override
        public void ended(ToolUse use, ToolCall call) {}

        @Override
        public void denied(ToolUse use, ToolCall call) {}

        @Override
        public int unguardedCalls() {
            return 0;
        }
    };

    void began(ToolUse use);

    /** Before the call {@code id} the guard was asked and gave no answer. */
    void unanswered(String id);

    /** The call has its result, good or bad. */
    void ended(ToolUse use, ToolCall call);

    /** The program itself refused the call. */
    void denied(ToolUse use, ToolCall call);

    /** How many calls came off while no guard was there. */
    int unguardedCalls();
}
