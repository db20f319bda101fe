package dev.orchestrator.agent.claude;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.orchestrator.agent.run.RunEnd;
import dev.orchestrator.task.Failure;
import dev.orchestrator.task.FailureCategory;
import dev.orchestrator.task.UsageLimit;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Every known way in which a run has misled somebody; see the README beside the cases. */
class OutcomeCorpusTest {
    private static final Path CASES = Path.of("src", "test", "resources", "outcomes");
    private static final Path STREAMS = Path.of("src", "test", "resources", "streams");
    private static final ObjectMapper JSON = new ObjectMapper();

    /** The orchestrator itself comes to these, from what it does before and after a run. */
    private static final Set<FailureCategory> OF_OTHERS = EnumSet.of(
            FailureCategory.ACCEPTANCE,
            FailureCategory.COORDINATION,
            FailureCategory.CONFLICT,
            FailureCategory.GUARD_NOT_EFFECTIVE,
            FailureCategory.SANDBOX_MISSING,
            FailureCategory.INTERNAL);

    static List<String> names() throws IOException {
        return names(CASES, ".json");
    }

    private static List<String> names(Path directory, String suffix) throws IOException {
        try (Stream<Path> files = Files.list(directory)) {
            return files.map(file -> file.getFileName().toString())
                    .filter(name -> name.endsWith(suffix))
                    .map(name -> name.substring(0, name.length() - suffix.length()))
                    .sorted()
                    .toList();
        }
    }

    @ParameterizedTest
    @MethodSource("names")
    void a_run_is_judged_by_what_is_true_of_it(String name) throws IOException {
        JsonNode facts = JSON.readTree(CASES.resolve(name + ".json").toFile());
        JsonNode expected = facts.path("expected");

        ClaudeOutcome.Verdict verdict = ClaudeOutcome.of(evidence(name, facts));

        assertThat(category(verdict.failure()))
                .as("%s (%s)", facts.path("why").asText(), verdict.failure())
                .isEqualTo(expected.path("category").asText());
        if (verdict.failure() != null) {
            assertAdvice(verdict.failure(), expected);
        }
        assertThat(verdict.limit()).isEqualTo(limit(expected.path("limit")));
    }

    private static void assertAdvice(Failure failure, JsonNode expected) {
        assertThat(failure.retryable()).isEqualTo(expected.path("retryable").asBoolean());
        assertThat(failure.category().consumesAttempt())
                .isEqualTo(expected.path("consumes_attempt").asBoolean());
        assertThat(failure.message())
                .contains(expected.path("message").asText())
                .hasSizeLessThan(400)
                .doesNotContainPattern("[\\p{Cc}\\p{Cf}]");
        assertThat(failure.suggestedAction())
                .isNotBlank()
                .contains(expected.path("action").asText());
    }

    @Test
    void every_recorded_stream_is_a_case() throws IOException {
        Set<String> recorded = new TreeSet<>();
        for (String name : names()) {
            JsonNode facts = JSON.readTree(CASES.resolve(name + ".json").toFile());
            if (facts.has("recorded")) {
                recorded.add(facts.path("recorded").asText());
            }
        }
        assertThat(recorded).containsExactlyElementsOf(names(STREAMS, ".ndjson"));
    }

    @Test
    void every_category_that_a_run_can_end_in_is_there() throws IOException {
        Set<FailureCategory> seen = EnumSet.copyOf(OF_OTHERS);
        for (String name : names()) {
            JsonNode facts = JSON.readTree(CASES.resolve(name + ".json").toFile());
            String category = facts.path("expected").path("category").asText();
            if (!category.equals("none")) {
                seen.add(FailureCategory.valueOf(category.toUpperCase(Locale.ROOT)));
            }
        }
        assertThat(seen).containsExactlyInAnyOrder(FailureCategory.values());
    }

    private static RunEvidence evidence(String name, JsonNode facts) throws IOException {
        boolean recorded = facts.has("recorded");
        Path run = recorded ? STREAMS.resolve(facts.path("recorded").asText()) : CASES.resolve(name);
        JsonNode exit = recorded ? JSON.readTree(Path.of(run + ".json").toFile()) : facts;
        Path stderr = Path.of(run + ".stderr");
        return Evidence.of(
                RunEnd.Cause.valueOf(facts.path("cause").asText().toUpperCase(Locale.ROOT)),
                exit.path("exit_code").asInt(),
                Files.readString(Path.of(run + ".ndjson")),
                Files.exists(stderr) ? Files.readString(stderr) : "",
                facts.path("resumed").asBoolean(),
                Instant.parse(facts.path("now").asText("2026-11-23T12:00:00Z")),
                facts.hasNonNull("model") ? facts.path("model").asText() : null);
    }

    private static String category(@Nullable Failure failure) {
        return failure == null ? "none" : failure.category().toString();
    }

    private static @Nullable UsageLimit limit(JsonNode limit) {
        return limit.isMissingNode()
                ? null
                : new UsageLimit(
                        limit.path("window").asText(),
                        limit.hasNonNull("resets_at")
                                ? Instant.parse(limit.path("resets_at").asText())
                                : null,
                        limit.hasNonNull("model") ? limit.path("model").asText() : null);
    }
}
