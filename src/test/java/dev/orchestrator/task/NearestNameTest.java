package dev.orchestrator.task;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class NearestNameTest {
    private static final List<String> KNOWN = List.of("timeout", "idle_timeout", "type", "retries", "cwd");

    @Test
    void the_name_with_the_fewest_edits_is_meant() {
        assertThat(NearestName.nearest("timout", KNOWN)).contains("timeout");
        assertThat(NearestName.nearest("idle-timeout", KNOWN)).contains("idle_timeout");
        assertThat(NearestName.nearest("cdw", List.of("abc", "cwd", "cd"))).contains("cd");
    }

    @Test
    void case_does_not_count() {
        assertThat(NearestName.nearest("IDLETIMEOUT", KNOWN)).contains("idle_timeout");
        assertThat(NearestName.nearest("Type", KNOWN)).contains("type");
    }

    @Test
    void a_name_that_is_far_from_all_others_is_nobodys() {
        assertThat(NearestName.nearest("priority", KNOWN)).isEmpty();
        assertThat(NearestName.nearest("ab", KNOWN)).isEmpty();
        assertThat(NearestName.nearest("x", List.of())).isEmpty();
        assertThat(NearestName.nearest("", KNOWN)).isEmpty();
    }

    @Test
    void a_third_of_the_letters_may_differ_and_no_more() {
        assertThat(NearestName.nearest("retrxxx", KNOWN)).isEmpty();
        assertThat(NearestName.nearest("retrixx", KNOWN)).contains("retries");
    }

    @Test
    void the_first_of_equals_wins() {
        assertThat(NearestName.nearest("bat", List.of("cat", "hat"))).contains("cat");
    }

    @Test
    void a_name_of_a_million_letters_costs_nothing() {
        assertThat(NearestName.nearest("x".repeat(1_000_000), KNOWN)).isEmpty();
    }
}
