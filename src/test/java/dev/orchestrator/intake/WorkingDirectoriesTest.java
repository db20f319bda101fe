package dev.orchestrator.intake;

import static org.assertj.core.api.Assertions.assertThat;

import dev.orchestrator.intake.file.Rejection;
import dev.orchestrator.testkit.Links;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

class WorkingDirectoriesTest {
    @TempDir
    Path temp;

    private Path root;
    private WorkingDirectories directories;

    @BeforeEach
    void makeRoot() throws IOException {
        root = Files.createDirectories(temp.resolve("root")).toRealPath();
        Files.createDirectories(root.resolve("app"));
        Files.createDirectories(root.resolve("tasks/accepted"));
        Files.createDirectories(temp.resolve("outside"));
        directories = new WorkingDirectories(() -> root, () -> List.of(root), List.of(root.resolve("tasks")));
    }

    @Test
    void without_cwd_the_base_directory_is_meant() {
        assertThat(resolved(null)).isEqualTo(root);
    }

    @Test
    void a_relative_cwd_starts_from_the_base() {
        assertThat(resolved("app")).isEqualTo(root.resolve("app"));
        assertThat(resolved("./app/../app")).isEqualTo(root.resolve("app"));
    }

    @Test
    void an_absolute_cwd_inside_a_root_is_taken() {
        assertThat(resolved(root.resolve("app").toString())).isEqualTo(root.resolve("app"));
    }

    @Test
    void dots_that_lead_out_are_refused_and_not_replaced_by_the_base() {
        assertThat(refused("../outside").reason()).contains("outside of the allowed roots");
        assertThat(refused("app/../../outside").reason()).contains("outside of the allowed roots");
        assertThat(refused(temp.resolve("outside").toString()).remedy()).contains("claude.allowed_roots");
    }

    @Test
    void a_link_that_leads_out_is_refused() throws IOException {
        Links.symbolic(root.resolve("link"), temp.resolve("outside"));

        assertThat(refused("link").reason()).contains("outside of the allowed roots");
    }

    @Test
    void a_link_within_the_root_is_followed_to_the_real_directory() throws IOException {
        Links.symbolic(root.resolve("link"), root.resolve("app"));

        assertThat(resolved("link")).isEqualTo(root.resolve("app"));
    }

    @Test
    void what_is_not_there_or_no_directory_is_refused() throws IOException {
        Files.writeString(root.resolve("file"), "x");

        assertThat(refused("nowhere").reason()).contains("does not exist");
        assertThat(refused("file").reason()).contains("not a directory");
    }

    @Test
    void the_orchestrators_own_directories_are_refused() {
        assertThat(refused("tasks/accepted").reason()).contains("orchestrator's own");
    }

    @Test
    @DisabledOnOs(value = OS.WINDOWS, disabledReason = "platform: such a name cannot exist there")
    void a_name_that_ends_with_a_space_is_refused_because_no_rule_can_name_it() throws IOException {
        Files.createDirectories(root.resolve("bad /sub"));

        assertThat(refused("bad /sub").reason()).contains("ends with a space");
    }

    @Test
    void a_base_that_is_in_no_root_is_refused_too() throws IOException {
        Path elsewhere = temp.resolve("outside").toRealPath();
        WorkingDirectories other = new WorkingDirectories(() -> elsewhere, () -> List.of(root), List.of());

        assertThat(other.resolve(null)).isInstanceOf(WorkingDirectories.Result.Refused.class);
    }

    private Path resolved(@Nullable String cwd) {
        WorkingDirectories.Result result = directories.resolve(cwd);
        assertThat(result).isInstanceOf(WorkingDirectories.Result.Resolved.class);
        return ((WorkingDirectories.Result.Resolved) result).directory();
    }

    private Rejection refused(String cwd) {
        WorkingDirectories.Result result = directories.resolve(cwd);
        assertThat(result).isInstanceOf(WorkingDirectories.Result.Refused.class);
        return ((WorkingDirectories.Result.Refused) result).rejection();
    }
}
