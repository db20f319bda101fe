package dev.orchestrator.time;

import static org.assertj.core.api.Assertions.assertThat;

import dev.orchestrator.testkit.ManualTime;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class StopwatchTest {
    private final ManualTime time = new ManualTime();
    private final Stopwatch watch = Stopwatch.start(time);

    @Test
    void it_tells_what_passed_since_it_was_started_and_goes_on() {
        assertThat(watch.elapsed()).isZero();
        time.advance(Duration.ofMillis(1500));
        assertThat(watch.elapsed()).isEqualTo(Duration.ofMillis(1500));
        time.advance(Duration.ofMillis(500));
        assertThat(watch.elapsed()).isEqualTo(Duration.ofSeconds(2));
    }

    @Test
    void restarted_it_begins_anew() {
        time.advance(Duration.ofHours(1));
        watch.restart();
        assertThat(watch.elapsed()).isZero();
        time.advance(Duration.ofNanos(1_000_000));
        assertThat(watch.elapsed()).isEqualTo(Duration.ofMillis(1));
    }

    @Test
    void a_limit_is_reached_when_exactly_that_much_has_passed() {
        Duration limit = Duration.ofSeconds(3);
        time.advance(limit.minusMillis(1));
        assertThat(watch.reached(limit)).isFalse();
        time.advance(Duration.ofMillis(1));
        assertThat(watch.reached(limit)).isTrue();
    }

    @Test
    void no_time_at_all_is_reached_at_once() {
        assertThat(watch.reached(Duration.ZERO)).isTrue();
    }

    /** The origin of the monotonic clock is arbitrary, and it may be just before its largest value. */
    @Test
    void a_clock_that_wraps_around_makes_no_difference() {
        long[] now = {Long.MAX_VALUE - 5};
        Stopwatch wrapping = Stopwatch.start(new TimeSource() {
            @Override
            public java.time.Instant now() {
                throw new AssertionError("the time of day can be set by anybody");
            }

            @Override
            public long nanoTime() {
                return now[0];
            }
        });
        now[0] += 10;
        assertThat(wrapping.elapsed()).isEqualTo(Duration.ofNanos(10));
    }
}
