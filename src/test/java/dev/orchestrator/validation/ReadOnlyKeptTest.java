package dev.orchestrator.validation;

import static org.assertj.core.api.Assertions.assertThat;

import dev.orchestrator.validation.Finding.Severity;
import dev.orchestrator.validation.Finding.Verdict;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ReadOnlyKeptTest {
    @TempDir
    Path temp;

    private Path directory = Path.of("");

    @BeforeEach
    void lay_out() throws IOException {
        directory = temp.toRealPath();
    }

    @Test
    void it_is_kept_when_everything_was_seen_and_nothing_changed() {
        assertThat(reading().check("read_only")).isEqualTo(Finding.pass("nothing changed"));
    }

    @Test
    void a_task_that_may_write_is_not_asked() {
        assertThat(new EvidenceBuilder(directory)
                        .changed("a.txt")
                        .check("read_only")
                        .verdict())
                .isEqualTo(Verdict.SKIPPED);
    }

    @Test
    void an_agent_that_says_it_wrote_fails_whether_or_not_the_change_was_seen() {
        assertThat(reading().claims("a.txt").changed("a.txt").check("read_only").isBlocking())
                .isTrue();
        assertThat(reading().claims("a.txt").check("read_only").isBlocking()).isTrue();
        assertThat(reading().claims("a.txt").unread(".").check("read_only").isBlocking())
                .isTrue();
    }

    @Test
    void an_agent_with_commands_answers_for_every_change() {
        assertThat(reading().withShell().changed("a.txt").check("read_only").isBlocking())
                .isTrue();
    }

    @Test
    void a_change_beside_an_agent_without_tools_to_make_it_is_a_warning() {
        Finding finding = reading().changed("a.txt").check("read_only");

        assertThat(finding.verdict()).isEqualTo(Verdict.FAIL);
        assertThat(finding.severity()).isEqualTo(Severity.WARNING);
        assertThat(finding.detail()).contains("a.txt");
    }

    @Test
    void it_is_not_certified_when_a_part_could_not_be_read() {
        ValidationReport report = reading().unread("data", "secret/key").check();

        Finding finding = report.findings().get("read_only");
        assertThat(finding).isNotNull();
        assertThat(finding.verdict()).isEqualTo(Verdict.UNKNOWN);
        assertThat(finding.detail()).contains("not known", "data, secret/key");
        assertThat(report.warnings()).contains("read_only");
    }

    @Test
    void it_is_not_certified_when_the_state_before_is_lost() {
        assertThat(reading().unread(".").check("read_only").verdict()).isEqualTo(Verdict.UNKNOWN);
    }

    private EvidenceBuilder reading() {
        return new EvidenceBuilder(directory).reading();
    }
}
