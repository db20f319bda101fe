package dev.orchestrator.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/** To renew the page: {@code mvn test -Dtest=ConfigurationDocTest -Ddocs.update=true} */
class ConfigurationDocTest {
    private static final Path PAGE = Path.of("docs", "CONFIGURATION.md");

    @Test
    void the_page_says_what_the_table_says() throws IOException {
        String expected = new ConfigurationDoc(Settings.TABLE).markdown();
        if (Boolean.getBoolean("docs.update")) {
            Files.writeString(PAGE, expected, StandardCharsets.UTF_8);
        }
        assertThat(Files.readString(PAGE, StandardCharsets.UTF_8))
                .as("renew it with: mvn test -Dtest=ConfigurationDocTest -Ddocs.update=true")
                .isEqualTo(expected);
    }

    @Test
    void every_name_of_every_setting_is_on_it() {
        String page = new ConfigurationDoc(Settings.TABLE).markdown();
        assertThat(SettingsTest.settings()).allSatisfy(setting -> {
            assertThat(page).contains("`" + setting.name() + "`", "`" + setting.variable() + "`");
            setting.aliases().forEach(alias -> assertThat(page).contains("`" + alias.variable() + "`"));
        });
    }
}
