package dev.orchestrator.control;

import static org.assertj.core.api.Assertions.assertThat;

import dev.orchestrator.config.Home;
import dev.orchestrator.testkit.ManualTime;
import dev.orchestrator.time.TimeSource;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ControlClientTest {
    @TempDir
    Path directory;

    /** A cancel and a retry that change places would leave the task cancelled. */
    @Test
    void commands_sort_as_they_were_given_also_within_a_millisecond_and_when_the_clock_is_set_back() throws Exception {
        Home home = new Home(directory);
        ManualTime time = new ManualTime();
        List<String> given = new ArrayList<>();
        for (int i = 0; i < 20; i++) {
            given.add(give(home, time));
        }
        ManualTime setBack = new ManualTime();
        setBack.advance(Duration.ofDays(-1));
        given.add(give(home, setBack));

        assertThat(given).isSorted();
    }

    private static String give(Home home, TimeSource time) throws Exception {
        ControlClient client = new ControlClient(home, () -> false, time);
        var nobody = (ControlClient.Result.NoDaemon)
                client.give(new ControlClient.Wish("pause", null, null, List.of()), "test", Duration.ZERO);
        return String.valueOf(nobody.file().getFileName());
    }
}
