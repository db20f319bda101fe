package dev.orchestrator.agent.claude;

import dev.orchestrator.task.FailureCategory;
import java.util.Arrays;
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
            "prompt is too long|input is too long|context limit reached|autocompact is thrashing|request too large"
                    + "|reached its context window limit"),
    /** A server that is busy, in words that deny what the next ones look for. */
    BUSY(FailureCategory.RATE_LIMIT, "not your usage limit"),
    /** A sum that somebody set: unless the plan's own window comes first, no time mends that. */
    SPEND(FailureCategory.BILLING, "(monthly|daily|org.s|your) spend limit(?!.*\\bresets )"),
    USAGE(
            FailureCategory.USAGE_LIMIT,
            "you.ve (hit|reached) your .{0,40}limit|usage limit reached"
                    + "|(session|weekly|opus|sonnet|haiku|fable|mythos) limit|out of (extra )?usage\\b.*\\bresets "),
    BILLING(
            FailureCategory.BILLING,
            "credit balance is too low|usage credits (are )?required|requires usage credits|spend limit reached"
                    + "|out of (extra )?usage\\b|doesn.t include (extra )?usage\\b|usage limit is set to \\$0"
                    + "|usage allocation has been disabled|this service is disabled for your org"),
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
    /**
     * Another process was writing the file that all share; at the next start it is whole again or restored, so it is worth
     * one. That makes it no setting for a person to correct.
     */
    CORRUPTED(FailureCategory.CRASH, "configuration (file|error) .{0,300}(corrupted|json parse error)"),
    SESSION(
            FailureCategory.SESSION,
            "no conversation found with session id|session id .{0,60}already in use|invalid session id"),
    CERTIFICATE(FailureCategory.CONFIG, "certificate verification failed|couldn.t connect through your proxy"),
    CONFIG(
            FailureCategory.CONFIG,
            "settings file exceeds|is not a valid json schema|could not read claude code config"
                    + "|cannot be launched inside another claude code session"
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
        return of(text).map(each -> each.category);
    }

    static Optional<ErrorText> of(String text) {
        String lower = text.toLowerCase(Locale.ROOT).replace('’', '\'');
        return Arrays.stream(values())
                .filter(each -> each.pattern.matcher(lower).find())
                .findFirst();
    }
}
