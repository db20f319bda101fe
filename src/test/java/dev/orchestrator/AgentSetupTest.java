package dev.orchestrator;

import static org.assertj.core.api.Assertions.assertThat;

import dev.orchestrator.agent.claude.Confinement;
import dev.orchestrator.config.Config;
import dev.orchestrator.config.ConfigLoader;
import dev.orchestrator.config.ConfigOutcome;
import dev.orchestrator.config.Home;
import dev.orchestrator.testkit.EffectOf;
import dev.orchestrator.testkit.Links;
import dev.orchestrator.time.TimeSource;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
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

    /** And a run that began with the settings as they were goes on with those. */
    @Test
    void a_place_that_is_said_while_the_daemon_works_is_kept_as_the_one_before_it_is() throws Exception {
        Path before = Files.createDirectories(temp.toRealPath().resolve("before"));
        Path after = Files.createDirectories(temp.toRealPath().resolve("after"));
        AtomicReference<Config> config = new AtomicReference<>(config(before));
        AgentSetup setup = new AgentSetup(new Home(temp.resolve("home")), config::get, Map.of(), TimeSource.system());
        assertThat(setup.ownFiles().directories()).contains(before).doesNotContain(after);

        config.set(config(after));

        assertThat(setup.ownFiles().directories()).contains(before, after);
    }

    private Config config(Path claudes) {
        Map<String, String> settings = Map.of("claude.config_dir", claudes.toString());
        return ((ConfigOutcome.Loaded) ConfigLoader.load(new Home(temp.resolve("home")), settings, Map.of())).config();
    }

    private List<Path> directories(Map<String, String> settings, Map<String, String> environment) {
        Home home = new Home(temp.resolve("home"));
        Config config = ((ConfigOutcome.Loaded) ConfigLoader.load(home, settings, environment)).config();
        return new AgentSetup(home, () -> config, environment, TimeSource.system())
                .ownFiles()
                .directories();
    }

    /** What is neither hidden nor read-only there, a command can change. */
    @Test
    void in_the_sandbox_nobody_changes_what_is_the_orchestrators_own(@TempDir Path temp) throws IOException {
        Home home = new Home(temp.toRealPath());
        Confinement.Own own = AgentSetup.own(home);

        List<Path> kept = new ArrayList<>(own.hidden());
        kept.addAll(own.fixed());
        assertThat(kept).containsAll(home.ownDirectories());
        home.prepare();
        assertThat(own.fixed()).allMatch(Files::isDirectory);
    }
}
