package dev.orchestrator.notice;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** A way to a person. Used by one thread. */
public interface Channel extends AutoCloseable {

    /** By which the journal knows it, such as {@code webhook}. */
    String name();

    /** Tells it, once; whether it may be told again after a failure is for the caller to say. */
    Delivery deliver(Letter letter) throws InterruptedException;

    @Override
    void close();

    /** What came of it. */
    sealed interface Delivery {
        /** Whoever is at the other end has it. */
        record Delivered() implements Delivery {}

        /** It will never be taken. */
        record Refused(String why) implements Delivery {}

        /**
         * It was not taken, or nobody knows.
         *
         * @param notBefore how long whoever refused it wants to be left alone; null when it did not say
         */
        record Later(String why, @Nullable Duration notBefore) implements Delivery {}
    }
}
