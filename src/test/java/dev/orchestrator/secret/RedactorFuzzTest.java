package dev.orchestrator.secret;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.api.FuzzedDataProvider;
import com.code_intelligence.jazzer.junit.FuzzTest;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.util.Iterator;
import java.util.Map;
import java.util.Random;
import java.util.function.BiConsumer;
import org.junit.jupiter.api.Test;

class RedactorFuzzTest {
    private static final JsonMapper JSON = new JsonMapper();
    private static final Redactor REDACTOR = Redactor.of(Map.of(), RandomDocuments.KNOWN);

    @FuzzTest(maxDuration = "1m")
    void json_stays_json_of_the_same_structure_without_any_secret(FuzzedDataProvider data) throws IOException {
        assertRedacted(new RandomDocuments(bound -> data.consumeInt(0, bound - 1)).next());
    }

    @FuzzTest(maxDuration = "1m")
    void doing_it_again_changes_nothing(FuzzedDataProvider data) {
        StringBuilder text = new StringBuilder();
        while (data.remainingBytes() > 0) {
            text.append(data.pickValue(RandomDocuments.KNOWN)).append(data.consumeString(8));
            text.append(data.pickValue(RandomDocuments.TOKENS)).append(data.consumeAsciiString(8));
        }
        assertStable(text.toString());
    }

    /** The same without a fuzzer, so that each build has seen some thousands. */
    @Test
    void many_documents_stay_json_of_the_same_structure_without_any_secret() throws IOException {
        Random random = new Random(4711);
        for (int i = 0; i < 20_000; i++) {
            assertRedacted(new RandomDocuments(random::nextInt).next());
        }
    }

    private static void assertRedacted(JsonNode document) throws IOException {
        String text = document.toString();
        assertSameButRedacted(document, JSON.readTree(REDACTOR.redact(text)));
        assertSameButRedacted(document, JSON.readTree(REDACTOR.redact(JSON.writeValueAsBytes(document))));
        assertStable(text);
    }

    private static void assertStable(String text) {
        String once = REDACTOR.redact(text);
        assertThat(REDACTOR.redact(once)).isEqualTo(once);
        byte[] bytes = REDACTOR.redact(text.getBytes(UTF_8));
        assertThat(REDACTOR.redact(bytes)).isEqualTo(bytes);
        assertThat(new String(bytes, UTF_8).getBytes(UTF_8)).as("still UTF-8").isEqualTo(bytes);
    }

    private static void assertSameButRedacted(JsonNode before, JsonNode after) {
        if (before.isNumber()) {
            assertThat(after.asText()).isEqualTo(before.asLong() == 42 ? "42" : "[redacted]");
            return;
        }
        assertThat(after.getNodeType()).isEqualTo(before.getNodeType());
        assertThat(after.size()).isEqualTo(before.size());
        assertTextRedacted(before.asText(), after.asText());
        assertEach(before.fieldNames(), after.fieldNames(), RedactorFuzzTest::assertTextRedacted);
        assertEach(before.elements(), after.elements(), RedactorFuzzTest::assertSameButRedacted);
    }

    private static <T> void assertEach(Iterator<T> before, Iterator<T> after, BiConsumer<T, T> assertion) {
        while (before.hasNext()) {
            assertion.accept(before.next(), after.next());
        }
    }

    private static void assertTextRedacted(String before, String after) {
        assertThat(after).doesNotContain(RandomDocuments.KNOWN).doesNotContain(RandomDocuments.TOKENS);
        if (!after.contains("[redacted]")) {
            assertThat(after).isEqualTo(before);
        }
    }
}
