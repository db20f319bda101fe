package dev.orchestrator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import dev.orchestrator.config.Home;
import dev.orchestrator.config.LiveConfig;
import dev.orchestrator.config.LiveConfig.Look;
import dev.orchestrator.testkit.ManualTime;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

class SettingsDeskTest {
    private final ManualTime time = new ManualTime();
    private final List<Look> looks = new ArrayList<>();
    private Home home;
    private LiveConfig config;

    @BeforeEach
    void load(@TempDir Path temp) throws IOException {
        home = new Home(temp.toRealPath());
        settings("workers: 9\n");
        config = ((LiveConfig.First.Loaded) LiveConfig.read(home, Map.of(), Map.of())).config();
    }

    private void settings(String text) throws IOException {
        Files.writeString(home.settings(), text);
    }

    private SettingsDesk desk() {
        SettingsDesk.Followers followers = new SettingsDesk.Followers() {
            @Override
            public void learnSecrets() {}

            @Override
            public void follow(Look look, String by) {
                looks.add(look);
            }
        };
        return new SettingsDesk(home, config, followers, Thread::new, time);
    }

    /** As often as it takes until what was edited is believed to be whole. */
    private static void look(SettingsDesk desk) {
        desk.look();
        desk.look();
        desk.look();
    }

    @Test
    void an_edit_that_was_made_while_the_daemon_started_is_seen() throws IOException {
        settings("workers: 7\n");
        SettingsDesk desk = desk();

        look(desk);

        assertThat(config.get().workers()).isEqualTo(7);
        assertThat(looks).hasSize(1);
    }

    @Test
    void what_nobody_edited_is_read_once_and_not_again() {
        SettingsDesk desk = desk();
        look(desk);
        look(desk);

        assertThat(looks).singleElement().isEqualTo(new Look.Followed(config.get(), config.get(), List.of()));
    }

    @Test
    void a_file_that_is_empty_or_gone_for_a_moment_changes_nothing() throws IOException {
        SettingsDesk desk = desk();
        look(desk);
        settings("");
        look(desk);
        Files.delete(home.settings());
        time.advance(Duration.ofSeconds(4));
        look(desk);
        time.advance(Duration.ofSeconds(4));
        look(desk);
        assertThat(looks).hasSize(1);

        settings("workers: 4\n");
        look(desk);

        assertThat(looks).hasSize(2);
        assertThat(config.get().workers()).isEqualTo(4);
    }

    @Test
    void a_file_that_stays_empty_or_gone_has_been_emptied_or_removed() throws IOException {
        SettingsDesk desk = desk();
        look(desk);
        Files.delete(home.settings());
        look(desk);
        assertThat(config.get().workers()).isEqualTo(9);

        time.advance(Duration.ofSeconds(5));
        look(desk);

        assertThat(config.get().workers()).isNotEqualTo(9);
        assertThat(looks).hasSize(2);
    }

    @Test
    @DisabledOnOs(value = OS.WINDOWS, disabledReason = "platform: permissions of POSIX")
    void a_file_that_could_not_be_read_is_read_when_it_can_be() throws IOException {
        SettingsDesk desk = desk();
        settings("workers: 5\n");
        Files.setPosixFilePermissions(home.settings(), PosixFilePermissions.fromString("---------"));
        assumeThat(Files.isReadable(home.settings()))
                .as("platform: whoever may read all")
                .isFalse();
        look(desk);
        assertThat(looks).singleElement().isInstanceOf(Look.Refused.class);

        Files.setPosixFilePermissions(home.settings(), PosixFilePermissions.fromString("rw-------"));
        look(desk);

        assertThat(config.get().workers()).isEqualTo(5);
    }
}
