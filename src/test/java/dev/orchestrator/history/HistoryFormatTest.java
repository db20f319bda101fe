package dev.orchestrator.history;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.orchestrator.journal.JournalPosition;
import dev.orchestrator.task.FailureCategory;
import dev.orchestrator.task.TaskStatus;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class HistoryFormatTest {
    private static final JournalPosition AFTER = new JournalPosition(3, 4183);
    private static final Instant AT = Instant.parse("2026-11-22T14:25:01.009Z");

    @ParameterizedTest
    @MethodSource("lines")
    void what_is_written_is_read(HistoryLine line) {
        assertThat(decode(text(line))).isEqualTo(line);
    }

    @ParameterizedTest
    @MethodSource("lines")
    void a_line_that_lacks_or_has_any_byte_more_is_damaged_or_another_one(HistoryLine line) {
        byte[] whole = text(line).getBytes(StandardCharsets.UTF_8);
        for (int at = 0; at < whole.length; at++) {
            byte[] cut = Arrays.copyOf(whole, at);
            assertThatThrownBy(() -> HistoryFormat.decode(new Scan(cut, cut.length)))
                    .isInstanceOf(RuntimeException.class);
        }
        assertThatThrownBy(() -> decode(" " + text(line))).isInstanceOf(RuntimeException.class);
    }

    static List<HistoryLine> lines() {
        return List.of(
                line(new Fact.SegmentBegun()),
                line(new Fact.Violation()),
                line(new Fact.AttemptFailed(FailureCategory.OVERLOADED)),
                line(turn(null, null)),
                line(turn(FailureCategory.MAX_TURNS, new BigDecimal("0.15184499999999998"))),
                line(turn(null, new BigDecimal("0"))),
                line(turn(null, new BigDecimal("12"))),
                line(turn(null, new BigDecimal("123456789012.0000000001"))),
                line(new Fact.TurnOver("a", TaskStatus.CANCELLED, "\u00e4nalyze", null, 0, -5, null, 0, 0)));
    }

    private static Fact turn(FailureCategory category, BigDecimal cost) {
        return new Fact.TurnOver(
                "fix-login", TaskStatus.FAILED, "bug_fix", category, 2, 1403, cost, 7, 999_999_999_999L);
    }

    private static HistoryLine line(Fact fact) {
        return new HistoryLine(22, AFTER, AT, fact);
    }

    @Test
    void a_line_has_this_form() {
        assertThat(text(line(turn(FailureCategory.VALIDATION, new BigDecimal("1E-7")))))
                .isEqualTo("{\"seq\":22,\"segment\":3,\"offset\":4183,\"ts\":\"2026-11-22T14:25:01.009Z\","
                        + "\"event\":\"task_finished\",\"task_id\":\"fix-login\",\"status\":\"failed\",\"type\":\"bug_fix\","
                        + "\"category\":\"validation\",\"attempts\":2,\"duration_ms\":1403,\"cost_usd\":0.0000001,"
                        + "\"input_tokens\":7,\"output_tokens\":999999999999}\n");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "2026-13-22T14:25:01.009Z",
                "2026-11-31T14:25:01.009Z",
                "2026-11-22T24:25:01.009Z",
                "2026-11-22T14:60:01.009Z",
                "2026-11-22T14:25:61.009Z",
                "2026-11-22 14:25:01.009Z",
                "2026-11-22T14:25:01.00xZ",
                "2026-11-22T14:25:01Z",
            })
    void what_is_no_time_is_damage(String time) {
        String line = text(line(new Fact.Violation())).replace("2026-11-22T14:25:01.009Z", time);
        assertThatThrownBy(() -> decode(line)).isInstanceOf(RuntimeException.class);
    }

    @Test
    void every_time_is_read_as_it_was_written() {
        for (String time : List.of(
                "1970-01-01T00:00:00.000Z",
                "2000-02-29T23:59:59.999Z",
                "2026-12-31T23:59:59.090Z",
                "9999-12-31T00:00:00.100Z")) {
            HistoryLine line = new HistoryLine(1, AFTER, Instant.parse(time), new Fact.Violation());
            assertThat(decode(text(line))).isEqualTo(line);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"schema_version\":\"2.0\",\"segment\":1,\"offset\":0}\n",
                "{\"schema_version\":\"1.0\",\"segment\":1}\n",
                "{\"schema_version\":\"1.0\",\"segment\":1,\"offset\":0}",
                "{}\n",
                "\n",
            })
    void a_first_line_of_another_version_is_not_ours(String line) {
        byte[] bytes = line.getBytes(StandardCharsets.UTF_8);
        assertThatThrownBy(() -> HistoryFormat.header(new Scan(bytes, bytes.length)))
                .isInstanceOf(IllegalArgumentException.class);
    }

    private static String text(HistoryLine line) {
        StringBuilder text = new StringBuilder();
        HistoryFormat.encode(line, text);
        return text.toString();
    }

    private static HistoryLine decode(String text) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        Scan scan = new Scan(bytes, bytes.length);
        HistoryLine line = HistoryFormat.decode(scan);
        assertThat(scan.at()).isEqualTo(bytes.length);
        return line;
    }
}
