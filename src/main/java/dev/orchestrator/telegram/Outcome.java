package dev.orchestrator.telegram;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** What came of asking Telegram for something. */
sealed interface Outcome<T> {
    int TOO_MANY = 429;

    record Done<T>(T value) implements Outcome<T> {}

    /** It wants to be left alone for so long. */
    record TooMuch<T>(Duration rest) implements Outcome<T> {}

    /** It understood, and will not. */
    record Refused<T>(int code, String why) implements Outcome<T> {
        /** True when nobody has this token, or two bots have it. */
        boolean isOfToken() {
            return code == 401 || code == 404 || code == 409;
        }
    }

    /** @param retryAfter in seconds; null when it did not say */
    static <T> Outcome<T> refused(int code, String why, @Nullable Integer retryAfter) {
        if (code == TOO_MANY) {
            return new TooMuch<>(Duration.ofSeconds(retryAfter == null ? 1 : retryAfter));
        }
        return code >= 500 || code == 0 ? new Unreachable<>("it answered " + code) : new Refused<>(code, why);
    }

    /** As the outcome of something else, which failed with this. */
    default <S> Outcome<S> failed() {
        if (this instanceof TooMuch<T> tooMuch) {
            return new TooMuch<>(tooMuch.rest());
        }
        if (this instanceof Refused<T> refused) {
            return new Refused<>(refused.code(), refused.why());
        }
        if (this instanceof Unreachable<T> unreachable) {
            return new Unreachable<>(unreachable.why());
        }
        throw new IllegalStateException("it did not fail");
    }

    /** What went wrong, in words. */
    static String why(Outcome<?> outcome) {
        if (outcome instanceof Refused<?> refused) {
            return refused.why()
                    + (refused.isOfToken() ? "; look at `telegram.token`, and whether another bot has it too" : "");
        }
        return outcome instanceof Unreachable<?> unreachable ? unreachable.why() : "it wants to be left alone";
    }

    /** How long it wants to be left alone; zero when it did not say. */
    static Duration rest(Outcome<?> outcome) {
        return outcome instanceof TooMuch<?> tooMuch ? tooMuch.rest() : Duration.ZERO;
    }

    /** Nobody knows whether it heard. */
    record Unreachable<T>(String why) implements Outcome<T> {}
}
