package dev.orchestrator.time;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

final class BackoffTest {
    private final Backoff backoff = new Backoff(Duration.ofSeconds(15), Duration.ofMinutes(1));

    @Test
    void eachWaitIsTwiceAsLongUpToTheLongest() {
        assertThat(IntStream.range(0, 5).mapToObj(backoff::after).map(Duration::toSeconds))
                .containsExactly(15L, 30L, 60L, 60L, 60L);
    }

    @Test
    void theLongestIsNotPassedWhereItIsNoPowerOfTwoTimesTheFirst() {
        Backoff uneven = new Backoff(Duration.ofSeconds(5), Duration.ofSeconds(12));

        assertThat(uneven.after(2)).isEqualTo(Duration.ofSeconds(12));
    }

    @Test
    void anyNumberOfTriesIsAnswered() {
        assertThat(backoff.after(Integer.MAX_VALUE)).isEqualTo(Duration.ofMinutes(1));
    }
}
