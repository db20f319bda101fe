package dev.orchestrator.view;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class NearestRankTest {

    /** The table of the class comment: percentiles of the numbers 1 to {@code count}. */
    @ParameterizedTest
    @CsvSource({
        "1,   1,  1,  1,   1",
        "2,   1,  2,  2,   2",
        "3,   2,  3,  3,   3",
        "4,   2,  4,  4,   4",
        "5,   3,  5,  5,   5",
        "10,  5,  9, 10,  10",
        "11,  6, 10, 11,  11",
        "19, 10, 18, 19,  19",
        "20, 10, 18, 19,  20",
        "99, 50, 90, 95,  99",
        "100,50, 90, 95,  99",
        "101,51, 91, 96, 100",
        "200,100,180,190, 198",
    })
    void the_percentile_is_the_value_at_the_rank_rounded_up(int count, long p50, long p90, long p95, long p99) {
        Longs longs = new Longs();
        Amounts amounts = new Amounts();
        for (int i = 0; i < count; i++) {
            // In an order that is none: seven has no part in any of these counts.
            longs.add(i * 7 % count + 1L);
            amounts.add(BigDecimal.valueOf(i * 7 % count + 1L));
        }
        long total = count * (count + 1L) / 2;
        assertThat(longs.spread()).isEqualTo(new Spread<>(count, total, p50, p90, p95, p99, (long) count));
        assertThat(amounts.spread())
                .isEqualTo(new Spread<>(
                        count,
                        BigDecimal.valueOf(total),
                        BigDecimal.valueOf(p50),
                        BigDecimal.valueOf(p90),
                        BigDecimal.valueOf(p95),
                        BigDecimal.valueOf(p99),
                        BigDecimal.valueOf(count)));
    }

    @Test
    void it_is_the_smallest_value_that_at_least_so_many_percent_are_not_above() {
        for (int count = 1; count < 400; count++) {
            for (int percent = 1; percent <= 100; percent++) {
                int index = NearestRank.index(percent, count);
                assertThat(100L * (index + 1)).isGreaterThanOrEqualTo((long) percent * count);
                assertThat(100L * index).isLessThan((long) percent * count);
            }
        }
        assertThat(NearestRank.index(99, Integer.MAX_VALUE)).isLessThan(Integer.MAX_VALUE);
    }

    @Test
    void of_nothing_there_is_no_percentile() {
        assertThat(new Longs().spread()).isEqualTo(new Spread<>(0, 0L, null, null, null, null, null));
        assertThat(new Amounts().spread()).isEqualTo(new Spread<>(0, BigDecimal.ZERO, null, null, null, null, null));
    }

    @Test
    void money_is_added_without_loss() {
        Amounts amounts = new Amounts();
        for (int i = 0; i < 10; i++) {
            amounts.add(new BigDecimal("0.1"));
        }
        amounts.add(new BigDecimal("1e-17"));
        assertThat(amounts.spread().total()).isEqualTo(new BigDecimal("1.00000000000000001"));
    }
}
