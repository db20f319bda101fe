package dev.orchestrator;

import static org.assertj.core.api.Assertions.assertThat;

import dev.orchestrator.config.Home;
import dev.orchestrator.testkit.ManualTime;
import dev.orchestrator.testkit.Quiet;
import dev.orchestrator.testkit.disk.FaultyDisk;
import dev.orchestrator.view.DaemonInfo;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

@ExtendWith(Quiet.class)
class DaemonSignTest {
    private static final DaemonInfo INFO = DaemonInfo.ofThisProcess(ManualTime.START, "test");

    private final FaultyDisk disk = new FaultyDisk();
    private Path file;
    private DaemonSign sign;

    @BeforeEach
    void home(@TempDir Path directory) throws IOException {
        file = Files.createDirectories(new Home(directory).logs()).resolve("daemon.json");
        sign = new DaemonSign(disk.on(file));
    }

    @Test
    void a_sign_is_there_from_when_it_is_put_up_until_it_is_taken_down() {
        assertThat(sign.isStale()).isFalse();
        sign.say(INFO);
        assertThat(DaemonInfo.running(file)).contains(INFO);
        assertThat(sign.isStale()).isFalse();
        sign.remove();
        assertThat(file).doesNotExist();
        assertThat(sign.isStale()).isFalse();
    }

    /** A daemon that is told to go on would else be taken for none as long as it lives. */
    @Test
    void a_sign_that_the_disk_refused_is_put_up_when_it_takes_it_and_is_the_latest_then() throws IOException {
        disk.set(FaultyDisk.Fault.WRITE);
        sign.say(INFO);
        DaemonInfo stopping = INFO.stopping(ManualTime.START);
        sign.say(stopping);
        assertThat(file).doesNotExist();
        assertThat(sign.isStale()).isTrue();

        disk.set(FaultyDisk.Fault.NONE);
        sign.write();
        assertThat(DaemonInfo.running(file)).contains(stopping);
        assertThat(sign.isStale()).isFalse();
    }

    @Test
    void a_sign_that_was_refused_and_is_taken_down_does_not_come_back() throws IOException {
        disk.set(FaultyDisk.Fault.WRITE);
        sign.say(INFO);
        disk.set(FaultyDisk.Fault.NONE);
        sign.remove();
        sign.write();
        assertThat(sign.isStale()).isFalse();
        assertThat(file).doesNotExist();
    }
}
