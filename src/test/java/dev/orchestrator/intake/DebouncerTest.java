package dev.orchestrator.intake;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class DebouncerTest {
    private static final Duration DEBOUNCE = Duration.ofMillis(250);
    private static final Path FILE = Path.of("x.task.md");
    private static final Instant START = Instant.parse("2026-11-22T12:00:00Z");

    private final Map<Path, FileLook> files = new HashMap<>();
    private final Debouncer debouncer = new Debouncer(file -> Optional.ofNullable(files.get(file)));

    @Test
    void a_file_that_nobody_wrote_to_for_a_debounce_is_ready_at_first_sight() {
        files.put(FILE, new FileLook(10, START.minus(DEBOUNCE)));

        debouncer.touch(FILE, START);

        assertThat(debouncer.takeReady(START, DEBOUNCE, 10)).containsExactly(FILE);
    }

    @Test
    void a_fresh_file_is_ready_when_two_looks_one_debounce_apart_agree() {
        files.put(FILE, new FileLook(10, START));
        debouncer.touch(FILE, START);

        assertThat(debouncer.takeReady(START.plusMillis(249), DEBOUNCE, 10)).isEmpty();
        assertThat(debouncer.takeReady(START.plusMillis(250), DEBOUNCE, 10)).containsExactly(FILE);
    }

    @Test
    void a_file_that_grows_waits_a_whole_debounce_more() {
        files.put(FILE, new FileLook(10, START));
        debouncer.touch(FILE, START);
        files.put(FILE, new FileLook(20, START.plusMillis(200)));

        assertThat(debouncer.takeReady(START.plusMillis(250), DEBOUNCE, 10)).isEmpty();
        assertThat(debouncer.takeReady(START.plusMillis(499), DEBOUNCE, 10)).isEmpty();
        assertThat(debouncer.takeReady(START.plusMillis(500), DEBOUNCE, 10)).containsExactly(FILE);
    }

    @Test
    void a_file_with_a_time_in_the_future_is_told_by_two_looks() {
        files.put(FILE, new FileLook(10, START.plusSeconds(3600)));
        debouncer.touch(FILE, START);

        assertThat(debouncer.takeReady(START.plusMillis(250), DEBOUNCE, 10)).containsExactly(FILE);
    }

    @Test
    void a_file_that_is_taken_away_while_it_waits_is_forgotten() {
        files.put(FILE, new FileLook(10, START));
        debouncer.touch(FILE, START);
        files.clear();

        assertThat(debouncer.takeReady(START.plusMillis(250), DEBOUNCE, 10)).isEmpty();
        assertThat(debouncer.size()).isZero();
    }

    @Test
    void no_more_than_asked_for_are_taken_and_the_rest_stays() {
        for (int i = 0; i < 5; i++) {
            Path file = Path.of(i + ".task.md");
            files.put(file, new FileLook(1, START.minusSeconds(9)));
            debouncer.touch(file, START);
        }

        assertThat(debouncer.takeReady(START, DEBOUNCE, 3)).hasSize(3);
        assertThat(debouncer.takeReady(START, DEBOUNCE, 3)).hasSize(2);
    }

    @Test
    void it_says_how_long_to_wait_for_the_next() {
        assertThat(debouncer.untilNext(START, DEBOUNCE)).isEmpty();
        files.put(FILE, new FileLook(10, START));
        debouncer.touch(FILE, START);

        assertThat(debouncer.untilNext(START.plusMillis(100), DEBOUNCE)).contains(Duration.ofMillis(150));
        assertThat(debouncer.untilNext(START.plusMillis(900), DEBOUNCE)).contains(Duration.ZERO);
    }
}
