package dev.orchestrator.health;

import static org.assertj.core.api.Assertions.assertThat;

import dev.orchestrator.config.Home;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LongPathChecksTest {
    @TempDir
    Path temp;

    @Test
    void long_names_are_tried_and_nothing_is_left() {
        assertThat(new LongPathChecks(new Home(temp), false).longPaths())
                .isEqualTo(CheckResult.ok("names of 140 characters can be made"));
        assertThat(temp).isEmptyDirectory();
    }

    @Test
    void a_deep_home_is_named_where_programs_take_short_paths_only() throws IOException {
        Path deep = Files.createDirectories(temp.resolve("d".repeat(100)));
        assertThat(new LongPathChecks(new Home(deep), true).longPaths().verdict())
                .isEqualTo(CheckResult.Verdict.WARN);
        assertThat(new LongPathChecks(new Home(deep), false).longPaths().verdict())
                .isEqualTo(CheckResult.Verdict.OK);
    }
}
