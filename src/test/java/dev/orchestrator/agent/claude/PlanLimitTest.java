package dev.orchestrator.agent.claude;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.orchestrator.agent.run.RunEnd;
import dev.orchestrator.task.Hold;
import dev.orchestrator.task.UsageLimit;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PlanLimitTest {
    private static final JsonNode NOTHING = JsonNodeFactory.instance.objectNode();

    @ParameterizedTest
    @CsvSource({
        "seven_day_opus, claude-opus-5-5, opus",
        "seven_day_sonnet, sonnet[1m], sonnet",
        "seven_day_mythos, claude-mythos-1, mythos",
        "seven_day_overage_included, claude-fable-5, fable",
        "seven_day_overage_included, , fable"
    })
    void a_window_of_one_family_stops_that_family(String window, @Nullable String own, String model) {
        assertThat(typed(window, own).model()).isEqualTo(model);
        assertThat(typed(window, own).window()).isEqualTo(window);
    }

    @ParameterizedTest
    @CsvSource({"five_hour", "seven_day", "overage", "of_a_newer_version"})
    void a_window_of_no_family_stops_all(String window) {
        assertThat(typed(window, "claude-opus-5-5").model()).isNull();
    }

    @ParameterizedTest
    @CsvSource({
        "Fable limit, seven_day_fable, fable",
        "Mythos limit, seven_day_mythos, mythos",
        "Opus weekly limit, seven_day_opus, opus",
        "weekly limit, seven_day, ",
        "session limit, five_hour, ",
        "limit, unknown, "
    })
    void without_typed_fields_the_words_name_the_window(String words, String window, @Nullable String model) {
        String own = model == null ? "claude-opus-5-5" : "claude-" + model + "-5";

        assertThat(PlanLimit.of(NOTHING, "You've hit your " + words + " · resets Mon 12:00am", Instant.EPOCH, own))
                .isEqualTo(new UsageLimit(window, Instant.EPOCH, model));
    }

    @ParameterizedTest
    @CsvSource({
        // A name that is not known is no reason to stop every other model for a week.
        "seven_day_cinder, claude-opus-5-5, opus",
        "seven_day_cowork, claude-sonnet-5-5, sonnet",
        // The program may count models to a family that do not have its name.
        "seven_day_overage_included, claude-mythos-1, mythos",
        "seven_day_opus, my-gateway/Model, my-gateway/Model",
        "seven_day_opus, best, best"
    })
    void a_window_always_stops_the_model_that_met_it_or_its_task_would_begin_anew_at_once(
            String window, String own, String model) {
        UsageLimit limit = typed(window, own);

        assertThat(limit.model()).isEqualTo(model);
        assertThat(new Hold(Hold.Cause.USAGE_LIMIT, limit.model(), "m", "r", Instant.EPOCH, null).concerns(own))
                .isTrue();
    }

    @Test
    void the_model_that_a_task_asks_for_is_the_name_by_which_it_waits() {
        String stream =
                "{\"type\":\"system\",\"subtype\":\"init\",\"session_id\":\"s\",\"model\":\"claude-opus-5-5\"}\n"
                        + "{\"type\":\"rate_limit_event\",\"rate_limit_info\":"
                        + "{\"status\":\"rejected\",\"rateLimitType\":\"seven_day_opus\"}}\n";

        assertThat(limit(stream, null)).isEqualTo(new UsageLimit("seven_day_opus", null, "opus"));
        assertThat(limit(stream, "best")).isEqualTo(new UsageLimit("seven_day_opus", null, "best"));
    }

    @ParameterizedTest
    @CsvSource({
        "five_hour, 100, 200, 100",
        "five_hour, , 200, ",
        "overage, 100, 200, 100",
        "overage, , 200, 200",
        "overage, , , "
    })
    void the_reset_of_usage_beyond_the_plan_counts_when_no_window_of_the_plan_is_named(
            String window, @Nullable Long resetsAt, @Nullable Long overage, @Nullable Long reset) {
        ObjectNode info = JsonNodeFactory.instance.objectNode().put("rateLimitType", window);
        info.put("resetsAt", resetsAt).put("overageResetsAt", overage);

        assertThat(PlanLimit.of(info, "", null, null).resetsAt())
                .isEqualTo(reset == null ? null : Instant.ofEpochSecond(reset));
    }

    private static @Nullable UsageLimit limit(String stream, @Nullable String wanted) {
        return ClaudeOutcome.of(Evidence.of(RunEnd.Cause.EXITED, 1, stream, "", false, Instant.EPOCH, wanted))
                .limit();
    }

    private static UsageLimit typed(String window, @Nullable String own) {
        ObjectNode info = JsonNodeFactory.instance.objectNode();
        info.put("status", "rejected").put("rateLimitType", window);
        return PlanLimit.of(info, "You've hit your weekly limit", null, own);
    }
}
