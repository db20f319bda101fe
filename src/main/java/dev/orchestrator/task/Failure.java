package dev.orchestrator.task;

/**
 * Why an attempt or a task failed.
 *
 * @param message what happened, for a person, with the names that matter
 * @param suggestedAction what to do next
 * @param retryable whether another attempt could end differently
 */
public record Failure(FailureCategory category, String message, String suggestedAction, boolean retryable) {

    /** A failure with the advice and the retry rule of its category. */
    public static Failure of(FailureCategory category, String message) {
        return new Failure(category, message, category.suggestedAction(), category.isRetryable());
    }

    /** The same failure, with advice that fits this case better than the category's. */
    public Failure suggesting(String action) {
        return new Failure(category, message, action, retryable);
    }
}
