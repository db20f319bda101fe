package dev.orchestrator.config;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.nio.charset.StandardCharsets;

class FormatsFuzzTest {
    @FuzzTest(maxDuration = "1m")
    void a_duration_is_refused_or_survives_being_printed(byte[] text) {
        assertRefusedOrStable(ValueTypes.durationOrZero(), text);
    }

    @FuzzTest(maxDuration = "1m")
    void a_size_is_refused_or_survives_being_printed(byte[] text) {
        assertRefusedOrStable(ValueTypes.size(0, Long.MAX_VALUE), text);
    }

    private static <T> void assertRefusedOrStable(ValueType<T> type, byte[] text) {
        T value;
        try {
            value = type.parse(new String(text, StandardCharsets.UTF_8));
        } catch (IllegalArgumentException expected) {
            assertThat(expected).hasMessageMatching("(is|has) .+").isNotInstanceOf(NumberFormatException.class);
            return;
        }
        assertThat(type.parse(type.print(value))).isEqualTo(value);
    }
}
