package dev.orchestrator.mediator.ollama;

import static org.assertj.core.api.Assertions.assertThat;

import dev.orchestrator.mediator.ollama.OllamaFailure.Kind;
import dev.orchestrator.testkit.ManualTime;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class BreakerTest {
    private final ManualTime time = new ManualTime();
    private final Breaker breaker = new Breaker(time);

    private boolean fails(Kind kind) {
        return breaker.failed(new OllamaFailure(kind, "gone"));
    }

    @Test
    void it_opens_with_the_third_failure_in_a_row() {
        assertThat(fails(Kind.ABSENT)).isFalse();
        assertThat(fails(Kind.ABSENT)).isFalse();
        breaker.answered();
        assertThat(fails(Kind.BROKEN)).isFalse();
        assertThat(fails(Kind.BROKEN)).isFalse();
        assertThat(breaker.state()).isEqualTo(Breaker.State.CLOSED);
        assertThat(fails(Kind.BROKEN)).isTrue();
        assertThat(breaker.state()).isEqualTo(Breaker.State.OPEN);
        assertThat(breaker.cause().message()).isEqualTo("gone");
    }

    @Test
    void a_wait_in_vain_is_enough() {
        assertThat(fails(Kind.TIMEOUT)).isTrue();
    }

    @Test
    void after_a_rest_one_may_look_and_the_others_wait() {
        fails(Kind.TIMEOUT);
        time.advance(Duration.ofSeconds(29));
        assertThat(breaker.state()).isEqualTo(Breaker.State.OPEN);
        time.advance(Duration.ofSeconds(1));
        assertThat(breaker.state()).isEqualTo(Breaker.State.TRY);
        assertThat(breaker.state()).isEqualTo(Breaker.State.OPEN);
        assertThat(fails(Kind.ABSENT)).as("that is no news").isFalse();
        assertThat(breaker.state()).isEqualTo(Breaker.State.OPEN);
    }

    @Test
    void one_answer_closes_it() {
        fails(Kind.TIMEOUT);
        assertThat(breaker.answered()).isTrue();
        assertThat(breaker.answered()).isFalse();
        assertThat(breaker.state()).isEqualTo(Breaker.State.CLOSED);
    }
}
