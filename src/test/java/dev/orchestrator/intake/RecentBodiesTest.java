package dev.orchestrator.intake;

import static org.assertj.core.api.Assertions.assertThat;

import dev.orchestrator.task.TaskBody;
import dev.orchestrator.task.TaskId;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class RecentBodiesTest {
    private final RecentBodies recent = new RecentBodies();

    @Test
    void what_was_put_is_given_once() {
        recent.put(TaskId.parse("a"), entry("look", 10));

        assertThat(recent.take(TaskId.parse("a"))).contains(entry("look", 10));
        assertThat(recent.take(TaskId.parse("a"))).isEmpty();
    }

    @Test
    void the_later_text_of_an_id_replaces_the_earlier() {
        recent.put(TaskId.parse("a"), entry("first", 10));
        recent.put(TaskId.parse("a"), entry("second", 10));

        assertThat(recent.take(TaskId.parse("a"))).contains(entry("second", 10));
        assertThat(recent.take(TaskId.parse("a"))).isEmpty();
    }

    @Test
    void large_texts_push_out_the_oldest() {
        for (int i = 0; i < 5; i++) {
            recent.put(TaskId.parse("t" + i), entry("text " + i, 1_000_000));
        }

        assertThat(recent.take(TaskId.parse("t0"))).isEmpty();
        assertThat(recent.take(TaskId.parse("t1"))).isEmpty();
        assertThat(recent.take(TaskId.parse("t2"))).isPresent();
        assertThat(recent.take(TaskId.parse("t4"))).isPresent();
    }

    @Test
    void a_text_beyond_the_bound_is_not_kept_and_harms_no_later_one() {
        recent.put(TaskId.parse("huge"), entry("huge", 5_000_000));
        recent.put(TaskId.parse("small"), entry("small", 10));

        assertThat(recent.take(TaskId.parse("huge"))).isEmpty();
        assertThat(recent.take(TaskId.parse("small"))).isPresent();
    }

    @Test
    void very_many_small_ones_are_bounded_too() {
        for (int i = 0; i < 50_000; i++) {
            recent.put(TaskId.parse("t" + i), entry("x", 1));
        }

        assertThat(recent.take(TaskId.parse("t0"))).isEmpty();
        assertThat(recent.take(TaskId.parse("t49999"))).isPresent();
    }

    private static RecentBodies.Entry entry(String text, long bytes) {
        return new RecentBodies.Entry(
                new AcceptedTasks.Result.Found("Title", new TaskBody(text, List.of(), List.of(), "")),
                new FileLook(bytes, Instant.EPOCH));
    }
}
