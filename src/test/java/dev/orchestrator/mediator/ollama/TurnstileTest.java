package dev.orchestrator.mediator.ollama;

import static org.assertj.core.api.Assertions.assertThat;

import dev.orchestrator.task.Cancellation;
import dev.orchestrator.testkit.Await;
import dev.orchestrator.time.TimeSource;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class TurnstileTest {
    private static final Duration LONG = Duration.ofSeconds(20);

    private final Turnstile turnstile = new Turnstile(1, TimeSource.system());
    private final BlockingQueue<String> through = new LinkedBlockingQueue<>();

    private boolean enters(Duration atMost) throws InterruptedException {
        return turnstile.enter(atMost, new Cancellation());
    }

    private Thread waiting(String name, Cancellation cancellation) {
        Thread thread = new Thread(() -> {
            try {
                through.add(name + (turnstile.enter(LONG, cancellation) ? "" : ", not"));
            } catch (InterruptedException e) {
                through.add(name + ", interrupted");
            }
        });
        thread.start();
        Await.until(LONG, () -> thread.getState() == Thread.State.TIMED_WAITING);
        return thread;
    }

    private String next() throws InterruptedException {
        return String.valueOf(through.poll(LONG.toSeconds(), TimeUnit.SECONDS));
    }

    @Test
    void who_came_first_goes_first() throws Exception {
        assertThat(enters(LONG)).isTrue();
        List<String> came = new ArrayList<>();
        for (int i = 0; i < 8; i++) {
            came.add("thread " + i);
            waiting("thread " + i, new Cancellation());
        }
        List<String> went = new ArrayList<>();
        for (int i = 0; i < 8; i++) {
            turnstile.leave();
            went.add(next());
        }
        assertThat(went).isEqualTo(came);
    }

    @Test
    void who_just_came_does_not_push_in() throws Exception {
        for (int i = 0; i < 20; i++) {
            assertThat(enters(LONG)).isTrue();
            waiting("first", new Cancellation());
            turnstile.leave();
            assertThat(enters(Duration.ZERO)).isFalse();
            assertThat(next()).isEqualTo("first");
            turnstile.leave();
        }
    }

    @Test
    void who_is_interrupted_or_called_away_takes_no_place_and_holds_up_nobody() throws Exception {
        assertThat(enters(LONG)).isTrue();
        Thread first = waiting("first", new Cancellation());
        Cancellation cancellation = new Cancellation();
        waiting("second", cancellation);
        waiting("third", new Cancellation());

        first.interrupt();
        assertThat(next()).isEqualTo("first, interrupted");
        cancellation.stop(Cancellation.Reason.CANCELLED);
        assertThat(next()).isEqualTo("second, not");
        turnstile.leave();
        assertThat(next()).isEqualTo("third");
        turnstile.leave();
        assertThat(enters(Duration.ZERO)).isTrue();
    }

    @Test
    void who_is_called_away_as_its_place_comes_free_leaves_it_to_the_next() throws Exception {
        for (int i = 0; i < 50; i++) {
            assertThat(enters(LONG)).isTrue();
            Cancellation cancellation = new Cancellation();
            waiting("first", cancellation);
            waiting("second", new Cancellation());
            turnstile.leave();
            cancellation.stop(Cancellation.Reason.CANCELLED);
            if (next().equals("first")) {
                turnstile.leave();
                assertThat(next()).isEqualTo("second");
            } else {
                through.poll(LONG.toSeconds(), TimeUnit.SECONDS);
            }
            turnstile.leave();
        }
    }
}
