package dev.orchestrator.view;

import static org.assertj.core.api.Assertions.assertThat;

import dev.orchestrator.task.Hold;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FullDiskTest {
    private static final Instant NOW = Instant.parse("2026-11-22T14:25:01.000Z");
    private static final Path LOGS = Path.of("logs");
    private static final Hold PAUSED = new Hold(Hold.Cause.PERSON, null, "paused", "`resume` goes on.", NOW, null);

    @Test
    void a_disk_that_takes_nothing_is_told_though_the_journal_cannot_say_so() {
        assertThat(FullDisk.with(List.of(PAUSED), LOGS, 4096, NOW))
                .extracting(Hold::cause)
                .containsExactly(Hold.Cause.PERSON, Hold.Cause.DISK);
    }

    @Test
    void a_disk_with_room_or_one_that_nobody_can_ask_is_not() {
        assertThat(FullDisk.with(List.of(PAUSED), LOGS, 1 << 20, NOW)).containsExactly(PAUSED);
        assertThat(FullDisk.with(List.of(PAUSED), LOGS, -1, NOW)).containsExactly(PAUSED);
    }

    @Test
    void a_home_that_is_not_there_has_no_disk(@TempDir Path temp) {
        assertThat(FullDisk.besides(List.of(), temp.resolve("none"), NOW)).isEmpty();
    }
}
