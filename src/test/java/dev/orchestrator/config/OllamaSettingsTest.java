package dev.orchestrator.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class OllamaSettingsTest {
    @TempDir
    Path dir;

    @Test
    void ollamas_own_variable_says_where_it_is_and_a_flag_of_ours_says_it_better() {
        TestHome home = new TestHome(dir);
        home.env("OLLAMA_HOST", "\"0.0.0.0:1234\"");
        assertThat(home.config().ollama().url()).hasToString("http://127.0.0.1:1234");

        home.flag("ollama.url", "llama.lan");
        assertThat(home.config().ollama().url()).hasToString("http://llama.lan:11434");
    }
}
