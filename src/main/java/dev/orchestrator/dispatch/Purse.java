package dev.orchestrator.dispatch;

import dev.orchestrator.task.TaskId;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What runs under way may still spend of the money of all: a part for each, so that no two of them spend the same. What a run
 * leaves of its part goes back with it. Thread-safe.
 */
final class Purse {
    /** With less than this no run begins while others may bring some back: most of it would go into beginning. */
    private static final BigDecimal LEAST = new BigDecimal("0.25");

    private final Map<TaskId, Part> parts = new HashMap<>();

    /**
     * What the money of all is at a moment. With other caps, or on another day, it is another pot.
     *
     * @param day in UTC
     */
    record Pot(Caps caps, String day) {}

    /** @param allOf the pot of which it was all that was left; null when there was more */
    record Part(BigDecimal usd, @Nullable Pot allOf) {}

    /**
     * What somebody wants to begin with.
     *
     * @param limit of its own, null when it has none
     * @param sharers how many runs there may be at the same time
     * @param needsMore true when it did not get along with a part before: it then gets all that is left
     */
    record Wish(TaskId id, @Nullable BigDecimal limit, int sharers, boolean needsMore) {}

    /** True when {@code id} has to wait until somebody brings money back. */
    synchronized boolean isTaken(TaskId id, BigDecimal rest) {
        BigDecimal others = others(id);
        return others.signum() > 0 && rest.subtract(others).compareTo(LEAST) < 0;
    }

    /** Sets aside a part of {@code rest}, which is what is left with all parts in it; empty when it {@link #isTaken}. */
    synchronized Optional<Part> take(Wish wish, Pot pot, BigDecimal rest) {
        BigDecimal free = rest.subtract(others(wish.id()));
        if (isTaken(wish.id(), rest) || free.signum() <= 0) {
            return Optional.empty();
        }
        BigDecimal usd = free.min(wish.limit() == null ? share(free, wish) : wish.limit());
        Part part = new Part(usd, usd.compareTo(rest) >= 0 ? pot : null);
        parts.put(wish.id(), part);
        return Optional.of(part);
    }

    /** A run that an earlier daemon began goes on with what it was given. */
    synchronized void restore(TaskId id, BigDecimal usd) {
        parts.put(id, new Part(usd, null));
    }

    /** The run of {@code id} is over; what it has spent is counted elsewhere. */
    synchronized void giveBack(TaskId id) {
        parts.remove(id);
    }

    /** The pot of which {@code id} has all that there was; empty when it could have had more. */
    synchronized Optional<Pot> emptiedBy(TaskId id) {
        return Optional.ofNullable(parts.get(id)).map(Part::allOf);
    }

    private BigDecimal share(BigDecimal free, Wish wish) {
        if (wish.needsMore()) {
            return free;
        }
        int others = parts.containsKey(wish.id()) ? parts.size() - 1 : parts.size();
        int stillToCome = Math.max(1, wish.sharers() - others);
        return free.divide(BigDecimal.valueOf(stillToCome), 4, RoundingMode.DOWN)
                .max(LEAST);
    }

    private BigDecimal others(TaskId id) {
        return parts.entrySet().stream()
                .filter(part -> !part.getKey().equals(id))
                .map(part -> part.getValue().usd())
                .reduce(BigDecimal.ZERO, BigDecimal::add);
    }
}
