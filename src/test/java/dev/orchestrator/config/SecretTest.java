package dev.orchestrator.config;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import dev.orchestrator.config.SettingsReader.Reading;
import dev.orchestrator.json.Json;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SecretTest {
    private static final SettingsReader READER = new SettingsReader(Settings.TABLE);
    private static final Setting<Optional<Secret>> TOKEN =
            new Setting<>("bot.token", ValueTypes.secret().optional(), Optional.empty(), "A token.", List.of());

    @TempDir
    Path dir;

    @Test
    void it_prints_stars_and_reveals_its_value_only_when_asked() throws JsonProcessingException {
        Secret secret = new Secret("hunter2");
        assertThat(secret).hasToString("***");
        assertThat(List.of(secret).toString()).isEqualTo("[***]");
        assertThat(Json.full().writeValueAsString(Map.of("token", secret))).isEqualTo("{\"token\":\"***\"}");
        assertThat(secret.reveal()).isEqualTo("hunter2");
    }

    @Test
    void two_secrets_are_equal_when_their_values_are() {
        assertThat(new Secret("a")).isEqualTo(new Secret("a")).hasSameHashCodeAs(new Secret("a"));
        assertThat(new Secret("a")).isNotEqualTo(new Secret("b")).isNotEqualTo("a");
    }

    @Test
    void a_secret_setting_is_read_but_never_shown() {
        Reading reading = read(Map.of("ORCHESTRATOR_BOT_TOKEN", "hunter2"));
        assertThat(reading.values().get(TOKEN).map(Secret::reveal)).contains("hunter2");
        assertThat(reading.values().provenance())
                .containsExactly(new Provenance("bot.token", "***", "environment ORCHESTRATOR_BOT_TOKEN"));
    }

    @Test
    void a_secret_that_is_not_set_is_shown_as_none() {
        assertThat(read(Map.of()).values().provenance()).containsExactly(new Provenance("bot.token", "", "default"));
    }

    @Test
    void the_problem_with_a_secret_does_not_tell_it() {
        assertThat(read(Map.of("ORCHESTRATOR_BOT_TOKEN", "hunter2\u0000")).problems())
                .singleElement()
                .hasToString("environment ORCHESTRATOR_BOT_TOKEN: bot.token holds a control character."
                        + " Use a text in one line.");
    }

    /** What stands behind the server may be what lets one in. */
    @ParameterizedTest
    @CsvSource({
        "https://hooks.example,https://hooks.example",
        "http://127.0.0.1:8080/,http://127.0.0.1:8080/",
        "https://hooks.example/services/T0/B1/abcdef,https://hooks.example/***",
        "https://hooks.example:9443/?token=abcdef,https://hooks.example:9443/***"
    })
    void of_an_address_the_server_is_shown(String address, String shown) {
        assertThat(ValueTypes.server(address)).isEqualTo(shown);
        Reading reading = READER.read(new Home(dir), Map.of("notices.webhook_url", address), Map.of());
        assertThat(reading.values().provenance()).contains(new Provenance("notices.webhook_url", shown, "--set"));
    }

    @Test
    void the_problem_with_an_address_does_not_tell_who_is_in_it() {
        Reading reading = READER.read(
                new Home(dir), Map.of(), Map.of("ORCHESTRATOR_NOTICES_WEBHOOK_URL", "http://user:hunter2@localhost/x"));
        assertThat(reading.problems())
                .singleElement()
                .asString()
                .contains("has a user in it")
                .doesNotContain("hunter2");
    }

    private Reading read(Map<String, String> environment) {
        SettingsTable table = new SettingsTable(List.of(TOKEN), AgentsSettings.GROUP);
        return new SettingsReader(table).read(new Home(dir), Map.of(), environment);
    }
}
