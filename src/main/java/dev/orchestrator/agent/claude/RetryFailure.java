package dev.orchestrator.agent.claude;

import dev.orchestrator.agent.claude.Transcript.ApiRetry;
import dev.orchestrator.task.Failure;
import dev.orchestrator.task.FailureCategory;
import java.util.Optional;

/**
 * What is behind a request that the program keeps trying again, from the typed fields of its {@code api_retry} line. It
 * decides when the run ends before the program itself has said how it went. Pure.
 */
final class RetryFailure {
    private RetryFailure() {}

    /** A failed request that no retry can mend; the program itself would go on for about two minutes. */
    static Optional<Failure> hopeless(ApiRetry retry) {
        return switch (retry.error()) {
            case "authentication_failed",
                    "oauth_org_not_allowed",
                    "billing_error",
                    "model_not_found",
                    "invalid_request" -> of(retry);
            // These may pass, whatever status they come with.
            case "rate_limit", "overloaded", "server_error" -> Optional.empty();
            default -> isFinal(retry.status()) ? of(retry) : Optional.empty();
        };
    }

    private static boolean isFinal(int status) {
        return status == 401 || status == 402 || status == 403;
    }

    /** Why the request failed; empty when neither its name nor its status tells. */
    static Optional<Failure> of(ApiRetry retry) {
        return switch (retry.error()) {
            case "authentication_failed", "oauth_org_not_allowed" ->
                failure(FailureCategory.AUTH, "the API refused the credentials (" + retry.error() + ")");
            case "billing_error" -> failure(FailureCategory.BILLING, "the API refused the request: billing error");
            case "model_not_found" -> failure(FailureCategory.MODEL, "the API does not know the model");
            case "invalid_request" -> failure(FailureCategory.CONFIG, "the API calls the request invalid");
            case "rate_limit" -> whileTrying(FailureCategory.RATE_LIMIT, retry);
            case "overloaded" -> whileTrying(FailureCategory.OVERLOADED, retry);
            case "server_error" -> whileTrying(FailureCategory.SERVER, retry);
            default -> byStatus(retry.status()).flatMap(category -> whileTrying(category, retry));
        };
    }

    private static Optional<FailureCategory> byStatus(int status) {
        return switch (status) {
            // There was no answer at all.
            case 0 -> Optional.of(FailureCategory.NETWORK);
            case 429 -> Optional.of(FailureCategory.RATE_LIMIT);
            default -> ApiStatus.category(status);
        };
    }

    private static Optional<Failure> whileTrying(FailureCategory category, ApiRetry retry) {
        String status = retry.status() == 0 ? "no answer" : "status " + retry.status();
        return failure(
                category,
                "the agent ended while it was trying a failed request again (" + retry.error() + ", " + status + ")");
    }

    private static Optional<Failure> failure(FailureCategory category, String message) {
        return Optional.of(Failure.of(category, message));
    }
}
