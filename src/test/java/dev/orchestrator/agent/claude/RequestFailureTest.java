package dev.orchestrator.agent.claude;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.orchestrator.task.FailureCategory;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RequestFailureTest {
    private static final ObjectMapper JSON = new ObjectMapper();

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Your org is out of usage · add funds to continue",
                "Your org is out of usage · contact your admin",
                "Your seat type doesn't include usage",
                "Your seat type doesn’t include usage credits",
                "Your usage allocation has been disabled by your admin · ask your admin for a higher limit",
                "Your group's usage limit is set to $0 · ask your admin for a higher limit",
                "You're out of usage credits. See Usage in Settings",
                "You're out of extra usage",
                "You've hit your monthly spend limit. See Usage in Settings",
                "This service is disabled for your org"
            })
    void what_no_time_mends_is_billing_unless_a_window_or_a_reset_is_told(String text) {
        assertThat(limited("{}", text)).isEqualTo(FailureCategory.BILLING);
        assertThat(limited("{'rateLimitType':'overage'}", text)).isEqualTo(FailureCategory.BILLING);
        assertThat(inWords(text)).isEqualTo(FailureCategory.BILLING);

        assertThat(limited("{'rateLimitType':'five_hour'}", text)).isEqualTo(FailureCategory.USAGE_LIMIT);
        assertThat(limited("{'resetsAt':1795453200}", text)).isEqualTo(FailureCategory.USAGE_LIMIT);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "You're out of usage credits · resets 3:45pm (UTC) · progress saved",
                "You've hit your 5-hour limit · out of usage credits",
                "You've hit your usage limit",
                "You've hit your org's monthly usage limit · resets Dec 1, 12am"
            })
    void a_limit_that_time_mends_is_none_of_money(String text) {
        assertThat(limited("{}", text)).isEqualTo(FailureCategory.USAGE_LIMIT);
        assertThat(inWords(text)).isEqualTo(FailureCategory.USAGE_LIMIT);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{'overageStatus':'rejected','overageDisabledReason':'out_of_credits'} | billing",
                "{'overageStatus':'rejected','overageDisabledReason':'group_zero_credit_limit'} | billing",
                "{'overageDisabledReason':'out_of_credits','rateLimitType':'five_hour'} | usage_limit",
                "{'overageDisabledReason':'out_of_credits','resetsAt':1795453200} | usage_limit",
                "{'overageDisabledReason':'out_of_credits','overageResetsAt':1795453200} | usage_limit",
                "{'overageDisabledReason':'org_level_disabled_until'} | usage_limit",
                "{'overageDisabledReason':'of_a_newer_version'} | usage_limit",
                "{'errorCode':'credits_required','resetsAt':1795453200} | billing",
                "{'errorCode':'credits_required','rateLimitType':'seven_day'} | usage_limit"
            })
    void typed_fields_come_before_the_words(String info, String category) {
        assertThat(limited(info, "429")).hasToString(category);
    }

    @Test
    void where_the_error_has_no_window_that_of_the_last_event_counts() {
        ProgramError said = new ProgramError(
                "", "usage_limit_reached", "", 429, JSON.createObjectNode(), "You're out of usage credits", null);

        assertThat(RequestFailure.category(said, Optional.of(info("{'rateLimitType':'seven_day'}"))))
                .contains(FailureCategory.USAGE_LIMIT);
    }

    /** As its error line and as the last event say it. */
    private static FailureCategory limited(String info, String text) {
        ObjectNode params = JSON.createObjectNode();
        params.set("rate_limit_info", info(info));
        ProgramError typed = new ProgramError("rate_limit", "usage_limit_reached", "", 429, params, text, null);
        ProgramError older = new ProgramError("rate_limit", "", "", 429, JSON.createObjectNode(), text, null);

        FailureCategory category =
                RequestFailure.category(typed, Optional.empty()).orElseThrow();
        assertThat(RequestFailure.category(older, Optional.of(info(info)))).contains(category);
        return category;
    }

    private static FailureCategory inWords(String text) {
        return RequestFailure.category(ProgramError.NONE.saying(text), Optional.empty())
                .orElseThrow();
    }

    private static ObjectNode info(String json) {
        try {
            return (ObjectNode) JSON.readTree(json.replace('\'', '"'));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
