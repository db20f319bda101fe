package dev.orchestrator.agent.run;

import static org.assertj.core.api.Assertions.assertThat;

import dev.orchestrator.secret.Redactor;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FileTailTest {
    private static final String KNOWN = "host=db user=shop password=correct horse battery staple";
    private final Redactor redactor = Redactor.of(Map.of("SHOP_SECRET", KNOWN), List.of());

    @TempDir
    Path directory;

    @Test
    void a_short_text_is_there_whole_but_for_its_secrets() throws IOException {
        Path file = Files.writeString(directory.resolve("a.log"), "one " + KNOWN + " two\n");

        assertThat(FileTail.text(file, redactor)).isEqualTo("one [redacted] two\n");
        assertThat(FileTail.text(directory.resolve("gone"), redactor)).isEmpty();
    }

    @Test
    void of_a_long_one_the_end_is_there_and_nothing_of_a_secret_that_is_cut() throws IOException {
        for (int behind = 8_100; behind < 8_192; behind += 7) {
            String text = "before ".repeat(10_000) + KNOWN + "\n"
                    + "behind ".repeat(2_000).substring(14_000 - behind);
            Path file = Files.writeString(directory.resolve("a.log"), text);

            assertThat(FileTail.text(file, redactor))
                    .hasSizeBetween(8_000, 8_192)
                    .endsWith("behind ")
                    .doesNotContain("shop", "horse", "staple");
        }
    }
}
