package dev.orchestrator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.orchestrator.config.Config;
import dev.orchestrator.config.ConfigLoader;
import dev.orchestrator.config.ConfigOutcome;
import dev.orchestrator.config.Home;
import dev.orchestrator.config.LiveConfig.Look;
import dev.orchestrator.config.SettingChange;
import dev.orchestrator.testkit.ManualTime;
import dev.orchestrator.testkit.RecordingSink;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ConfigFollowerTest {
    private static final List<SettingChange> CHANGES = List.of(new SettingChange("workers", "1", "2", "test"));

    @TempDir
    Path temp;

    private final List<List<Integer>> followed = new ArrayList<>();
    private boolean troubled;

    private Config workers(int number) {
        Map<String, String> settings = Map.of("workers", String.valueOf(number));
        return ((ConfigOutcome.Loaded) ConfigLoader.load(new Home(temp), settings, Map.of())).config();
    }

    private ConfigFollower follower(Config applied) {
        return new ConfigFollower(
                applied,
                (before, after) -> {
                    if (troubled) {
                        throw new IllegalStateException("nobody can");
                    }
                    followed.add(List.of(before.workers(), after.workers()));
                },
                how -> {},
                new RecordingSink(new ManualTime()));
    }

    /** Nothing is edited in between, so the settings are as they were, and some parts are not. */
    @Test
    void what_could_not_be_followed_is_followed_at_the_next_look() {
        ConfigFollower follower = follower(workers(1));
        troubled = true;
        assertThatThrownBy(() -> follower.follow(new Look.Followed(workers(1), workers(2), CHANGES), "file"))
                .hasMessage("nobody can");
        troubled = false;

        follower.follow(new Look.Followed(workers(2), workers(2), List.of()), "file");

        assertThat(followed).containsExactly(List.of(1, 2));
    }

    @Test
    void what_is_followed_is_not_followed_again() {
        ConfigFollower follower = follower(workers(1));
        follower.follow(new Look.Followed(workers(1), workers(2), CHANGES), "file");
        follower.follow(new Look.Followed(workers(2), workers(2), List.of()), "SIGHUP");

        assertThat(followed).containsExactly(List.of(1, 2));
    }
}
