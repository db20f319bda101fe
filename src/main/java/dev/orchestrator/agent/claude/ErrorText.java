package dev.orchestrator.agent.claude;

import dev.orchestrator.task.FailureCategory;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Tells the category of an error from its words: the last resort, where the program gives no typed field. Only for the
 * text of a failed result or the end of the error output, never for what the model or a file said. The order matters: a
 * text about the context window may also speak of limits.
 *
 * <p>Texts as of Claude Code 2.1.330; see docs/CLAUDE_CLI.md.
 */
enum ErrorText {
    CONTEXT(
            FailureCategory.CONTEXT_EXHAUSTED,
            "prompt is too long|input is too long|context limit reached|autocompact is thrashing|request too large"),
    USAGE(
            FailureCategory.USAGE_LIMIT,
            "you.ve (hit|reached) your .{0,40}limit|usage limit reached|(session|weekly|opus|sonnet) limit"),
    BILLING(FailureCategory.BILLING, "credit balance is too low|usage credits required|spend limit reached"),
    AUTH(
            FailureCategory.AUTH,
            "not logged in|invalid api key|oauth token has|failed to authenticate|please run /login"
                    + "|organization has been disabled|api error: 401\\b|authentication_error"),
    OVERLOADED(FailureCategory.OVERLOADED, "overloaded|\\b529\\b"),
    RATE(FailureCategory.RATE_LIMIT, "rate limit|temporarily limiting requests|request rejected \\(429\\)"),
    MODEL(
            FailureCategory.MODEL,
            "issue with the selected model|model .{0,60}(not found|does not exist)|not available with the claude"),
    POLICY(FailureCategory.POLICY, "violate our usage policy|safeguards flagged"),
    SESSION(
            FailureCategory.SESSION,
            "no conversation found with session id|session id .{0,60}already in use|invalid session id"),
    CERTIFICATE(FailureCategory.CONFIG, "certificate verification failed|couldn.t connect through your proxy"),
    CONFIG(
            FailureCategory.CONFIG,
            "settings file exceeds|is not a valid json schema|could not read claude code config"
                    + "|configuration file .{0,200}corrupted|cannot be launched inside another claude code session"
                    + "|unknown option|invalid settings|input must be provided|contained only whitespace"),
    NETWORK(
            FailureCategory.NETWORK,
            "unable to connect|connection (refused|lost|closed|reset|error)|request timed out|socket is closed"
                    + "|econnrefused|enotfound|etimedout|empty or malformed response"),
    SERVER(FailureCategory.SERVER, "api error: 5\\d\\d\\b|internal server error");

    private final FailureCategory category;
    private final Pattern pattern;

    ErrorText(FailureCategory category, String pattern) {
        this.category = category;
        this.pattern = Pattern.compile(pattern);
    }

    static Optional<FailureCategory> categoryOf(String text) {
        String lower = text.toLowerCase(Locale.ROOT).replace('’', '\'');
        for (ErrorText each : values()) {
            if (each.pattern.matcher(lower).find()) {
                return Optional.of(each.category);
            }
        }
        return Optional.empty();
    }
}
