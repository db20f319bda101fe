package dev.orchestrator.telegram;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class PartsTest {
    @Test
    void a_text_is_cut_between_lines_where_that_can_be() {
        assertThat(Parts.of("one\ntwo\nthree", 8)).containsExactly("one\ntwo\n", "three");
        assertThat(Parts.of("0123456789", 4)).containsExactly("0123", "4567", "89");
        assertThat(Parts.of("", 4)).isEmpty();
    }

    @Test
    void parts_are_short_enough_whole_and_all_of_it() {
        long seed = new Random().nextLong();
        System.out.println("seed " + seed);
        Random random = new Random(seed);
        for (int round = 0; round < 500; round++) {
            StringBuilder text = new StringBuilder();
            for (int i = random.nextInt(200); i > 0; i--) {
                text.append(
                        List.of("a", "\n", "ß", "\ud83d\ude00", " word ", "<&>").get(random.nextInt(6)));
            }
            int longest = 2 + random.nextInt(40);
            List<String> parts = Parts.of(text.toString(), longest);
            assertThat(String.join("", parts)).isEqualToIgnoringWhitespace(text.toString());
            assertThat(parts).allSatisfy(part -> {
                assertThat(part.length()).isBetween(1, longest);
                assertThat(Character.isLowSurrogate(part.charAt(0))).isFalse();
                assertThat(Character.isHighSurrogate(part.charAt(part.length() - 1)))
                        .isFalse();
            });
        }
    }

    @Test
    void what_looks_like_a_tag_is_none() {
        assertThat(Parts.fixed("a < b && <b>c</b>")).isEqualTo("<pre>a &lt; b &amp;&amp; &lt;b&gt;c&lt;/b&gt;</pre>");
    }

    @Test
    void a_part_in_which_there_is_nothing_is_none() {
        assertThat(Parts.of("a\n" + " ".repeat(20) + "\nb", 10))
                .allMatch(part -> !part.isBlank())
                .contains("a\n");
        assertThat(Parts.of(" \n ", 10)).isEmpty();
    }
}
