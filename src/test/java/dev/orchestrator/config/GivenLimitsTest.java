package dev.orchestrator.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class GivenLimitsTest {
    @TempDir
    Path root;

    private Home home;

    @BeforeEach
    void home() {
        home = new Home(root);
    }

    @Test
    void without_settings_they_are_what_all_settings_would_say() {
        ConfigOutcome.Loaded loaded = (ConfigOutcome.Loaded) ConfigLoader.load(home, Map.of(), Map.of());
        assertThat(GivenLimits.read(home, Map.of("PATH", "/bin", "CLAUDE_MAX_TURNS", "3")))
                .contains(loaded.config().limits())
                .contains(LimitsConfig.NONE);
    }

    @Test
    void each_place_that_has_settings_is_looked_at() throws IOException {
        BigDecimal five = new BigDecimal("5");
        assertThat(GivenLimits.read(home, Map.of("ORCHESTRATOR_LIMITS_USD_TOTAL", "5")))
                .hasValueSatisfying(limits -> assertThat(limits.usdTotal()).contains(five));
        Files.writeString(home.settings(), "limits.usd_per_day: 5\n");
        assertThat(GivenLimits.read(home, Map.of()))
                .hasValueSatisfying(limits -> assertThat(limits.usdPerDay()).contains(five));
        Files.delete(home.settings());
        Files.writeString(home.dotenv(), "ORCHESTRATOR_LIMITS_RUNS_PER_DAY=5\n");
        assertThat(GivenLimits.read(home, Map.of()))
                .hasValueSatisfying(limits -> assertThat(limits.runsPerDay()).contains(5));
        Files.writeString(home.dotenv(), "ORCHESTRATOR_LIMITS_RUNS_PER_DAY=many\n");
        assertThat(GivenLimits.read(home, Map.of())).isEmpty();
    }
}
