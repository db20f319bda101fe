package dev.orchestrator.secret;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class CutTest {
    @Test
    void what_fits_is_not_cut() {
        assertThat(Cut.beginning("a b", 3)).isEqualTo("a b");
    }

    @Test
    void no_word_is_cut_in_two() {
        assertThat(Cut.beginning("curl -u me:ghp_secret x", 15)).isEqualTo("curl -u ");
        assertThat(Cut.beginning("curl 'me:ghp_secret' x", 15)).isEqualTo("curl '");
        assertThat(Cut.beginning("one two three", 7)).isEqualTo("one two");
        assertThat(Cut.beginning("one two three", 8)).isEqualTo("one two ");
    }

    @Test
    void a_single_word_is_cut_all_the_same_but_no_character() {
        assertThat(Cut.beginning("abcdefgh", 5)).isEqualTo("abcde");
        assertThat(Cut.beginning("abcd\uD83D\uDE00fgh", 5)).isEqualTo("abcd");
    }

    @Test
    void the_end_of_a_text_begins_with_a_whole_word() {
        assertThat(Cut.wholeWords("cret and more")).isEqualTo("and more");
        assertThat(Cut.wholeWords("cret\nand more")).isEqualTo("and more");
        assertThat(Cut.wholeWords("all")).isEqualTo("all");
    }
}
