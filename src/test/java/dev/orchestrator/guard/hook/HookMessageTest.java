package dev.orchestrator.guard.hook;

import static org.assertj.core.api.Assertions.assertThat;

import dev.orchestrator.guard.ToolUse;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class HookMessageTest {
    private static final String MESSAGE =
            "{\"unknown\":\"%s\",\"cwd\":\"/repo\",\"hook_event_name\":\"PreToolUse\",\"tool_name\":"
                    + "\"Write\",\"tool_input\":{\"file_path\":\"/repo/%s\",\"content\":\"%s\"},\"tool_use_id\":\"t\"}";

    private static final String LONG = "x".repeat(100_000);

    @Test
    void what_is_not_needed_may_be_long_and_is_not_kept() {
        assertThat(read(LONG, "a.txt", LONG)).hasValueSatisfying(use -> {
            assertThat(use.tool()).isEqualTo("Write");
            assertThat(use.input()).containsOnlyKeys("file_path");
        });
    }

    /** By a real agent it would be refused in any case. */
    @Test
    void what_is_needed_and_too_long_to_be_meant_is_not_understood() {
        assertThat(read("", LONG, "")).isEmpty();
    }

    private static Optional<ToolUse> read(String unknown, String file, String content) {
        byte[] body = MESSAGE.formatted(unknown, file, content).getBytes(StandardCharsets.UTF_8);
        return HookMessage.read(new ByteArrayInputStream(body));
    }
}
