package dev.orchestrator.config;

import static org.assertj.core.api.Assertions.assertThat;

import dev.orchestrator.config.LiveConfig.First;
import dev.orchestrator.config.LiveConfig.Look;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LiveConfigTest {
    @TempDir
    Path dir;

    private LiveConfig live(Map<String, String> flags) {
        return ((First.Loaded) LiveConfig.read(new Home(dir), flags, Map.of())).config();
    }

    private void yaml(String text) throws Exception {
        Files.writeString(dir.resolve("orchestrator.yaml"), text);
    }

    @Test
    void what_was_edited_counts_from_the_next_look_on_and_is_told() throws Exception {
        yaml("workers: 2\n");
        LiveConfig live = live(Map.of());
        yaml("workers: 5\nclaude:\n  timeout: 10m\n");
        assertThat(live.get().workers()).isEqualTo(2);

        Look.Followed look = (Look.Followed) live.look();

        assertThat(live.get().workers()).isEqualTo(5);
        assertThat(live.get()).isSameAs(look.after());
        assertThat(look.before().workers()).isEqualTo(2);
        assertThat(look.changes())
                .containsExactlyInAnyOrder(
                        new SettingChange("workers", "2", "5", "orchestrator.yaml line 1"),
                        new SettingChange("claude.timeout", "2h", "10m", "orchestrator.yaml line 3"));
    }

    @Test
    void a_line_that_is_gone_gives_the_default_back() throws Exception {
        yaml("workers: 5\n");
        LiveConfig live = live(Map.of());
        Files.delete(dir.resolve("orchestrator.yaml"));

        assertThat(((Look.Followed) live.look()).changes())
                .containsExactly(new SettingChange("workers", "5", "3", "default"));
    }

    @Test
    void when_one_thing_is_wrong_nothing_counts() throws Exception {
        yaml("workers: 2\n");
        LiveConfig live = live(Map.of());
        Config before = live.get();
        yaml("workers: 5\nretries: many\n");

        Look.Refused look = (Look.Refused) live.look();

        assertThat(look.problems()).singleElement().asString().contains("retries", "line 2");
        assertThat(live.get()).isSameAs(before);
    }

    @Test
    void what_a_flag_says_no_file_changes() throws Exception {
        LiveConfig live = live(Map.of("workers", "4"));
        yaml("workers: 5\n");

        assertThat(((Look.Followed) live.look()).changes()).isEmpty();
        assertThat(live.get().workers()).isEqualTo(4);
    }

    @Test
    void another_layer_that_says_the_same_is_no_change() throws Exception {
        yaml("workers: 5\n");
        LiveConfig live = live(Map.of());
        Files.writeString(dir.resolve(".env"), "ORCHESTRATOR_WORKERS=5\n");

        assertThat(((Look.Followed) live.look()).changes()).isEmpty();
    }

    @Test
    void an_agent_that_was_added_and_one_that_is_gone_are_changes() throws Exception {
        yaml("agents:\n  one:\n    command: [one]\n");
        LiveConfig live = live(Map.of());
        yaml("agents:\n  two:\n    command: [two]\n");

        assertThat(((Look.Followed) live.look()).changes())
                .extracting(SettingChange::setting)
                .contains("agents.one.command", "agents.two.command");
        assertThat(live.get().agents()).containsOnlyKeys("two");
    }
}
