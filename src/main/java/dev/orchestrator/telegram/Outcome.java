package dev.orchestrator.telegram;

import java.time.Duration;

/** What came of asking Telegram for something. */
sealed interface Outcome<T> {
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

    /** Nobody knows whether it heard. */
    record Unreachable<T>(String why) implements Outcome<T> {}
}
