package dev.orchestrator;

import static org.assertj.core.api.Assertions.assertThat;

import dev.orchestrator.task.FailureCategory;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class TroubleshootingDocTest {
    @ParameterizedTest
    @EnumSource(FailureCategory.class)
    void each_category_is_on_the_page_and_says_when_it_is_tried_again(FailureCategory category) throws IOException {
        String page = Files.readString(Path.of("docs", "TROUBLESHOOTING.md"), StandardCharsets.UTF_8);
        String again = switch (category.retry()) {
            case NEVER -> "no";
            case SOON -> "soon";
            case LATER -> "later";
            case AFTER_RESET -> "when the window begins anew";
            case AFTER_MENDING -> "when mended";
        };
        assertThat(page.lines()).anyMatch(line -> line.startsWith("| `" + category + "` | " + again));
    }
}
