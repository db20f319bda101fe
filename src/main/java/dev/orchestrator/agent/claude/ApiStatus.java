package dev.orchestrator.agent.claude;

import dev.orchestrator.task.FailureCategory;
import java.util.Optional;

/** What an HTTP status of the API means. Pure. */
final class ApiStatus {
    private ApiStatus() {}

    /** Empty for 429, which a spent plan and a fast caller share, and for what the status alone does not tell. */
    static Optional<FailureCategory> category(int status) {
        return switch (status) {
            case 401, 403 -> Optional.of(FailureCategory.AUTH);
            case 402 -> Optional.of(FailureCategory.BILLING);
            case 404 -> Optional.of(FailureCategory.MODEL);
            case 413 -> Optional.of(FailureCategory.CONTEXT_EXHAUSTED);
            case 529 -> Optional.of(FailureCategory.OVERLOADED);
            default -> status >= 500 ? Optional.of(FailureCategory.SERVER) : Optional.empty();
        };
    }
}
