package dev.orchestrator.agent.claude;

import com.fasterxml.jackson.databind.JsonNode;
import dev.orchestrator.task.UsageLimit;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What the program says about the plan's usage windows. Pure. Most of its lines only say how things stand; a window that is
 * used up is a line like this:
 *
 * <pre>
 * {"type":"rate_limit_event","rate_limit_info":{"status":"rejected","resetsAt":1795427655,"rateLimitType":"five_hour",
 *  "overageStatus":"rejected","isUsingOverage":false}}
 * </pre>
 */
final class PlanLimit {
    static final String UNKNOWN = "unknown";

    private static final String OVERAGE = "overage";
    /** The program calls it "Fable limit". */
    private static final String FABLE = "seven_day_overage_included";

    private static final List<String> FAMILIES = List.of("opus", "sonnet", "haiku", "fable", "mythos");
    /** What the week of one family begins with; that of all models is called {@code seven_day}. */
    private static final String WEEK_OF_SOME = "seven_day_";
    /** Why there is no usage beyond the plan's. */
    private static final Set<String> NO_TIME_MENDS = Set.of(
            "out_of_credits",
            "seat_tier_level_disabled",
            "seat_tier_zero_credit_limit",
            "org_service_level_disabled",
            "member_level_disabled",
            "member_zero_credit_limit",
            "group_zero_credit_limit");
    /** As seconds this is in the year 5138; the next digit makes milliseconds of any date of ours. */
    private static final long MOST_SECONDS = 100_000_000_000L;

    private static final Instant LATEST = Instant.parse("9999-12-31T23:59:59Z");

    private PlanLimit() {}

    /** Work on paid overage is not blocked, whatever the status says; warnings are none of our business. */
    static boolean isSpent(JsonNode info) {
        return info.path("status").asText("").equals("rejected")
                && !info.path("isUsingOverage").asBoolean();
    }

    /** True when no reset helps, only money or whoever gives it out. */
    static boolean needsCredits(JsonNode info) {
        if (info.path("errorCode").asText("").equals("credits_required")) {
            return !namesWindow(info);
        }
        return !opensAgain(info)
                && NO_TIME_MENDS.contains(info.path("overageDisabledReason").asText(""));
    }

    /** True when a window of the plan is named, or when it resets. */
    static boolean opensAgain(JsonNode info) {
        return namesWindow(info) || reset(info) != null;
    }

    /** Beyond the plan usage has a window of its own. */
    private static @Nullable Instant reset(JsonNode info) {
        Instant reset = instant(info.path("resetsAt"));
        return reset == null && !namesWindow(info) ? instant(info.path("overageResetsAt")) : reset;
    }

    private static boolean namesWindow(JsonNode info) {
        return !info.path("rateLimitType").asText(OVERAGE).equals(OVERAGE);
    }

    /**
     * What the typed fields say, and the words where those say nothing.
     *
     * @param own the name of the model that the run had; null when it is not known
     */
    static UsageLimit of(JsonNode info, String words, @Nullable Instant resetByWords, @Nullable String own) {
        String typed = info.path("rateLimitType").asText("");
        String window = typed.isEmpty() ? window(words) : typed;
        Instant reset = reset(info);
        return new UsageLimit(window, reset == null ? resetByWords : reset, models(window, own));
    }

    private static String window(String words) {
        String lower = words.toLowerCase(Locale.ROOT);
        for (String family : FAMILIES) {
            if (lower.contains(family + " limit") || lower.contains(family + " weekly limit")) {
                return "seven_day_" + family;
            }
        }
        if (lower.contains("weekly limit")) {
            return "seven_day";
        }
        return lower.contains("session limit") || lower.contains("5-hour limit") ? "five_hour" : UNKNOWN;
    }

    /**
     * The models that have to wait: always the run's own as well, or it would begin anew at once, again and again. So a window
     * by a name that is not known, or not that of the run's model, is about the models like its own; others find out.
     */
    private static @Nullable String models(String window, @Nullable String own) {
        Optional<String> named = window.equals(FABLE) ? Optional.of("fable") : family(window);
        if (own == null || (named.isEmpty() && !window.startsWith(WEEK_OF_SOME))) {
            return named.orElse(null);
        }
        String lower = own.toLowerCase(Locale.ROOT);
        return named.filter(lower::contains).or(() -> family(lower)).orElse(own);
    }

    private static Optional<String> family(String name) {
        return FAMILIES.stream().filter(name::contains).findFirst();
    }

    private static @Nullable Instant instant(JsonNode number) {
        if (!number.isNumber() || !number.canConvertToLong() || number.asLong() <= 0) {
            return null;
        }
        long told = number.asLong();
        Instant instant = told < MOST_SECONDS ? Instant.ofEpochSecond(told) : Instant.ofEpochMilli(told);
        return instant.isAfter(LATEST) ? null : instant;
    }
}
