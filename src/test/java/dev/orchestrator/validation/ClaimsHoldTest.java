package dev.orchestrator.validation;

import static org.assertj.core.api.Assertions.assertThat;

import dev.orchestrator.testkit.Links;
import dev.orchestrator.validation.Finding.Severity;
import dev.orchestrator.validation.Finding.Verdict;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ClaimsHoldTest {
    @TempDir
    Path temp;

    private Path directory = Path.of("");

    @BeforeEach
    void lay_out() throws IOException {
        directory = Files.createDirectory(temp.toRealPath().resolve("project"));
        Files.writeString(directory.resolve("a.txt"), "x");
        Files.writeString(directory.resolve("b.txt"), "x");
    }

    @Test
    void a_change_that_was_claimed_and_made_passes_however_it_was_named() {
        Finding finding = evidence()
                .claims(directory.resolve("a.txt").toString(), "./a.txt", "sub/../a.txt")
                .changed("a.txt")
                .check("evidence");

        assertThat(finding).isEqualTo(Finding.pass("1 claimed, 1 changed"));
    }

    @Test
    void a_write_that_failed_and_nothing_done_instead_fails() {
        Finding finding =
                evidence().says("I wrote a.txt.").failsToWrite("a.txt").check("evidence");

        assertThat(finding.isBlocking()).isTrue();
        assertThat(finding.detail()).contains("did not succeed", "a.txt");
    }

    @Test
    void a_write_that_failed_beside_others_is_a_warning() {
        Finding finding = evidence()
                .failsToWrite("a.txt")
                .claims("b.txt")
                .changed("b.txt")
                .check("evidence");

        assertThat(finding.verdict()).isEqualTo(Verdict.FAIL);
        assertThat(finding.isBlocking()).isFalse();
    }

    @Test
    void a_claimed_file_that_is_not_there_fails() {
        Finding finding = evidence().claims("ghost.txt").changed("a.txt").check("evidence");

        assertThat(finding.isBlocking()).isTrue();
        assertThat(finding.detail()).contains("not there", "ghost.txt");
    }

    @Test
    void a_claimed_file_that_was_deleted_fails_although_that_is_a_change() throws IOException {
        Files.delete(directory.resolve("a.txt"));

        assertThat(evidence().claims("a.txt").changed("a.txt").check("evidence").isBlocking())
                .isTrue();
    }

    @Test
    void an_agent_with_commands_may_have_moved_what_it_wrote() {
        Finding finding =
                evidence().withShell().claims("draft.txt").changed("final.txt").check("evidence");

        assertThat(finding.verdict()).isEqualTo(Verdict.FAIL);
        assertThat(finding.severity()).isEqualTo(Severity.WARNING);
    }

    @Test
    void a_claimed_file_that_is_there_but_was_not_seen_to_change_is_a_warning() {
        Finding finding = evidence().claims("a.txt", "b.txt").changed("a.txt").check("evidence");

        assertThat(finding.verdict()).isEqualTo(Verdict.FAIL);
        assertThat(finding.isBlocking()).isFalse();
        assertThat(finding.detail()).contains("b.txt").doesNotContain("a.txt");
    }

    @Test
    void a_change_that_nobody_claimed_is_a_warning_that_names_it() {
        Finding finding = evidence().claims("a.txt").changed("a.txt", "b.txt").check("evidence");

        assertThat(finding.severity()).isEqualTo(Severity.WARNING);
        assertThat(finding.detail()).contains("not by the agent's tools: b.txt");
    }

    @Test
    void an_agent_with_commands_need_not_claim() {
        assertThat(evidence().withShell().changed("b.txt").check("evidence").verdict())
                .isEqualTo(Verdict.PASS);
    }

    @Test
    void a_file_written_outside_fails_even_with_commands() throws IOException {
        Path outside = Files.writeString(temp.toRealPath().resolve("out.txt"), "x");

        assertThat(evidence()
                        .withShell()
                        .claims(outside.toString())
                        .check("evidence")
                        .isBlocking())
                .isTrue();
        assertThat(evidence().claims("../out.txt").check("evidence").isBlocking())
                .isTrue();
        assertThat(evidence().claims("../not-there.txt").check("evidence").isBlocking())
                .isTrue();
    }

    @Test
    void a_file_written_through_a_link_that_leads_outside_fails() throws IOException {
        Path outside = Files.createDirectory(temp.toRealPath().resolve("outside"));
        Files.writeString(outside.resolve("a.txt"), "x");
        Links.symbolic(directory.resolve("link"), outside);

        assertThat(evidence().claims("link/a.txt").check("evidence").isBlocking())
                .isTrue();
    }

    @Test
    void a_file_written_through_a_link_that_stays_inside_is_the_file_it_leads_to() throws IOException {
        Links.symbolic(directory.resolve("alias.txt"), directory.resolve("a.txt"));

        assertThat(evidence()
                        .claims("alias.txt")
                        .changed("a.txt")
                        .check("evidence")
                        .verdict())
                .isEqualTo(Verdict.PASS);
    }

    @Test
    void the_orchestrators_own_files_are_nobodys_to_write() throws IOException {
        Path tasks = Files.createDirectory(directory.resolve("tasks"));
        Files.writeString(tasks.resolve("next.task.md"), "x");

        Finding finding = evidence().own(tasks).claims("tasks/next.task.md").check("evidence");

        assertThat(finding.isBlocking()).isTrue();
    }

    @Test
    void a_name_that_no_file_can_have_fails_and_does_no_harm() {
        assertThat(evidence().claims("a\0b").check("evidence").isBlocking()).isTrue();
    }

    @Test
    void what_is_claimed_where_nobody_could_look_is_not_known() {
        Finding finding = evidence().unread("secret").claims("secret/a.txt").check("evidence");

        assertThat(finding.verdict()).isEqualTo(Verdict.UNKNOWN);
        assertThat(finding.severity()).isEqualTo(Severity.WARNING);
        assertThat(finding.detail()).contains("not known", "secret");
    }

    @Test
    void nothing_is_certified_while_any_place_could_not_be_read() {
        assertThat(evidence()
                        .unread("secret")
                        .claims("a.txt")
                        .changed("a.txt")
                        .check("evidence")
                        .verdict())
                .isEqualTo(Verdict.UNKNOWN);
        assertThat(evidence().unread(".").claims("ghost.txt").check("evidence").verdict())
                .isEqualTo(Verdict.UNKNOWN);
    }

    @Test
    void a_claim_beside_the_unread_place_is_judged_as_ever() {
        assertThat(evidence()
                        .unread("secret")
                        .claims("secrets.txt")
                        .check("evidence")
                        .isBlocking())
                .isTrue();
    }

    private EvidenceBuilder evidence() {
        return new EvidenceBuilder(directory);
    }
}
