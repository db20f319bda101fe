package dev.orchestrator.journal;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class BatchLoopTest {
    private final Intray<String> intray = new Intray<>(10);
    private final List<String> told = new ArrayList<>();
    private final AtomicInteger calls = new AtomicInteger();

    @Test
    void an_error_while_waiting_for_a_batch_costs_nothing() {
        intray.put("a");
        run(() -> {
            if (calls.incrementAndGet() == 1) {
                throw new OutOfMemoryError("as ordered by a test");
            }
            return 0;
        });
        assertThat(told).containsExactly("a written");
    }

    @Test
    void an_error_while_a_batch_is_written_is_told_to_who_waits_and_the_next_is_written() {
        intray.put("bad");
        run(() -> {
            if (calls.incrementAndGet() == 3) {
                intray.put("good");
            }
            return 0;
        });
        assertThat(told).containsExactly("bad failed", "good written");
    }

    private void run(LongSupplier patience) {
        new BatchLoop<>(
                        intray,
                        () -> {
                            long nanos = patience.getAsLong();
                            if (calls.incrementAndGet() > 6) {
                                intray.close();
                            }
                            return nanos;
                        },
                        new Telling())
                .run();
    }

    private final class Telling implements BatchLoop.Writer<String> {
        @Override
        public void write(List<String> batch) {
            if (batch.contains("bad")) {
                throw new OutOfMemoryError("as ordered by a test");
            }
        }

        @Override
        public void settle(List<String> batch, @Nullable Throwable failure) {
            batch.forEach(each -> told.add(each + (failure == null ? " written" : " failed")));
        }
    }
}
