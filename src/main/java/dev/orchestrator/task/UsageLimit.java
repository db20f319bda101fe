package dev.orchestrator.task;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A plan's usage window that is used up, as the agent told it.
 *
 * @param window such as {@code five_hour} or {@code seven_day_opus}; {@code unknown} when it was not named
 * @param resetsAt when it begins anew, exactly as told, however unlikely; null when that was not said
 * @param model the family of models that it is about, such as {@code opus}; null when it is about all
 */
public record UsageLimit(
        String window, @Nullable Instant resetsAt, @Nullable String model) {}
