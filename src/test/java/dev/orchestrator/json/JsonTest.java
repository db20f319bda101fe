package dev.orchestrator.json;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.orchestrator.task.AttemptView;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class JsonTest {
    @Test
    void a_record_is_written_as_its_components_and_nothing_else() {
        AttemptView attempt =
                new AttemptView(1, 1, new AttemptView.Begin("claude", "s", false, Instant.EPOCH, null, null));

        JsonNode written = Json.full().valueToTree(attempt);

        assertThat(written.fieldNames())
                .toIterable()
                .hasSameSizeAs(AttemptView.class.getRecordComponents())
                .doesNotContain("open");
    }
}
