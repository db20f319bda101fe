package dev.orchestrator.validation;

import static org.assertj.core.api.Assertions.assertThat;

import dev.orchestrator.validation.Finding.Verdict;
import java.io.IOException;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class OutputKeptTest {
    private static final String SCHEMA =
            "{\"type\":\"object\",\"properties\":{\"n\":{\"type\":\"integer\"}},\"required\":[\"n\"]}";

    @TempDir
    Path directory;

    @Test
    void an_object_that_keeps_to_its_schema_passes_and_needs_no_report() throws IOException {
        assertThat(given("{\"n\":4}").check("output_schema").verdict()).isEqualTo(Verdict.PASS);
        assertThat(given("{\"n\":4}").says(" ").check("structure").verdict()).isEqualTo(Verdict.PASS);
    }

    @Test
    void one_that_does_not_or_is_not_there_or_is_huge_fails_the_turn() throws IOException {
        assertThat(given("{\"n\":\"four\"}").check("output_schema"))
                .isEqualTo(Finding.error("the object does not keep to the schema: /n: string found, integer expected"));
        assertThat(given(null).check("output_schema").isBlocking()).isTrue();
        assertThat(given("{\"n\":4,\"s\":\"" + "x".repeat(200_000) + "\"}")
                        .check("output_schema")
                        .detail())
                .contains("at most 200000 are kept");
    }

    @Test
    void a_task_that_wants_none_is_not_asked() {
        assertThat(new EvidenceBuilder(directory).check("output_schema").verdict())
                .isEqualTo(Verdict.SKIPPED);
    }

    private EvidenceBuilder given(@Nullable String json) throws IOException {
        return new EvidenceBuilder(directory).gives(SCHEMA, json);
    }
}
