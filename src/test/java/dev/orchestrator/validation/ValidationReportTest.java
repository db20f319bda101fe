package dev.orchestrator.validation;

import static org.assertj.core.api.Assertions.assertThat;

import dev.orchestrator.validation.Finding.Severity;
import dev.orchestrator.validation.Finding.Verdict;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ValidationReportTest {
    private static final Path DIRECTORY = Path.of("").toAbsolutePath();

    @Test
    void an_honest_short_answer_of_a_reading_task_passes() {
        ValidationReport report = new EvidenceBuilder(DIRECTORY).reading().check();

        assertThat(report.isValid()).isTrue();
        assertThat(report.problems()).isEmpty();
        assertThat(report.warnings()).isEmpty();
    }

    @Test
    void an_agent_that_ends_without_a_word_fails() {
        assertThat(new EvidenceBuilder(DIRECTORY).says("  \n").check().problems())
                .containsExactly("structure");
    }

    @Test
    void every_check_has_its_finding_also_when_an_earlier_one_fails() {
        assertThat(new EvidenceBuilder(DIRECTORY).says("").check().findings().keySet())
                .containsExactly(
                        "structure",
                        "text",
                        "relevance",
                        "finished",
                        "evidence",
                        "read_only",
                        "change_made",
                        "expected_files",
                        "output_schema");
    }

    @ParameterizedTest
    @CsvSource({
        "PASS, ERROR, true, 0",
        "PASS, WARNING, true, 0",
        "SKIPPED, ERROR, true, 0",
        "FAIL, ERROR, false, 0",
        "FAIL, WARNING, true, 1",
        "UNKNOWN, ERROR, false, 0",
        "UNKNOWN, WARNING, true, 1"
    })
    void a_doubt_of_severity_error_fails_the_turn_and_any_other_is_kept(
            Verdict verdict, Severity severity, boolean valid, int warnings) {
        Map<String, Finding> findings = new LinkedHashMap<>();
        findings.put("check", new Finding(verdict, severity, "x"));
        ValidationReport report = new ValidationReport(findings);

        assertThat(report.isValid()).isEqualTo(valid);
        assertThat(report.problems()).hasSize(valid ? 0 : 1);
        assertThat(report.warnings()).hasSize(warnings);
    }
}
