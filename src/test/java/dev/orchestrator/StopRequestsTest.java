package dev.orchestrator;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class StopRequestsTest {
    private final AtomicInteger halted = new AtomicInteger();
    private final StopRequests requests = new StopRequests(halted::incrementAndGet);

    @Test
    void the_first_asks_the_second_hurries_the_third_ends_it() throws Exception {
        assertThat(requests.await(0)).isFalse();
        requests.signal("INT");
        assertThat(requests.await(0)).isTrue();
        assertThat(requests.isUrgent()).isFalse();

        requests.signal("INT");
        assertThat(requests.isUrgent()).isTrue();
        assertThat(halted).hasValue(0);

        requests.signal("TERM");
        assertThat(halted).hasValue(1);
    }

    @Test
    void only_a_console_of_windows_that_is_closed_leaves_no_time() {
        assertThat(requests.isCutShort(true)).isFalse();
        requests.signal("TERM");
        assertThat(requests.isCutShort(true)).isTrue();
        assertThat(requests.isCutShort(false)).isFalse();

        StopRequests byHand = new StopRequests(() -> {});
        byHand.signal("INT");
        byHand.signal("TERM");
        assertThat(byHand.isCutShort(true)).isFalse();
    }
}
