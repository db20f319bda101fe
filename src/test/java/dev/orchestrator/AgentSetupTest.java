package dev.orchestrator;

import static org.assertj.core.api.Assertions.assertThat;

import dev.orchestrator.config.Config;
import dev.orchestrator.config.ConfigLoader;
import dev.orchestrator.config.ConfigOutcome;
import dev.orchestrator.config.Home;
import dev.orchestrator.testkit.EffectOf;
import dev.orchestrator.testkit.Links;
import dev.orchestrator.time.TimeSource;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AgentSetupTest {
    @TempDir
    Path temp;

    /** Whoever changes what lies there decides what the user's next session does. */
    @Test
    @EffectOf("claude.config_dir")
    void no_agent_changes_the_settings_of_its_program_wherever_they_are_said_to_lie() throws Exception {
        Path real = Files.createDirectories(temp.toRealPath().resolve("settings"));
        Path link = Links.symbolic(temp.toRealPath().resolve("link"), real);

        assertThat(directories(Map.of(), Map.of("CLAUDE_CONFIG_DIR", link.toString())))
                .contains(link, real);
        assertThat(directories(Map.of("claude.config_dir", link.toString()), Map.of()))
                .contains(link, real);
        assertThat(directories(Map.of(), Map.of("CLAUDE_CONFIG_DIR", ""))).doesNotContain(real);
    }

    private List<Path> directories(Map<String, String> settings, Map<String, String> environment) {
        Home home = new Home(temp.resolve("home"));
        Config config = ((ConfigOutcome.Loaded) ConfigLoader.load(home, settings, environment)).config();
        return new AgentSetup(home, () -> config, environment, TimeSource.system())
                .ownFiles()
                .directories();
    }
}
