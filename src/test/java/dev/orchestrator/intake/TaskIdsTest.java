package dev.orchestrator.intake;

import static org.assertj.core.api.Assertions.assertThat;

import dev.orchestrator.task.TaskId;
import java.time.Instant;
import java.util.Locale;
import java.util.Random;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class TaskIdsTest {
    private static final Instant NOW = Instant.parse("2026-11-22T14:25:01.999Z");

    @Test
    void an_id_is_time_name_and_chance() {
        TaskId id = new TaskIds(new Random(1)).next(NOW, "Fix Login.task.md");

        assertThat(id.value()).matches("20261122-142501-fix-login-[a-z0-9]{4}");
    }

    @Test
    void ids_of_one_second_and_name_differ_by_chance() {
        TaskIds ids = new TaskIds(new Random(1));

        assertThat(ids.next(NOW, "a.task.md")).isNotEqualTo(ids.next(NOW, "a.task.md"));
        assertThat(new TaskIds(new Random(7)).next(NOW, "a.task.md"))
                .isEqualTo(new TaskIds(new Random(7)).next(NOW, "a.task.md"));
    }

    @Test
    void ids_sort_by_time() {
        TaskIds ids = new TaskIds(new Random(1));

        assertThat(ids.next(NOW, "z.task.md")).isLessThan(ids.next(NOW.plusSeconds(1), "a.task.md"));
    }

    @Test
    void the_language_of_the_system_does_not_show() {
        Locale before = Locale.getDefault();
        try {
            Locale.setDefault(Locale.forLanguageTag("ar-EG-u-nu-arab"));
            assertThat(new TaskIds(new Random(1)).next(NOW, "a.task.md").value())
                    .startsWith("20261122-142501-a-");
        } finally {
            Locale.setDefault(before);
        }
    }

    @Test
    void whatever_the_name_the_id_is_valid() {
        long seed = new SplittableRandom().nextLong();
        Random random = new Random(seed);
        TaskIds ids = new TaskIds(random);
        for (int i = 0; i < 2000; i++) {
            StringBuilder name = new StringBuilder();
            random.ints(random.nextInt(200), 0, 0x250).forEach(name::appendCodePoint);
            TaskId id = ids.next(NOW, name + ".task.md");
            assertThat(id.value())
                    .as("seed %d", seed)
                    .hasSizeLessThanOrEqualTo(61)
                    .startsWith("20261122-142501-");
        }
    }
}
