package dev.orchestrator.validation;

import static org.assertj.core.api.Assertions.assertThat;

import dev.orchestrator.validation.Finding.Severity;
import dev.orchestrator.validation.Finding.Verdict;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ChangeMadeTest {
    @TempDir
    Path temp;

    private Path directory = Path.of("");

    @BeforeEach
    void lay_out() throws IOException {
        directory = temp.toRealPath();
        Files.writeString(directory.resolve("a.txt"), "x");
    }

    @Test
    void a_task_of_a_changing_type_that_changed_nothing_fails_whatever_it_says() {
        assertThat(changing()
                        .says("I have edited a.txt and all tests pass.")
                        .check("change_made")
                        .isBlocking())
                .isTrue();
        assertThat(changing().claims("a.txt").check("change_made").isBlocking()).isTrue();
        assertThat(changing().withShell().check("change_made").isBlocking()).isTrue();
    }

    @Test
    void a_type_that_need_not_change_anything_is_not_asked() {
        assertThat(new EvidenceBuilder(directory).check("change_made").verdict())
                .isEqualTo(Verdict.SKIPPED);
    }

    @Test
    void a_change_by_the_agents_tools_passes() {
        assertThat(changing().claims("a.txt").changed("a.txt").check("change_made"))
                .isEqualTo(Finding.pass("1 changed"));
    }

    @Test
    void an_agent_with_commands_may_have_made_any_change_also_a_deletion() {
        assertThat(changing()
                        .withShell()
                        .changed("gone.txt")
                        .check("change_made")
                        .verdict())
                .isEqualTo(Verdict.PASS);
    }

    @Test
    void what_somebody_else_changed_meanwhile_is_not_the_agents_work() {
        Finding finding = changing().changed("of-a-person.txt").check("change_made");

        assertThat(finding.isBlocking()).isTrue();
        assertThat(finding.detail()).contains("of-a-person.txt");
    }

    @Test
    void a_change_where_nobody_could_look_is_not_known() {
        Finding finding = changing().unread("data").claims("data/a.txt").check("change_made");

        assertThat(finding.verdict()).isEqualTo(Verdict.UNKNOWN);
        assertThat(finding.severity()).isEqualTo(Severity.WARNING);
        assertThat(finding.detail()).contains("not known", "data");
        assertThat(changing().unread("data").withShell().check("change_made").verdict())
                .isEqualTo(Verdict.UNKNOWN);
    }

    @Test
    void an_unread_place_is_no_excuse_for_an_agent_that_wrote_nothing_there() {
        assertThat(changing().unread("data").check("change_made").isBlocking()).isTrue();
        assertThat(changing().unread(".").check("change_made").isBlocking()).isTrue();
    }

    @Test
    void without_the_state_before_a_claim_is_neither_confirmed_nor_refuted() {
        assertThat(changing().unread(".").claims("a.txt").check("change_made").verdict())
                .isEqualTo(Verdict.UNKNOWN);
    }

    private EvidenceBuilder changing() {
        return new EvidenceBuilder(directory).changing();
    }
}
